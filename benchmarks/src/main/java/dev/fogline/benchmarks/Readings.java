package dev.fogline.benchmarks;

import dev.fogline.benchmarks.load.Measurement;
import dev.fogline.benchmarks.load.Script;
import java.util.EnumMap;
import java.util.Map;

/** Which figures are read off which measurement. */
final class Readings {
    private static final double MIB = 1 << 20;

    private Readings() {}

    static Map<Metric, Double> requests(Measurement seen) {
        var figures = counts(seen);
        figures.put(Metric.REQUESTS, seen.perSecond());
        figures.put(Metric.LOAD_CPU, seen.loadShare() * 1e6 / seen.perSecond());
        if (hasServer(seen)) {
            figures.put(Metric.CPU_PER_REQUEST, seen.serverMicros());
            figures.put(Metric.BUSY, seen.serverShare());
        }
        return figures;
    }

    static Map<Metric, Double> latency(Measurement seen) {
        var figures = counts(seen);
        figures.put(Metric.RATE, seen.perSecond());
        figures.put(Metric.P50, seen.latencyMicros(50));
        figures.put(Metric.P99, seen.latencyMicros(99));
        return figures;
    }

    static Map<Metric, Double> streams(Measurement seen) {
        var figures = counts(seen);
        figures.put(Metric.EVENTS, seen.eventsPerSecond());
        if (hasServer(seen)) {
            figures.put(
                    Metric.CPU_PER_EVENT, seen.serverMicros() / Script.stream().events());
            figures.put(Metric.EVENTS_BUSY, seen.serverShare());
        }
        return figures;
    }

    static Map<Metric, Double> firstChunk(Measurement seen) {
        var figures = counts(seen);
        figures.put(Metric.FIRST_CHUNK_P50, seen.firstChunkMicros(50));
        figures.put(Metric.FIRST_CHUNK_P99, seen.firstChunkMicros(99));
        return figures;
    }

    static Map<Metric, Double> fewerStreams(Measurement seen) {
        var figures = counts(seen);
        if (hasServer(seen)) {
            figures.put(Metric.RSS_512, seen.rssBytes() / MIB);
        }
        return figures;
    }

    static Map<Metric, Double> moreStreams(Measurement seen) {
        var figures = counts(seen);
        figures.put(Metric.GAP_P99_1000, seen.gapMicros(99) / 1e3);
        if (hasServer(seen)) {
            figures.put(Metric.RSS_1000, seen.rssBytes() / MIB);
            figures.put(Metric.CPU_1000, seen.serverShare());
        }
        return figures;
    }

    private static boolean hasServer(Measurement seen) {
        return seen.rssBytes() > 0;
    }

    private static EnumMap<Metric, Double> counts(Measurement seen) {
        var figures = new EnumMap<Metric, Double>(Metric.class);
        figures.put(Metric.LOST, (double) seen.lostEvents());
        figures.put(Metric.STALLS, (double) seen.stalls());
        figures.put(Metric.FAILURES, (double) seen.failures());
        return figures;
    }
}
