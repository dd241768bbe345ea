package dev.fogline.policies.privacy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Learns what the words weigh for {@link Affairs}, and says how good that is on texts that it was not learned from.
 *
 * <p>To be run in the folder {@code policies}, after {@code mvn test-compile}, with three arguments: the folder with
 * {@code pupa_dev.jsonl} (real prompts with something private) and {@code ordinary_prompts.jsonl}, the file of exam
 * questions and word problems (a table with id, bench, prompt and two more columns; each fifth is learned from), and the file
 * to write, which belongs to the resources as {@code affairs.bin}. To these come the sentences beside the tests,
 * {@code affairs/examples-*.txt} and {@code subjects/about-*.txt}. The same input gives the same weights.
 *
 * <p>Printed is, by what is added to the score, the share that is called own affairs, and with a slash the share that the
 * pack privacy-first would keep for that or anything else. First by ten models each of which was learned without a tenth of
 * the groups, on that tenth; then by the one that is written, on {@code affairs/unseen-*.txt} and the other exam questions.
 */
final class AffairsTraining {
    /** What is added to the score: what is kept for nothing costs less than what leaves. */
    private static final double LEANING = 0.5;

    /** Groups that must hold a place before it weighs anything: what is rarer would be learned by heart. */
    private static final int RARE = 3;

    private static final int ROUNDS = 400;
    private static final double RATE = 0.5;
    private static final double PENALTY = 0.05;
    private static final int FOLDS = 10;

    /** @param known the places that weigh something */
    private record Model(double bias, double[] weights, boolean[] known) {
        double score(AffairsExample example) {
            int[] places = places(example, known);
            return bias + sum(weights, places) * norm(places);
        }
    }

    private AffairsTraining() {}

    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        var seen = new ArrayList<AffairsExample>();
        var unseen = new ArrayList<AffairsExample>();
        seen.addAll(AffairsExample.ofPeople(data.resolve("pupa_dev.jsonl")));
        seen.addAll(AffairsExample.ordinary(data.resolve("ordinary_prompts.jsonl")));
        int number = 0;
        for (AffairsExample question : AffairsExample.questions(Path.of(arguments[1]))) {
            (number++ % 5 == 0 ? seen : unseen).add(question);
        }
        for (String language : List.of("en", "zh")) {
            seen.addAll(AffairsExample.written("examples-" + language));
            unseen.addAll(AffairsExample.written("unseen-" + language));
        }
        seen.addAll(AffairsExample.aboutSubjects());
        report("each by a model without its group", scoredApart(seen));
        Model model = learned(seen);
        var scores = new HashMap<AffairsExample, Double>();
        unseen.forEach(one -> scores.put(one, model.score(one)));
        report("never seen", scores);
        Files.write(Path.of(arguments[2]), written(model));
    }

    private static Map<AffairsExample, Double> scoredApart(List<AffairsExample> examples) {
        List<String> groups = new ArrayList<>(
                examples.stream().map(AffairsExample::group).distinct().sorted().toList());
        Collections.shuffle(groups, new Random(1));
        var folds = new HashMap<String, Integer>();
        groups.forEach(group -> folds.put(group, folds.size() % FOLDS));
        var scores = new HashMap<AffairsExample, Double>();
        for (int fold = 0; fold < FOLDS; fold++) {
            int held = fold;
            Predicate<AffairsExample> out = one -> folds.getOrDefault(one.group(), 0) == held;
            Model model = learned(examples.stream().filter(out.negate()).toList());
            examples.stream().filter(out).forEach(one -> scores.put(one, model.score(one)));
        }
        return scores;
    }

    private static void report(String what, Map<AffairsExample, Double> scores) {
        System.out.println(what);
        for (int tenths = -6; tenths <= 8; tenths++) {
            double least = -tenths / 10.0;
            var line = new StringBuilder("%5.1f".formatted(-least));
            scores.keySet().stream()
                    .map(one -> one.source() + (one.own() ? "+" : "-"))
                    .distinct()
                    .sorted()
                    .forEach(kind -> {
                        int all = 0;
                        int own = 0;
                        int kept = 0;
                        for (Map.Entry<AffairsExample, Double> entry : scores.entrySet()) {
                            AffairsExample one = entry.getKey();
                            if (kind.equals(one.source() + (one.own() ? "+" : "-"))) {
                                boolean said = entry.getValue() > least;
                                all++;
                                own += said ? 1 : 0;
                                kept += said || one.caught() ? 1 : 0;
                            }
                        }
                        line.append("  %s %.3f/%.3f".formatted(kind, (double) own / all, (double) kept / all));
                    });
            System.out.println(line);
        }
    }

    /** Logistic regression, both classes weighing the same, by descent at a rate of its own for each weight (Adam). */
    private static Model learned(List<AffairsExample> examples) {
        boolean[] known = known(examples);
        var places = new IdentityHashMap<AffairsExample, int[]>();
        examples.forEach(one -> places.put(one, places(one, known)));
        double[] share = new double[2];
        examples.forEach(one -> share[one.own() ? 1 : 0] += one.weight());
        int bias = Affairs.PLACES;
        double[] weights = new double[bias + 1];
        double[] mean = new double[bias + 1];
        double[] spread = new double[bias + 1];
        for (int round = 1; round <= ROUNDS; round++) {
            double[] gradient = new double[bias + 1];
            for (int i = 0; i < bias; i++) {
                gradient[i] = PENALTY * weights[i];
            }
            for (AffairsExample one : examples) {
                int[] of = places.getOrDefault(one, new int[0]);
                double norm = norm(of);
                double said = 1 / (1 + Math.exp(-(weights[bias] + sum(weights, of) * norm)));
                double balance = one.weight() * (share[0] + share[1]) / (2 * share[one.own() ? 1 : 0]);
                double error = (said - (one.own() ? 1 : 0)) * balance;
                gradient[bias] += error;
                for (int place : of) {
                    gradient[place] += error * norm;
                }
            }
            for (int i = 0; i <= bias; i++) {
                if (known[i]) {
                    mean[i] = 0.9 * mean[i] + 0.1 * gradient[i];
                    spread[i] = 0.999 * spread[i] + 0.001 * gradient[i] * gradient[i];
                    weights[i] -= RATE
                            / Math.sqrt(round)
                            * (mean[i] / (1 - Math.pow(0.9, round)))
                            / (Math.sqrt(spread[i] / (1 - Math.pow(0.999, round))) + 1e-8);
                }
            }
        }
        return new Model(weights[bias], Arrays.copyOf(weights, bias), known);
    }

    /** The places that enough groups hold, and behind them the bias. */
    private static boolean[] known(List<AffairsExample> examples) {
        var holders = new HashMap<Integer, Set<String>>();
        for (AffairsExample one : examples) {
            for (int place : one.places()) {
                holders.computeIfAbsent(place, first -> new HashSet<>()).add(one.group());
            }
        }
        boolean[] known = new boolean[Affairs.PLACES + 1];
        holders.forEach((place, groups) -> known[place] = groups.size() >= RARE);
        known[Affairs.PLACES] = true;
        return known;
    }

    private static int[] places(AffairsExample example, boolean[] known) {
        return Arrays.stream(example.places()).filter(place -> known[place]).toArray();
    }

    private static double norm(int[] places) {
        return 1 / Math.sqrt(Math.max(1, places.length));
    }

    private static double sum(double[] weights, int[] places) {
        double sum = 0;
        for (int place : places) {
            sum += weights[place];
        }
        return sum;
    }

    private static byte[] written(Model model) throws IOException {
        double largest = Arrays.stream(model.weights).map(Math::abs).max().orElse(1);
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeFloat((float) (model.bias + LEANING));
            out.writeFloat((float) (largest / Byte.MAX_VALUE));
            for (int place = 0; place < Affairs.PLACES; place++) {
                // What is known weighs something, however little: else it would not be counted.
                int least = model.weights[place] < 0 ? -1 : 1;
                int weight = (int) Math.round(model.weights[place] / largest * Byte.MAX_VALUE);
                out.writeByte(model.known[place] && weight == 0 ? least : weight);
            }
        }
        return bytes.toByteArray();
    }
}
