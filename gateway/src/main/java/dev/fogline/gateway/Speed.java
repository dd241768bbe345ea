package dev.fogline.gateway;

import dev.fogline.policies.latency.LatencyEstimate;
import dev.fogline.policies.latency.ObservedLatency;
import dev.fogline.policies.latency.Temperature;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How fast a target has been, and whether its next call will find it cold. Any event loop may report and ask. */
final class Speed {
    /** Connections to a cloud are kept this long; after it the next call opens a new one. */
    private static final long COLD_AFTER = Duration.ofSeconds(30).toNanos();

    private static final Temperature[] TEMPERATURES = {Temperature.WARM, Temperature.COLD};

    private final LongSupplier nanoClock;
    private final ObservedLatency observed;
    private volatile long lastUsed;

    Speed(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.observed = new ObservedLatency(nanoClock);
        this.lastUsed = nanoClock.getAsLong() - COLD_AFTER - 1;
    }

    ObservedLatency observed() {
        return observed;
    }

    /**
     * What the next call will find. The sign is taken as an index because a branch that a busy gateway has never taken is
     * left out by the JVM's compiler: the first call after a rest would throw away the compiled way of a request.
     */
    Temperature next() {
        long left = COLD_AFTER - (nanoClock.getAsLong() - lastUsed);
        return TEMPERATURES[(int) (left >>> 63)];
    }

    /** A call goes out now. */
    void use() {
        lastUsed = nanoClock.getAsLong();
    }

    LatencyEstimate estimate() {
        return observed.estimate(next());
    }
}
