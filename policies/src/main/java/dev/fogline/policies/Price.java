package dev.fogline.policies;

import dev.fogline.policies.file.Key;
import org.jspecify.annotations.Nullable;

/**
 * List price of a target.
 *
 * @param input US dollars per million input tokens
 * @param output US dollars per million output tokens
 * @param cachedInput US dollars per million input tokens that the upstream had cached; without one they cost like others
 * @param source who published it
 * @param date when it was read, ISO 8601
 */
public record Price(
        @Key(meaning = "US dollars per million input tokens", required = true, least = 0)
        double input,

        @Key(meaning = "US dollars per million output tokens", required = true, least = 0)
        double output,

        @Key(
                meaning = "US dollars per million input tokens that the provider had cached",
                least = 0,
                otherwise = "as `input`")
        @Nullable
        Double cachedInput,

        @Key(meaning = "Who says so", required = true) String source,

        @Key(meaning = "When it was read", required = true, form = "date such as `2026-11-01`")
        String date) {
    public Price {
        if (!sensible(input) || !sensible(output) || (cachedInput != null && !sensible(cachedInput))) {
            throw new IllegalArgumentException("a price is a number of US dollars, not negative");
        }
    }

    public Price(double input, double output, String source, String date) {
        this(input, output, null, source, date);
    }

    private static boolean sensible(double price) {
        return price >= 0 && Double.isFinite(price);
    }

    /** What these tokens cost, in US dollars. */
    public double cost(Usage usage) {
        long cached = Math.clamp(usage.cachedInputTokens(), 0, Math.max(0, usage.inputTokens()));
        double cachedPrice = cachedInput == null ? input : cachedInput;
        return ((Math.max(0, usage.inputTokens()) - cached) * input
                        + cached * cachedPrice
                        + Math.max(0, usage.outputTokens()) * output)
                / 1e6;
    }

    /** The most that so many tokens can cost, in US dollars, whatever the upstream has cached. */
    double atMost(long inputTokens, long outputTokens) {
        double dearest = cachedInput == null ? input : Math.max(input, cachedInput);
        return (inputTokens * dearest + outputTokens * output) / 1e6;
    }
}
