package dev.fogline.benchmarks;

/**
 * What disturbed a measurement.
 *
 * @param others cores of this machine that others used meanwhile
 * @param work microseconds that the {@link Pace}'s work took before or behind it, whichever was slower
 */
record Noise(double others, double work) {
    /** Others may use as much of the machine in a moment that counts as quiet. */
    static final double QUIET_CORES = 0.15;

    /** At most 1 where it was quiet. */
    double of(Pace pace) {
        return Math.max(others / QUIET_CORES, (work / pace.quiet() - 1) / (Pace.QUIET - 1));
    }
}
