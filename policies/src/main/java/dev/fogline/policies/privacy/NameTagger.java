package dev.fogline.policies.privacy;

import dev.fogline.policies.privacy.TagFeatures.Ruled;
import java.util.Arrays;
import java.util.List;

/**
 * Names of people, organisations and places, and addresses, in texts of Latin letters: a tagger that goes from word to word
 * and learned from labelled texts what they look like and what stands beside them. It reads behind the rules, which it takes
 * for signs. The work is linear in the text.
 */
final class NameTagger implements TextDetector {
    private static final int CHECK_EVERY = 512;

    private static final double LEAST = 0.35;
    private static final double MOST = 0.7;
    /** So much surer it must be of a word in small letters. */
    private static final float SMALL = 2;

    /** The first tag of places; those of addresses follow. */
    private static final int PLACES = 5;

    private static final double AGAIN = 0.4;

    /** By tag, how much likelier than no name it must be, in nats: a place that is none does less harm than an address. */
    private static final float[] SURE = {0, 0.25f, 0.25f, 0.25f, 0.25f, -1.5f, -1.5f, 1, 1};

    private final TagModel model;
    private final float[] least;

    NameTagger(TagModel model) {
        this(model, SURE);
    }

    /** For measurements of other limits. */
    NameTagger(TagModel model, float[] least) {
        this.model = model;
        this.least = least;
    }

    @Override
    public void read(Reading text, Candidates found, TimeLimit limit) {
        var words = new Words(text, limit);
        if (words.count() == 0) {
            return;
        }
        var features = new TagFeatures(text, words, model, ruled(text, words, found.soFar()));
        if (!features.english()) {
            return;
        }
        var margins = new float[words.count()];
        byte[] tags = tags(words, features, margins, limit);
        var repeats = new Repeats(words, features);
        spans(words, features, tags, margins, repeats, found);
        again(words, tags, features, repeats, found);
    }

    private byte[] tags(Words words, TagFeatures features, float[] margins, TimeLimit limit) {
        var tags = new byte[words.count()];
        var scores = new float[Tag.COUNT];
        int previous = Tag.NONE;
        int before = Tag.NONE;
        for (int i = 0; i < words.count(); i++) {
            if (i % CHECK_EVERY == 0) {
                limit.check();
            }
            int tag = Tag.NONE;
            if (previous == Tag.NONE ? features.mayBegin(i) : features.mayGoOn(i)) {
                features.at(i, previous, before);
                score(features, scores);
                tag = best(scores, features.joined(i) ? previous : Tag.NONE, words.gap(i));
                margins[i] = scores[tag] - scores[Tag.NONE];
                float more = words.form(i) == Words.Form.SMALL && Tag.isFirst(tag) ? SMALL : 0;
                tag = tag != Tag.NONE && margins[i] > least[tag] + more ? tag : Tag.NONE;
            }
            tags[i] = (byte) tag;
            before = previous;
            previous = tag;
        }
        return tags;
    }

    private static void spans(
            Words words, TagFeatures features, byte[] tags, float[] margins, Repeats repeats, Candidates found) {
        int last = Tag.NONE;
        int end = 0;
        for (int i = 0; i < tags.length; i = Math.max(end, i + 1)) {
            int tag = tags[i];
            if (tag == Tag.NONE) {
                continue;
            }
            int reach = i + 1;
            while (reach < tags.length && tags[reach] != Tag.NONE && !Tag.isFirst(tags[reach])) {
                reach++;
            }
            FindingKind kind = features.kind(Tag.kind(tag), i, reach);
            boolean beside = (i == end && last >= PLACES)
                    || (reach < tags.length && tags[reach] >= PLACES && words.gap(reach) != Words.Gap.COLON);
            if (kind != null && (kind != FindingKind.ADDRESS || address(words, i, reach, beside))) {
                double confidence = Math.clamp(LEAST + margins[i] / 10, LEAST, MOST);
                found.add(kind, words.start(i), words.end(reach - 1), confidence);
                repeats.add(kind, i, reach);
                last = tag;
            } else {
                last = Tag.NONE;
            }
            end = reach;
        }
    }

    /** A number and a word, or a number beside the rest of an address. */
    private static boolean address(Words words, int from, int to, boolean beside) {
        boolean number = false;
        boolean name = beside;
        for (int i = from; i < to; i++) {
            boolean digits = words.form(i) == Words.Form.NUMBER || words.form(i) == Words.Form.CODE;
            number |= digits;
            name |= !digits;
        }
        return number && name;
    }

    private static void again(Words words, byte[] tags, TagFeatures features, Repeats repeats, Candidates found) {
        for (int i = 0; i < words.count() && !repeats.isEmpty(); i++) {
            if (tags[i] != Tag.NONE || !features.mayBegin(i)) {
                continue;
            }
            int length = repeats.at(i);
            FindingKind kind = length == 0 ? null : repeats.kind(i, length);
            if (kind != null) {
                found.add(kind, words.start(i), words.end(i + length - 1), AGAIN);
                i += length - 1;
            }
        }
    }

    private void score(TagFeatures features, float[] scores) {
        Arrays.fill(scores, 0);
        int[] rows = features.rows();
        for (int f = 0; f < features.count(); f++) {
            int row = rows[f] * Tag.COUNT;
            for (int tag = 0; tag < Tag.COUNT; tag++) {
                scores[tag] += model.weights()[row + tag];
            }
        }
        for (int tag = 0; tag < Tag.COUNT; tag++) {
            scores[tag] *= model.unit();
        }
    }

    private static int best(float[] scores, int previous, Words.Gap gap) {
        int best = Tag.NONE;
        for (int tag = 1; tag < Tag.COUNT; tag++) {
            if ((best == Tag.NONE || scores[tag] > scores[best]) && Tag.follows(tag, previous, gap)) {
                best = tag;
            }
        }
        return best;
    }

    /** By word, what was found there before. */
    static Ruled[] ruled(Reading text, Words words, List<Finding> found) {
        var ruled = new Ruled[words.count()];
        Arrays.fill(ruled, Ruled.NOTHING);
        for (Finding finding : found) {
            int i = first(text, words, finding.start());
            for (; i < ruled.length && text.start(words.start(i)) < finding.end(); i++) {
                ruled[i] = switch (finding.kind()) {
                    case PERSON -> Ruled.PERSON;
                    case ORGANISATION -> Ruled.ORGANISATION;
                    case ADDRESS -> Ruled.ADDRESS;
                    default -> Ruled.TAKEN;
                };
            }
        }
        return ruled;
    }

    /** The first word that ends behind a place of the text given. */
    private static int first(Reading text, Words words, int place) {
        int low = 0;
        int high = words.count();
        while (low < high) {
            int middle = (low + high) / 2;
            if (text.end(words.end(middle) - 1) > place) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
