package dev.fogline.policies.privacy;

import dev.fogline.policies.Policy;
import dev.fogline.policies.evaluation.Evaluation;
import dev.fogline.policies.evaluation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How well a tagger does on texts that it did not learn from. */
final class TaggerMeasuring {
    private static final int FOLDS = 5;

    private final Map<String, int[]> types = new TreeMap<>();
    private long leaked;
    private long labels;
    private long masked;
    private long characters;
    private long flagged;
    private long clean;

    private TaggerMeasuring() {}

    static void print(Map<String, List<TaggedText>> sets, Function<List<TaggedText>, TagModel> train) {
        var sums = new TreeMap<String, TaggerMeasuring>();
        for (int fold = 0; fold < FOLDS; fold++) {
            int now = fold;
            Detectors detectors = detectors(train.apply(sets.values().stream()
                    .flatMap(List::stream)
                    .filter(text -> fold(text) != now)
                    .toList()));
            sets.forEach((name, texts) -> sums.computeIfAbsent(name, added -> new TaggerMeasuring())
                    .add(texts.stream().filter(text -> fold(text) == now).toList(), detectors));
        }
        sums.forEach((name, sum) -> sum.print("cross-validated " + name));
        across("pupa", List.of("synth", "own", "ordinary"), sets, train);
        across("synth", List.of("pupa", "own", "ordinary"), sets, train);
        across("pupa", List.of("own", "ordinary"), sets, train);
        across("synth", List.of("own", "ordinary"), sets, train);
    }

    private static void across(
            String to,
            List<String> from,
            Map<String, List<TaggedText>> sets,
            Function<List<TaggedText>, TagModel> train) {
        var all = new ArrayList<TaggedText>();
        from.forEach(name -> all.addAll(sets.getOrDefault(name, List.of())));
        Detectors detectors = detectors(train.apply(all));
        String sources = all.stream().map(TaggedText::source).distinct().collect(Collectors.joining(", "));
        var sum = new TaggerMeasuring();
        sum.add(sets.getOrDefault(to, List.of()), detectors);
        sum.print(to + " by what was learned from " + sources);
    }

    private static int fold(TaggedText text) {
        return Math.floorMod(Words.mix(text.group().hashCode()), FOLDS);
    }

    private static Detectors detectors(TagModel model) {
        return TaggedText.rules(new NameTagger(model));
    }

    private void add(List<TaggedText> texts, Detectors detectors) {
        if (texts.isEmpty()) {
            return;
        }
        String lines = texts.stream().map(TaggedText::line).collect(Collectors.joining("\n"));
        Outcome outcome = Evaluation.of("fold", lines, detectors, Policy.builtIn());
        outcome.types().forEach(this::count);
        count(outcome.micro());
        leaked += outcome.leaked().some();
        labels += outcome.leaked().all();
        masked += outcome.masked().some();
        characters += outcome.masked().all();
        flagged += outcome.cleanFlagged().some();
        clean += outcome.cleanFlagged().all();
    }

    private void count(Outcome.TypeScore type) {
        int[] sum = types.computeIfAbsent(type.type(), added -> new int[4]);
        sum[0] += type.gold();
        sum[1] += type.hits();
        sum[2] += type.found();
        sum[3] += type.right();
    }

    private void print(String name) {
        System.out.printf(
                "%s: leaked %.1f %%, masked %.2f %%, of %d clean rows flagged %.1f %%%n",
                name, share(leaked, labels), share(masked, characters), clean, share(flagged, clean));
        types.forEach((type, sum) -> System.out.printf(
                "  %-16s %5d labels %5d found, precision %.1f %%, recall %.1f %%%n",
                type, sum[0], sum[2], share(sum[3], sum[2]), share(sum[1], sum[0])));
    }

    private static double share(long some, long all) {
        return all == 0 ? 0 : 100.0 * some / all;
    }
}
