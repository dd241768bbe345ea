package dev.fogline.policies.replay;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a replay came to.
 *
 * @param policy name of the candidate
 * @param logged how many records each revision decided
 * @param changed decisions with another plan or another refusal
 * @param moved first choices that changed, most frequent first
 * @param before by tier, {@code none} for refused ones
 * @param undecidable records of which nobody can say: a detector that runs now did not run then, or a condition asks for
 *     something that is not logged
 * @param newlyLeaving by sensitivity and kinds found; undecidable ones count
 */
public record ReplayReport(
        String policy,
        String revision,
        long records,
        Map<String, Long> logged,
        long changed,
        List<Moved> moved,
        Map<String, Share> before,
        Map<String, Share> after,
        Budget budget,
        long undecidable,
        List<Leaving> newlyLeaving) {

    /** @param fromTo two targets, or {@code refused} */
    public record Moved(String fromTo, long requests) {}

    /**
     * @param share of all records
     * @param unpriced requests to a target whose price nobody knows: they are not in {@code usd}
     * @param firstTokenMs mean, null when nothing is known
     * @param wholeMs mean time of a whole answer, null when nothing is known
     */
    public record Share(
            long requests,
            double share,
            double usd,
            long unpriced,
            @Nullable Double firstTokenMs,
            @Nullable Double wholeMs) {}

    /**
     * @param usdPerDay of the candidate, null without one
     * @param exhaustedBefore decisions that were made without money
     * @param exhaustedAfter decisions of the candidate from which the budget took a target
     */
    public record Budget(
            @Nullable Double usdPerDay, long exhaustedBefore, long exhaustedAfter, double usdBefore, double usdAfter) {}

    /** @param undecidable how many of the requests are */
    public record Leaving(String requestClass, long requests, long undecidable) {}

    /** For people. */
    public String text() {
        var text = new StringBuilder();
        line(text, "%d decisions, replayed with '%s' (revision %s)", records, policy, revision);
        logged.forEach((by, count) -> line(text, "  decided by %s: %d", by, count));
        line(text, "changed: %d (%.1f %%)", changed, records == 0 ? 0 : 100.0 * changed / records);
        moved.forEach(one -> line(text, "  %s: %d", one.fromTo, one.requests));
        line(text, "%-8s %22s %24s %24s %24s", "tier", "share", "cost, USD", "first token, ms", "whole answer, ms");
        before.forEach((tier, was) -> {
            Share is = after.getOrDefault(tier, was);
            line(
                    text,
                    "%-8s %22s %24s %24s %24s",
                    tier,
                    String.format(Locale.ROOT, "%.1f %% -> %.1f %%", 100 * was.share, 100 * is.share),
                    String.format(Locale.ROOT, "%.6f -> %.6f", was.usd, is.usd),
                    ms(was.firstTokenMs) + " -> " + ms(is.firstTokenMs),
                    ms(was.wholeMs) + " -> " + ms(is.wholeMs));
            if (was.unpriced + is.unpriced > 0) {
                line(text, "         of unknown price, not in the cost: %d -> %d", was.unpriced, is.unpriced);
            }
        });
        line(
                text,
                "budget: %s; without money were %d decisions, would be %d",
                budget.usdPerDay == null ? "none" : String.format(Locale.ROOT, "%.2f USD a day", budget.usdPerDay),
                budget.exhaustedBefore,
                budget.exhaustedAfter);
        if (newlyLeaving.isEmpty()) {
            line(text, "newly leaving: none");
        } else {
            line(text, "newly leaving:");
            newlyLeaving.forEach(one -> line(
                    text,
                    "  %s: %d%s",
                    one.requestClass,
                    one.requests,
                    one.undecidable == 0
                            ? ""
                            : " (" + one.undecidable
                                    + " undecidable: a detector that runs now did not run then, or a condition asks"
                                    + " for what is not logged)"));
        }
        return text.toString();
    }

    private static String ms(@Nullable Double ms) {
        return ms == null ? "?" : String.format(Locale.ROOT, "%.0f", ms);
    }

    @FormatMethod
    private static void line(StringBuilder text, @FormatString String format, @Nullable Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
