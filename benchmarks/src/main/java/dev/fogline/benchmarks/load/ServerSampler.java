package dev.fogline.benchmarks.load;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.Supplier;

/** Looks at the server, and at the thread it runs on, when the window begins and when it ends. */
final class ServerSampler {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Supplier<ServerUsage> usage;
    private ServerUsage before = ServerUsage.NONE;
    private ServerUsage after = ServerUsage.NONE;
    private long loadBefore;
    private long loadAfter;
    private boolean begun;
    private boolean done;

    ServerSampler(Supplier<ServerUsage> usage) {
        this.usage = usage;
    }

    void at(long now, long windowStart, long windowEnd) {
        if (!begun && now >= windowStart) {
            begun = true;
            before = usage.get();
            loadBefore = THREADS.getCurrentThreadCpuTime();
        }
        if (!done && now >= windowEnd) {
            done = true;
            after = usage.get();
            loadAfter = THREADS.getCurrentThreadCpuTime();
        }
    }

    long next(long windowStart, long windowEnd) {
        if (!begun) {
            return windowStart;
        }
        return done ? Long.MAX_VALUE : windowEnd;
    }

    boolean done() {
        return done;
    }

    long serverCpuNanos() {
        return after.cpuNanos() - before.cpuNanos();
    }

    long loadCpuNanos() {
        return loadAfter - loadBefore;
    }

    long rssBytes() {
        return after.rssBytes();
    }
}
