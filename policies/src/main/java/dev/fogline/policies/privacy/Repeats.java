package dev.fogline.policies.privacy;

import dev.fogline.policies.privacy.Words.Form;
import dev.fogline.policies.privacy.Words.Gap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names that were found in a text, to find them where they stand again and nothing speaks for them; and their rarer words,
 * which often stand alone later. Holds a bounded number, so that the work stays linear.
 */
final class Repeats {
    private static final int MOST = 512;
    private static final int LONGEST = 5;

    private final Words words;
    private final TagFeatures features;
    private final Map<Integer, FindingKind> names = new HashMap<>();
    /** Whether a name of so many words is among them. */
    private int lengths;

    Repeats(Words words, TagFeatures features) {
        this.words = words;
        this.features = features;
    }

    void add(FindingKind kind, int from, int to) {
        if (kind == FindingKind.ADDRESS || to - from > LONGEST || names.size() >= MOST) {
            return;
        }
        put(kind, from, to);
        for (int i = from; to - from > 1 && i < to && kind != FindingKind.PLACE; i++) {
            boolean says = kind == FindingKind.PERSON || i == from;
            if (says && words.form(i) != Form.LETTER && words.end(i) - words.start(i) > 3) {
                put(kind, i, i + 1);
            }
        }
    }

    private void put(FindingKind kind, int from, int to) {
        if (to - from > 1 || features.unusual(from)) {
            names.putIfAbsent(hash(from, to), kind);
            lengths |= 1 << (to - from);
        }
    }

    private int hash(int from, int to) {
        int hash = words.hash(from);
        for (int i = from + 1; i < to; i++) {
            hash = Lexicon.both(hash, words.hash(i));
        }
        return hash;
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** How many words of a name begin at a word; 0 for none. */
    int at(int from) {
        int longest = 0;
        int hash = 0;
        for (int i = from; i < words.count() && i < from + LONGEST; i++) {
            if (i > from && words.gap(i) != Gap.SPACE && words.gap(i) != Gap.DASH && words.gap(i) != Gap.STOP) {
                break;
            }
            hash = i == from ? words.hash(i) : Lexicon.both(hash, words.hash(i));
            if ((lengths & (1 << (i + 1 - from))) != 0 && names.containsKey(hash)) {
                longest = i + 1 - from;
            }
        }
        return longest;
    }

    @Nullable
    FindingKind kind(int from, int length) {
        return names.get(hash(from, from + length));
    }
}
