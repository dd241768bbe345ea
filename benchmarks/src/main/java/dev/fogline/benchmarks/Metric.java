package dev.fogline.benchmarks;

/** What is measured of each way to the upstream. */
enum Metric {
    REQUESTS("req/s", Kind.MORE_IS_BETTER),
    CPU_PER_REQUEST("CPU µs/request", Kind.LESS_IS_BETTER),
    BUSY("core used, share", Kind.FACT),
    LOAD_CPU("generator and upstream, CPU µs/request", Kind.FACT),
    RATE("open loop, req/s", Kind.FACT),
    P50("p50 µs", Kind.ADDED),
    P99("p99 µs", Kind.ADDED),
    EVENTS("SSE chunks/s", Kind.MORE_IS_BETTER),
    CPU_PER_EVENT("CPU µs/chunk", Kind.LESS_IS_BETTER),
    EVENTS_BUSY("core used by SSE, share", Kind.FACT),
    FIRST_CHUNK_P50("first chunk p50 µs", Kind.ADDED),
    FIRST_CHUNK_P99("first chunk p99 µs", Kind.ADDED),
    RSS_IDLE("RSS MiB idle", Kind.LESS_IS_BETTER),
    RSS_512("RSS MiB, 512 streams", Kind.LESS_IS_BETTER),
    RSS_1000("RSS MiB, 1,000 streams", Kind.LESS_IS_BETTER),
    CPU_1000("core used by 1,000 streams, share", Kind.LESS_IS_BETTER),
    GAP_P99_1000("p99 gap ms, 1,000 streams", Kind.FACT),
    LOST("lost frames", Kind.COUNT),
    STALLS("stalled frames", Kind.COUNT),
    FAILURES("failed or unsent requests", Kind.COUNT),
    START("start to first answer ms", Kind.LESS_IS_BETTER);

    /** How rounds are compared. */
    enum Kind {
        /** As a ratio to nginx. */
        MORE_IS_BETTER,
        /** As a ratio to nginx. */
        LESS_IS_BETTER,
        /** As a difference to going direct. */
        ADDED,
        FACT,
        /** Summed over the run. */
        COUNT
    }

    private final String label;
    private final Kind kind;

    Metric(String label, Kind kind) {
        this.label = label;
        this.kind = kind;
    }

    String label() {
        return label;
    }

    Kind kind() {
        return kind;
    }
}
