package dev.fogline.benchmarks.load;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Looks at the server, and at what the load itself takes, when the window begins and when it ends. */
final class ServerSampler {
    private final Supplier<ServerUsage> usage;
    private final LongSupplier load;
    private ServerUsage before = ServerUsage.NONE;
    private ServerUsage after = ServerUsage.NONE;
    private long loadBefore;
    private long loadAfter;
    private boolean begun;
    private boolean done;

    /** @param load how long generator and upstream have worked */
    ServerSampler(Supplier<ServerUsage> usage, LongSupplier load) {
        this.usage = usage;
        this.load = load;
    }

    void at(long now, long windowStart, long windowEnd) {
        if (!begun && now >= windowStart) {
            begun = true;
            before = usage.get();
            loadBefore = load.getAsLong();
        }
        if (!done && now >= windowEnd) {
            done = true;
            after = usage.get();
            loadAfter = load.getAsLong();
        }
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
