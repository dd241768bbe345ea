package dev.fogline.gateway.api;

import dev.fogline.policies.privacy.TimeLimit;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** This machine's time, for the detectors' limit. */
final class DetectionClock implements TimeLimit.Clock {
    static final DetectionClock SYSTEM = new DetectionClock();

    private static final long LATELY_NANOS = 5_000_000;

    /** What a thread was told last, and when: a busy event loop begins many requests within some milliseconds. */
    private static final class Told {
        private long wall;
        private long processor;
        private boolean ever;
    }

    private final ThreadLocal<Told> told = ThreadLocal.withInitial(Told::new);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final boolean known = threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled();

    private DetectionClock() {}

    @Override
    public long wall() {
        return System.nanoTime();
    }

    @Override
    public long processorLately() {
        Told last = told.get();
        long now = wall();
        if (!last.ever || now - last.wall > LATELY_NANOS) {
            last.wall = now;
            last.processor = processor();
            last.ever = true;
        }
        return last.processor;
    }

    /** Where the JVM cannot tell, that of the wall: stricter. */
    @Override
    public long processor() {
        return known ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
