package dev.fogline.policies.latency;

import java.util.function.LongSupplier;

/**
 * How fast one target has been, cold and warm apart: a first call opens a connection or wakes a model, and its time says
 * nothing of the next one. Any thread may report and ask.
 */
public final class ObservedLatency {
    private final LongSupplier nanoClock;
    private final DecayingLogMean warm = new DecayingLogMean();
    private final DecayingLogMean cold = new DecayingLogMean();
    private final DecayingLogMean perToken = new DecayingLogMean();

    /** What stands for each temperature: where one has never been seen, what was seen has to do. */
    private final DecayingLogMean[] firstToken = {warm, cold};

    private boolean seededTtft;
    private boolean seededPerToken;

    /** @param nanoClock such as {@code System::nanoTime} */
    public ObservedLatency(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * What the target itself says, in milliseconds; it counts as one observation of a warm target and is ignored once there
     * are own ones. Not positive: unknown.
     */
    public synchronized void seed(double ttftMs, double perTokenMs) {
        if (!seededTtft && warm.isEmpty() && positive(ttftMs)) {
            seededTtft = true;
            add(ttftMs, Temperature.WARM);
        }
        if (!seededPerToken && perToken.isEmpty() && positive(perTokenMs)) {
            seededPerToken = true;
            perToken.add(perTokenMs, nanoClock.getAsLong());
        }
    }

    /** A first token came after so many milliseconds. */
    public synchronized void firstToken(double ms, Temperature was) {
        if (positive(ms)) {
            add(ms, was);
        }
    }

    private void add(double ms, Temperature was) {
        (was == Temperature.COLD ? cold : warm).add(ms, nanoClock.getAsLong());
        firstToken[Temperature.WARM.ordinal()] = warm.isEmpty() ? cold : warm;
        firstToken[Temperature.COLD.ordinal()] = cold.isEmpty() ? warm : cold;
    }

    /**
     * Nothing came within so many milliseconds, and the call was given up: the time is at least that. It teaches nothing
     * when it is no longer than what was believed anyway.
     */
    public synchronized void nothingWithin(double ms, Temperature was) {
        DecayingLogMean seen = was == Temperature.COLD ? cold : warm;
        if (positive(ms) && (seen.isEmpty() || ms > seen.median())) {
            add(ms, was);
        }
    }

    /** So many further tokens came in so many milliseconds after the first. */
    public synchronized void tokens(long count, double ms) {
        if (count > 0 && positive(ms)) {
            perToken.add(ms / count, nanoClock.getAsLong());
        }
    }

    /**
     * Rounded to six decimals, so that a line in the log of decisions is short.
     *
     * @param next what the next call will find
     */
    public synchronized LatencyEstimate estimate(Temperature next) {
        DecayingLogMean seen = firstToken[next.ordinal()];
        return new LatencyEstimate(
                rounded(seen.median()),
                rounded(seen.spread()),
                rounded(perToken.median()),
                seen.samples(),
                seen.ageNanos(nanoClock.getAsLong()) / 1_000_000);
    }

    private static double rounded(double number) {
        return Math.rint(number * 1e6) / 1e6;
    }

    private static boolean positive(double ms) {
        return ms > 0 && Double.isFinite(ms);
    }
}
