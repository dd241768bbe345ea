package dev.fogline.benchmarks;

import dev.fogline.benchmarks.load.Measurement;
import dev.fogline.benchmarks.load.Script;
import dev.fogline.benchmarks.load.Workload;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A kind of measurement.
 *
 * @param everyWay false where what the choice of a target costs makes no difference
 */
record Kind(
        String name,
        Function<Way, Workload> workload,
        Function<Measurement, Map<Metric, Double>> readings,
        boolean everyWay) {

    static List<Kind> all(Settings settings, double rate) {
        return List.of(
                new Kind(
                        "requests", way -> way.saturating(Script.whole(), settings.window()), Readings::requests, true),
                new Kind(
                        "latency", way -> way.atRate(Script.whole(), rate, settings.window()), Readings::latency, true),
                new Kind("streams", way -> way.saturating(Script.stream(), settings.window()), Readings::streams, true),
                new Kind(
                        "first chunk",
                        way -> way.atRate(Script.stream(), Settings.STREAM_RATE, settings.window()),
                        Readings::firstChunk,
                        false),
                new Kind(
                        Settings.FEWER_STREAMS + " open streams",
                        way -> way.openStreams(Settings.FEWER_STREAMS),
                        Readings::fewerStreams,
                        false),
                new Kind(
                        Settings.MORE_STREAMS + " open streams",
                        way -> way.openStreams(Settings.MORE_STREAMS),
                        Readings::moreStreams,
                        false));
    }
}
