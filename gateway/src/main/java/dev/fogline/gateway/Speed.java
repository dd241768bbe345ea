package dev.fogline.gateway;

import dev.fogline.policies.latency.LatencyEstimate;
import dev.fogline.policies.latency.ObservedLatency;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How fast a target has been, and whether its next call will find it cold. Any event loop may report and ask. */
final class Speed {
    /** Connections to a cloud are kept this long; after it the next call opens a new one. */
    private static final long COLD_AFTER = Duration.ofSeconds(30).toNanos();

    private final LongSupplier nanoClock;
    private final ObservedLatency observed;
    private volatile long lastUsed;
    private volatile boolean used;

    Speed(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.observed = new ObservedLatency(nanoClock);
    }

    ObservedLatency observed() {
        return observed;
    }

    boolean cold() {
        return !used || nanoClock.getAsLong() - lastUsed > COLD_AFTER;
    }

    /** A call goes out now. */
    void use() {
        lastUsed = nanoClock.getAsLong();
        used = true;
    }

    LatencyEstimate estimate() {
        return observed.estimate(cold());
    }
}
