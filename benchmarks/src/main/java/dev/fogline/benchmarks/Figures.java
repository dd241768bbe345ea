package dev.fogline.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** The figures of a run: for each way and metric one value a round, and how quiet the machine was meanwhile. */
final class Figures {
    private final Map<String, EnumMap<Metric, List<Figure>>> ways = new LinkedHashMap<>();
    private final Pace pace;

    /** @param noise while it was measured */
    record Figure(double value, Noise noise) {}

    /** @param pace says, in the end, which noise was much */
    Figures(Pace pace) {
        this.pace = pace;
    }

    /** Microseconds that the {@link Pace}'s work takes in a quiet moment. */
    double quietWork() {
        return pace.quiet();
    }

    private boolean quiet(Figure figure) {
        return figure.noise.of(pace) <= 1;
    }

    void add(String way, Metric metric, double value, Noise noise) {
        ways.computeIfAbsent(way, name -> new EnumMap<>(Metric.class))
                .computeIfAbsent(metric, name -> new ArrayList<>())
                .add(new Figure(value, noise));
    }

    /** In the order in which they came. */
    Set<String> ways() {
        return ways.keySet();
    }

    List<Figure> rounds(String way, Metric metric) {
        return ways.getOrDefault(way, new EnumMap<>(Metric.class)).getOrDefault(metric, List.of());
    }

    /** Whether any round of it was quiet. */
    boolean quiet(String way, Metric metric) {
        return rounds(way, metric).stream().anyMatch(this::quiet);
    }

    /** The median of the quiet rounds, or of all where none was quiet; of a count the sum of all. */
    OptionalDouble of(String way, Metric metric) {
        List<Figure> rounds = rounds(way, metric);
        if (metric.kind() == Metric.Kind.COUNT && !rounds.isEmpty()) {
            return OptionalDouble.of(rounds.stream().mapToDouble(Figure::value).sum());
        }
        boolean quiet = quiet(way, metric);
        return median(rounds.stream()
                .filter(figure -> quiet(figure) || !quiet)
                .map(Figure::value)
                .toList());
    }

    /** The median of the rounds' own ratios: what disturbs a whole round falls out of it. */
    OptionalDouble ratio(String way, String other, Metric metric) {
        return compare(way, other, metric, (mine, theirs) -> mine / theirs);
    }

    OptionalDouble difference(String way, String other, Metric metric) {
        return compare(way, other, metric, (mine, theirs) -> mine - theirs);
    }

    /** Round by round where both were quiet; of the two medians where there is no such round. */
    private OptionalDouble compare(String way, String other, Metric metric, DoubleBinaryOperator comparison) {
        List<Figure> mine = rounds(way, metric);
        List<Figure> theirs = rounds(other, metric);
        List<Double> paired = IntStream.range(0, Math.min(mine.size(), theirs.size()))
                .filter(round -> quiet(mine.get(round)) && quiet(theirs.get(round)))
                .mapToObj(round -> comparison.applyAsDouble(
                        mine.get(round).value(), theirs.get(round).value()))
                .toList();
        OptionalDouble one = of(way, metric);
        OptionalDouble two = of(other, metric);
        return !paired.isEmpty() || one.isEmpty() || two.isEmpty()
                ? median(paired)
                : OptionalDouble.of(comparison.applyAsDouble(one.getAsDouble(), two.getAsDouble()));
    }

    private static OptionalDouble median(List<Double> values) {
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return OptionalDouble.of(
                sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
    }
}
