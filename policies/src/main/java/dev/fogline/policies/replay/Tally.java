package dev.fogline.policies.replay;

import dev.fogline.policies.Tier;
import dev.fogline.policies.Usage;
import dev.fogline.policies.latency.LatencyEstimate;
import dev.fogline.policies.replay.LoggedDecision.End;
import dev.fogline.policies.replay.LoggedDecision.Seen;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What first choices come to, by tier. What really happened counts where the target is the one that served; else its price
 * times the tokens that were used (or the bound of the request), and its expected time of then.
 */
final class Tally {
    private final Map<Tier, Sums> sums = new EnumMap<>(Tier.class);
    private long refused;

    private static final class Sums {
        private long requests;
        private double usd;
        private long priced;
        private double firstMs;
        private long timedFirst;
        private double wholeMs;
        private long timedWhole;
    }

    Tally() {
        for (Tier tier : Tier.values()) {
            sums.put(tier, new Sums());
        }
    }

    /** @return what it costs, 0 where nobody knows */
    double add(LoggedDecision record, @Nullable String target) {
        if (target == null) {
            refused++;
            return 0;
        }
        Sums tier = sums.getOrDefault(target.startsWith("edge/") ? Tier.EDGE : Tier.CLOUD, new Sums());
        tier.requests++;
        time(record, target, tier);
        Double usd = usd(record, target);
        if (usd == null) {
            return 0;
        }
        tier.usd += usd;
        tier.priced++;
        return usd;
    }

    private static @Nullable Double usd(LoggedDecision record, String target) {
        End end = record.outcome();
        if (end != null && target.equals(end.target()) && end.costUsd() != null) {
            return end.costUsd();
        }
        Seen seen = seen(record, target);
        if (seen == null || seen.price() == null) {
            return target.startsWith("edge/") ? 0.0 : null;
        }
        Usage usage = end == null ? null : end.usage();
        return seen.price()
                .price()
                .cost(
                        usage == null
                                ? new Usage(
                                        record.facts().promptTokens(),
                                        (long) record.facts().choices()
                                                * record.facts().outputTokens())
                                : new Usage(usage.inputTokens(), usage.outputTokens()));
    }

    private static void time(LoggedDecision record, String target, Sums tier) {
        End end = record.outcome();
        boolean served =
                end != null && target.equals(end.target()) && end.outcome().equals("success");
        Seen seen = seen(record, target);
        LatencyEstimate expected = seen == null || seen.latency() == null
                ? LatencyEstimate.UNKNOWN
                : seen.latency().estimate();
        Usage usage = end == null ? null : end.usage();
        Double first = served && end != null ? end.firstTokenMs() : null;
        if (first == null && expected.known()) {
            first = expected.ttftMs();
        }
        if (first != null) {
            tier.firstMs += first;
            tier.timedFirst++;
        }
        if (served && end != null) {
            tier.wholeMs += end.totalMs();
            tier.timedWhole++;
        } else if (expected.known()) {
            tier.wholeMs += expected.totalMs(usage == null ? record.facts().outputTokens() : usage.outputTokens());
            tier.timedWhole++;
        }
    }

    private static @Nullable Seen seen(LoggedDecision record, String target) {
        return record.fleet().stream()
                .filter(one -> one.target().equals(target))
                .findFirst()
                .orElse(null);
    }

    double usd() {
        return sums.values().stream().mapToDouble(tier -> tier.usd).sum();
    }

    Map<String, ReplayReport.Share> tiers(long records) {
        var tiers = new LinkedHashMap<String, ReplayReport.Share>();
        sums.forEach((tier, sum) -> tiers.put(
                tier.label(),
                new ReplayReport.Share(
                        sum.requests,
                        share(sum.requests, records),
                        sum.usd,
                        sum.requests - sum.priced,
                        mean(sum.firstMs, sum.timedFirst),
                        mean(sum.wholeMs, sum.timedWhole))));
        tiers.put("none", new ReplayReport.Share(refused, share(refused, records), 0, 0, null, null));
        return tiers;
    }

    private static double share(long part, long all) {
        return all == 0 ? 0 : (double) part / all;
    }

    private static @Nullable Double mean(double sum, long count) {
        return count == 0 ? null : sum / count;
    }
}
