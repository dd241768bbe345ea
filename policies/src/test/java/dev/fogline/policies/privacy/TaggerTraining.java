package dev.fogline.policies.privacy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Teaches a {@link TagModel} by stochastic gradient descent on the log-likelihood of tags: softmax over all tags of a word,
 * AdaGrad, a decay of weights, and only features that several groups of texts share, so that no word of one template or
 * one prompt is learned by heart. Where a label says only that something is a name, its likeliest kind is taken.
 */
final class TaggerTraining {
    private static final int ROUNDS = 8;
    private static final float RATE = 0.08f;
    private static final float DECAY = 2e-4f;
    private static final int LEAST_GROUPS = 3;
    private static final int SEED = 20261129;

    private final WordFilter common;
    private final WordFilter usual;
    private final WordFilter rare;
    private final float[] weights = new float[TagFeatures.SIZE * Tag.COUNT];
    private final float[] squares = new float[TagFeatures.SIZE * Tag.COUNT];
    private final float[] means = new float[TagFeatures.SIZE * Tag.COUNT];
    private final boolean[] kept = new boolean[TagFeatures.SIZE];
    private final float[] scores = new float[Tag.COUNT];
    private final Random random = new Random(SEED);

    private TaggerTraining(WordFilter common, WordFilter usual, WordFilter rare) {
        this.common = common;
        this.usual = usual;
        this.rare = rare;
    }

    static TagModel of(List<TaggedText> texts, WordFilter common, WordFilter usual, WordFilter rare) {
        var training = new TaggerTraining(common, usual, rare);
        training.keep(texts);
        var order = new ArrayList<>(texts);
        for (int round = 0; round < ROUNDS; round++) {
            Collections.shuffle(order, training.random);
            for (TaggedText text : order) {
                training.learn(text);
            }
            training.remember(round);
        }
        return training.model();
    }

    /** The mean over the later rounds is steadier than where the last text left the weights. */
    private void remember(int round) {
        for (int i = 0; round >= ROUNDS / 2 && i < weights.length; i++) {
            means[i] += weights[i] / (ROUNDS - ROUNDS / 2);
        }
    }

    private TagModel empty() {
        return new TagModel(new byte[0], 1, common, usual, rare);
    }

    private void keep(List<TaggedText> texts) {
        var last = new int[TagFeatures.SIZE];
        var groups = new int[TagFeatures.SIZE];
        var sorted = new ArrayList<>(texts);
        sorted.sort(Comparator.comparing(TaggedText::group));
        int number = 0;
        String group = "";
        for (TaggedText text : sorted) {
            if (!text.group().equals(group)) {
                group = text.group();
                number++;
            }
            int now = number;
            walk(text, false, (features, allowed, weight) -> {
                for (int f = 0; f < features.count(); f++) {
                    int row = features.rows()[f];
                    if (last[row] != now) {
                        last[row] = now;
                        groups[row]++;
                    }
                }
            });
        }
        for (int row = 0; row < groups.length; row++) {
            kept[row] = groups[row] >= LEAST_GROUPS;
        }
    }

    private interface Visit {
        void at(TagFeatures features, int allowed, float weight);
    }

    private void learn(TaggedText text) {
        walk(text, true, this::step);
    }

    /** Goes over a text along its right tags, or now and then along those that the model would choose. */
    private void walk(TaggedText text, boolean wander, Visit visit) {
        Words words = text.words();
        var features = new TagFeatures(text.reading(), words, empty(), text.ruled());
        int previous = Tag.NONE;
        int before = Tag.NONE;
        boolean wanders = wander && !text.vague() && random.nextInt(2) == 0;
        for (int i = 0; i < words.count(); i++) {
            int tag = Tag.NONE;
            if (previous == Tag.NONE ? features.mayBegin(i) : features.mayGoOn(i)) {
                features.at(i, previous, before);
                int allowed = text.allowed(i, previous);
                visit.at(features, allowed, text.weight(i));
                score(features);
                tag = best(wanders ? -1 : allowed, features.joined(i) ? previous : Tag.NONE, words.gap(i));
            }
            before = previous;
            previous = tag;
        }
    }

    private int best(int allowed, int previous, Words.Gap gap) {
        int best = -1;
        for (int tag = 0; tag < Tag.COUNT; tag++) {
            if ((allowed & (1 << tag)) != 0
                    && Tag.follows(tag, previous, gap)
                    && (best < 0 || scores[tag] > scores[best])) {
                best = tag;
            }
        }
        return Math.max(best, Tag.NONE);
    }

    private void score(TagFeatures features) {
        Arrays.fill(scores, 0);
        for (int f = 0; f < features.count(); f++) {
            int row = features.rows()[f];
            for (int tag = 0; kept[row] && tag < Tag.COUNT; tag++) {
                scores[tag] += weights[row * Tag.COUNT + tag];
            }
        }
    }

    private void step(TagFeatures features, int allowed, float weight) {
        if (weight == 0) {
            return;
        }
        score(features);
        var all = softmax(-1);
        var right = softmax(allowed);
        for (int f = 0; f < features.count(); f++) {
            int row = features.rows()[f];
            for (int tag = 0; kept[row] && tag < Tag.COUNT; tag++) {
                int at = row * Tag.COUNT + tag;
                float slope = weight * (all[tag] - right[tag]) + DECAY * weights[at];
                squares[at] += slope * slope;
                weights[at] -= RATE * slope / (float) Math.sqrt(squares[at] + 1e-6);
            }
        }
    }

    private float[] softmax(int allowed) {
        var shares = new float[Tag.COUNT];
        float most = Float.NEGATIVE_INFINITY;
        for (int tag = 0; tag < Tag.COUNT; tag++) {
            most = (allowed & (1 << tag)) != 0 ? Math.max(most, scores[tag]) : most;
        }
        float sum = 0;
        for (int tag = 0; tag < Tag.COUNT; tag++) {
            shares[tag] = (allowed & (1 << tag)) != 0 ? (float) Math.exp(scores[tag] - most) : 0;
            sum += shares[tag];
        }
        for (int tag = 0; tag < Tag.COUNT; tag++) {
            shares[tag] /= sum;
        }
        return shares;
    }

    private TagModel model() {
        float most = 0;
        for (float weight : means) {
            most = Math.max(most, Math.abs(weight));
        }
        float unit = Math.min(most, 3) / 127;
        var bytes = new byte[means.length];
        for (int i = 0; i < means.length; i++) {
            bytes[i] = (byte) Math.clamp(Math.round(means[i] / unit), -127, 127);
        }
        return new TagModel(bytes, unit, common, usual, rare);
    }

    static void write(TagModel model, String source, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                var data = new DataOutputStream(out)) {
            data.writeUTF(source);
            data.writeInt(TagModel.MAGIC);
            data.writeFloat(model.unit());
            for (WordFilter filter : List.of(model.common(), model.usual(), model.rare())) {
                data.writeInt(filter.bits().length);
                for (long bits : filter.bits()) {
                    data.writeLong(bits);
                }
            }
            data.write(model.weights());
        }
    }
}
