package dev.fogline.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/** The figures of a run: for each way and metric one value a round. */
final class Figures {
    private final Map<String, EnumMap<Metric, List<Double>>> ways = new LinkedHashMap<>();

    void add(String way, Metric metric, double value) {
        ways.computeIfAbsent(way, name -> new EnumMap<>(Metric.class))
                .computeIfAbsent(metric, name -> new ArrayList<>())
                .add(value);
    }

    /** In the order in which they came. */
    Set<String> ways() {
        return ways.keySet();
    }

    List<Double> rounds(String way, Metric metric) {
        return ways.getOrDefault(way, new EnumMap<>(Metric.class)).getOrDefault(metric, List.of());
    }

    /** The median of the rounds; of a count their sum. */
    OptionalDouble of(String way, Metric metric) {
        if (metric.kind() == Metric.Kind.COUNT && !rounds(way, metric).isEmpty()) {
            return OptionalDouble.of(rounds(way, metric).stream()
                    .mapToDouble(Double::doubleValue)
                    .sum());
        }
        return median(rounds(way, metric));
    }

    /** The median of the rounds' own ratios: what disturbs a whole round falls out of it. */
    OptionalDouble ratio(String way, String other, Metric metric) {
        return median(paired(way, other, metric, (mine, theirs) -> mine / theirs));
    }

    OptionalDouble difference(String way, String other, Metric metric) {
        return median(paired(way, other, metric, (mine, theirs) -> mine - theirs));
    }

    private interface Comparison {
        double of(double mine, double theirs);
    }

    private List<Double> paired(String way, String other, Metric metric, Comparison comparison) {
        List<Double> mine = rounds(way, metric);
        List<Double> theirs = rounds(other, metric);
        return IntStream.range(0, Math.min(mine.size(), theirs.size()))
                .mapToObj(round -> comparison.of(mine.get(round), theirs.get(round)))
                .toList();
    }

    static OptionalDouble median(List<Double> values) {
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return OptionalDouble.of(
                sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
    }
}
