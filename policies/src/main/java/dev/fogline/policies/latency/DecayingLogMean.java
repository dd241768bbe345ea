package dev.fogline.policies.latency;

/**
 * Mean and variance of the logarithm of positive values, of which older ones count less. Not thread-safe.
 *
 * <p>A new value gets the weight of an exponential average over irregular times, {@code 1 - exp(-dt / tau)}, but at least a
 * quarter: under load time hardly passes between two values, and a target that turns sick must be noticed within a few
 * requests. Variance as in T. Finch, Incremental calculation of weighted mean and variance, 2009, section 9.
 */
final class DecayingLogMean {
    private static final double TAU_NANOS = 30e9;
    private static final double LEAST_WEIGHT = 0.25;

    private double mean;
    private double variance;
    private long samples;
    private long at;

    void add(double value, long nanos) {
        double x = Math.log(Math.max(value, 1e-3));
        double weight = samples == 0
                ? 1
                : Math.max(
                        Math.max(LEAST_WEIGHT, 1.0 / (samples + 1)),
                        1 - Math.exp(-Math.max(0, nanos - at) / TAU_NANOS));
        double step = weight * (x - mean);
        variance = (1 - weight) * (variance + step * (x - mean));
        mean += step;
        samples++;
        at = nanos;
    }

    boolean isEmpty() {
        return samples == 0;
    }

    /** NaN without any value. */
    double median() {
        return isEmpty() ? Double.NaN : Math.exp(mean);
    }

    double spread() {
        return Math.sqrt(variance);
    }

    long samples() {
        return samples;
    }

    long ageNanos(long nanos) {
        return isEmpty() ? 0 : Math.max(0, nanos - at);
    }
}
