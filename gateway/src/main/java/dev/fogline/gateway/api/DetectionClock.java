package dev.fogline.gateway.api;

import dev.fogline.policies.privacy.TimeLimit;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** This machine's time, for the detectors' limit. */
final class DetectionClock implements TimeLimit.Clock {
    static final DetectionClock SYSTEM = new DetectionClock();

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final boolean known = threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled();

    private DetectionClock() {}

    @Override
    public long wall() {
        return System.nanoTime();
    }

    /** Where the JVM cannot tell, that of the wall: stricter. */
    @Override
    public long processor() {
        return known ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
