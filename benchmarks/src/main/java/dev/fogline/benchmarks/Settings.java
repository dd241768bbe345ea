package dev.fogline.benchmarks;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How a run measures.
 *
 * @param warmUp of each server on a JVM, under full load, before anything of it counts
 * @param window of each single measurement
 * @param rate requests per second of the open loop; empty: a third of nginx's maximum, at most 5,000
 * @param patience how long the run may wait in all for quiet moments of a shared machine
 */
record Settings(Duration warmUp, Duration window, int rounds, OptionalDouble rate, Duration patience) {
    static final int CONNECTIONS = 64;

    /** Streams per second of the open loop that measures the first chunk. */
    static final double STREAM_RATE = 300;

    static final Duration PACE = Duration.ofMillis(200);
    static final int FEWER_STREAMS = 512;
    static final int MORE_STREAMS = 1_000;
    static final double HIGHEST_RATE = 5_000;

    /** Of each single measurement, after the server's own. */
    static final Duration SHORT_WARM_UP = Duration.ofMillis(500);
}
