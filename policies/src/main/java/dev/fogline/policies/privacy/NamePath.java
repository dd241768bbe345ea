package dev.fogline.policies.privacy;

import dev.fogline.policies.privacy.ChineseWords.Role;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The likeliest way to read a stretch of Chinese characters as words and names: the one of least costs, each in nats. Used
 * by one thread, again and again.
 */
final class NamePath {
    /** What was read last: a word, a word that a name follows, or a name. */
    private static final int WORD = 0;

    private static final int WORD_BEFORE_NAME = 1;
    private static final int NAME = 2;
    private static final int KINDS = 3;

    /** Of any name: about one word in fifty is one. */
    private static final float NAME_COST = 4;

    /** Of a given name's length: about three in four have two characters. */
    private static final float ONE_CHARACTER = 1.1f;

    private static final float TWO_CHARACTERS = 0.4f;
    /** The same one twice: children and artists. */
    private static final float DOUBLED = -2;

    private static final float COMPOUND_SURNAME = 8;
    private static final float RARELY_GIVEN = 3;
    /** Of a name directly behind another one. */
    private static final float ADJACENT = 3;
    /** Of a character that is no word by itself. */
    private static final float UNKNOWN = 14.5f;

    private static final int LONGEST_WORD = 8;
    private static final int MOST_NAMES = 64;
    private static final double CONFIDENCE = 0.6;

    private final ChineseWords words;
    private final ChineseWords.Walk walk;
    /** Least costs up to a position, by what was read last. */
    private final float[][] costs;
    /** Where that began. */
    private final int[][] from;
    /** What was read before it. */
    private final int[][] before;

    private final Set<String> names = new HashSet<>();

    NamePath(ChineseWords words, int longest) {
        this.words = words;
        this.walk = words.walk();
        this.costs = new float[KINDS][longest + 1];
        this.from = new int[KINDS][longest + 1];
        this.before = new int[KINDS][longest + 1];
    }

    /** Adds the names between two positions of a text that no letter of another script is between. */
    void read(Reading text, int start, int end, Candidates found) {
        if (!Surnames.within(text, start, end)) {
            return;
        }
        int length = end - start;
        for (float[] cost : costs) {
            Arrays.fill(cost, 0, length + 1, Float.POSITIVE_INFINITY);
        }
        costs[WORD][0] = 0;
        costs[WORD_BEFORE_NAME][0] = -NameSigns.opening(text, start);
        for (int i = 0; i < length; i++) {
            words(text, start, i, length);
            names(text, start, i, length);
        }
        if (from[NAME][length] == 0) {
            costs[NAME][length] -= NameSigns.ALONE;
        }
        boolean name = costs[NAME][length] - NameSigns.closing(text, end) < costs[WORD][length];
        add(text, start, length, name ? NAME : WORD, found);
    }

    /** What was found so far, or the first of it where it is much. */
    Set<String> names() {
        return names;
    }

    private void add(Reading text, int start, int length, int last, Candidates found) {
        int kind = last;
        for (int at = length; at > 0; ) {
            int begin = from[kind][at];
            if (kind == NAME) {
                found.add(FindingKind.PERSON, start + begin, start + at, CONFIDENCE);
                if (names.size() < MOST_NAMES) {
                    names.add(text.span(start + begin, start + at));
                }
            }
            kind = before[kind][at];
            at = begin;
        }
    }

    private void words(Reading text, int start, int i, int length) {
        walk.start();
        boolean single = false;
        int most = Math.min(length, i + LONGEST_WORD);
        for (int end = i + 1; end <= most && walk.to(text.at(start + end - 1)); end++) {
            float cost = walk.cost();
            if (cost < Float.POSITIVE_INFINITY) {
                single |= end == i + 1;
                word(text, start, i, end, cost, walk.role());
            }
        }
        if (!single) {
            word(text, start, i, i + 1, UNKNOWN, words.role(text.at(start + i)));
        }
    }

    private void word(Reading text, int start, int i, int end, float cost, Role role) {
        float afterName = costs[NAME][i] - ChineseWords.hint(cost, role.after());
        boolean name = afterName < costs[WORD][i];
        float sum = cost + (name ? afterName : costs[WORD][i]);
        float hint = ChineseWords.hint(cost, role.before()) + NameSigns.label(text, start + end);
        take(WORD, end, sum, i, name ? NAME : WORD);
        take(WORD_BEFORE_NAME, end, sum - hint, i, name ? NAME : WORD);
    }

    private void names(Reading text, int start, int i, int length) {
        int surname = Surnames.length(text, start + i, start + length);
        if (surname == 0) {
            return;
        }
        float adjacent = costs[NAME][i] + ADJACENT;
        boolean name = adjacent < costs[WORD_BEFORE_NAME][i];
        int kind = name ? NAME : WORD_BEFORE_NAME;
        float sum = NAME_COST
                + (name ? adjacent : costs[WORD_BEFORE_NAME][i])
                + (surname > 1
                        ? COMPOUND_SURNAME
                        : words.role(text.at(start + i)).surname());
        int given = i + surname;
        if (given + 1 <= length) {
            char c = text.at(start + given);
            float one = words.role(c).only() + ONE_CHARACTER + (Surnames.rarelyGiven(c) ? RARELY_GIVEN : 0);
            take(NAME, given + 1, sum + one, i, kind);
        }
        if (given + 2 <= length && !Surnames.title(text.span(start + given, start + given + 2))) {
            float two = words.role(text.at(start + given)).first()
                    + words.role(text.at(start + given + 1)).last()
                    + (text.at(start + given) == text.at(start + given + 1) ? DOUBLED : TWO_CHARACTERS);
            take(NAME, given + 2, sum + two, i, kind);
        }
    }

    private void take(int kind, int end, float cost, int begin, int previous) {
        if (cost < costs[kind][end]) {
            costs[kind][end] = cost;
            from[kind][end] = begin;
            before[kind][end] = previous;
        }
    }
}
