package dev.fogline.policies.privacy;

/**
 * How long the detectors may take for one request: 20 ms and 2 ms for each KiB of it, at most 2 s. Whoever reads on
 * behind it fails, and the request counts as one that was not read. One thread at a time, the one that it began on.
 *
 * <p>What counts is the processor time of that thread: a pause of the JVM, a machine that is short of cores or a stolen
 * time slice says nothing about the text, and would make ordinary requests private at random. It costs a system call, so
 * it is only asked once the wall clock is past the limit, and what it was at the start is known to 5 ms. A
 * detector that waits instead of working uses no processor time, so the wall clock alone decides at {@link #MOST_NANOS}
 * behind the limit.
 */
public final class TimeLimit {
    private static final long LEAST_NANOS = 20_000_000;
    private static final long PER_KIB_NANOS = 2_000_000;
    private static final long MOST_NANOS = 2_000_000_000;

    /** Time in nanoseconds from any origin. */
    public interface Clock {
        /** What a clock on the wall would say. */
        long wall();

        /** How long the thread that asks has been computing. */
        long processor();

        /** The same a moment ago: at most 5 ms less, and for most who ask without a system call. */
        default long processorLately() {
            return processor();
        }
    }

    /** For texts of tests and tools, where nobody waits. */
    static final TimeLimit NONE = new TimeLimit(Long.MAX_VALUE / 2, new Clock() {
        @Override
        public long wall() {
            return 0;
        }

        @Override
        public long processor() {
            return 0;
        }
    });

    /** A text took too long; which one does not matter, and so it has no stack trace. */
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Exceeded() {
            super("out of time", null, false, false);
        }
    }

    private final long nanos;
    private final Clock clock;
    private final long wallStart;
    private final long processorStart;
    private boolean exceeded;

    private TimeLimit(long nanos, Clock clock) {
        this.nanos = nanos;
        this.clock = clock;
        this.wallStart = clock.wall();
        this.processorStart = clock.processorLately();
    }

    /**
     * The limit of a request, from now on.
     *
     * @param bytes of its body
     */
    public static TimeLimit of(int bytes, Clock clock) {
        return new TimeLimit(Math.min(MOST_NANOS, LEAST_NANOS + PER_KIB_NANOS * bytes / 1024), clock);
    }

    /** @throws Exceeded when the time is over, and ever after */
    void check() {
        if (exceeded || (clock.wall() - wallStart > nanos && confirmed())) {
            exceeded = true;
            throw new Exceeded();
        }
    }

    private boolean confirmed() {
        return clock.processor() - processorStart > nanos || clock.wall() - wallStart > nanos + MOST_NANOS;
    }
}
