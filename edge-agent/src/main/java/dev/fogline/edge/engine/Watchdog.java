package dev.fogline.edge.engine;

import java.time.Duration;

/**
 * Tells a child that hangs from one that works. It is asked something that only its working loop can answer; between two
 * batches of even a long prompt it does, so no answer at all for the whole limit means that the loop stands still, and
 * with it every slot. Time is handed in, in nanoseconds. One thread uses it.
 */
final class Watchdog {
    private final Duration every;
    private final Duration limit;
    private long lastAsked;
    private long lastAnswer;

    /**
     * @param every the pause between two questions; more than a second, see {@link SupervisedEngine}
     * @param limit the longest silence
     */
    Watchdog(Duration every, Duration limit, long now) {
        this.every = every;
        this.limit = limit;
        this.lastAsked = now;
        this.lastAnswer = now;
    }

    /** Whether it is time for a question; the next one is due a pause later. */
    boolean due(long now) {
        if (now - lastAsked < every.toNanos()) {
            return false;
        }
        lastAsked = now;
        return true;
    }

    void answered(long now) {
        lastAnswer = now;
    }

    boolean hangs(long now) {
        return now - lastAnswer > limit.toNanos();
    }
}
