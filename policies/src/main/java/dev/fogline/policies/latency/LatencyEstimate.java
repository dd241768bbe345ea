package dev.fogline.policies.latency;

/**
 * How fast a target is believed to be at one instant.
 *
 * <p>Times to first token are taken as log-normal, which fits their long tail and needs two numbers: the median and the
 * spread of the logarithm.
 *
 * @param ttftMs median time to first token in milliseconds; NaN when unknown
 * @param spread standard deviation of the natural logarithm of the time to first token, 0 when unknown
 * @param perTokenMs median time per further output token in milliseconds; NaN when unknown
 * @param samples how many observations it rests on, a seed counting as one
 * @param ageMs how long ago the last of them was made
 */
public record LatencyEstimate(double ttftMs, double spread, double perTokenMs, long samples, long ageMs) {
    public static final LatencyEstimate UNKNOWN = new LatencyEstimate(Double.NaN, 0, Double.NaN, 0, 0);

    /** After this long an observation says little of the present. */
    private static final double FADING_MS = 60_000;

    public LatencyEstimate {
        if (ttftMs < 0 || !(spread >= 0) || perTokenMs < 0 || samples < 0 || ageMs < 0) {
            throw new IllegalArgumentException("times are not negative");
        }
    }

    /** Whether the time to first token is known at all. */
    public boolean known() {
        return ttftMs >= 0;
    }

    /** How much it can be relied on, from 0 to 1: more with each observation (n / (n + 1)), less with age (e-fold in 60 s). */
    public double confidence() {
        return known() ? evidence() * Math.exp(-ageMs / FADING_MS) : 0;
    }

    /** The share of {@link #confidence()} that comes from the number of observations alone. */
    public double evidence() {
        return (double) samples / (samples + 1);
    }

    /** The time to first token in milliseconds that this percentage of requests keeps (50 to 99); NaN when unknown. */
    public double ttftMs(int percentile) {
        return ttftMs * Math.exp(normalQuantile(percentile / 100.0) * spread);
    }

    /** Milliseconds until an answer of so many tokens is whole, at the median; tokens count nothing where their time is unknown. */
    public double totalMs(long tokens) {
        return perTokenMs >= 0 ? ttftMs + tokens * perTokenMs : ttftMs;
    }

    /** Abramowitz and Stegun 26.2.23, for shares of at least one half; its error is below 4.5e-4. */
    private static double normalQuantile(double share) {
        if (share <= 0.5) {
            return 0;
        }
        double t = Math.sqrt(-2 * Math.log(1 - share));
        return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    }
}
