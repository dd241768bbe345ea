package dev.fogline.policies.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The anchors of all detectors, compiled for one walk over a text: two look-ups per character tell ordinary text from an
 * anchor. A word is anchored at the rarest pair of characters in it, not at its start: nearly every word of ordinary text
 * starts like some anchor, and branches that are often taken, but not always, are what a walk spends its time on.
 */
final class AnchorTable {
    private static final byte ORDINARY = 0;
    private static final byte DIGIT = 1;
    private static final byte FIRST_SIGN = 2;
    private static final int MOST_SIGNS = 256 - FIRST_SIGN;
    private static final int PAIRS = 1 << 14;

    /** Characters between two looks at the time: dense text takes about 1 ms for so many. */
    private static final int STRETCH = 4096;

    /** Characters of words from common to rare in prose and code; those absent are rarer still. */
    private static final String COMMON = "etaoinsrhldcumfpgybwv._/Sk-TACIEPRNMLODFBHGUWVK";

    private final byte[] classes = new byte[1 << 16];
    private Detector[] digits = {};
    /** By class, counted from {@link #FIRST_SIGN}. */
    private final List<Detector[]> signs = new ArrayList<>();
    /** 1 where a word is anchored at the pair. */
    private final byte[] pairs = new byte[PAIRS];

    private final Word[][] words = new Word[PAIRS][0];

    /** @param offset of the second character of the pair that it is anchored at */
    private record Word(String prefix, boolean ignoreCase, int offset, Detector detector) {
        void at(Reading text, int at, Candidates found) {
            int start = at - offset;
            if (text.matches(start, prefix, ignoreCase) && !Ascii.alphanumeric(text.at(start - 1))) {
                detector.at(text, start, found);
            }
        }
    }

    AnchorTable(List<Anchor.Use> uses) {
        Arrays.fill(classes, '0', '9' + 1, DIGIT);
        for (Anchor.Use use : uses) {
            switch (use.anchor()) {
                case Anchor.Digits() -> digits = with(digits, use.detector());
                case Anchor.Sign(char sign) -> addSign(sign, use.detector());
                case Anchor.Word(String prefix, boolean ignoreCase) ->
                    addWord(new Word(prefix, ignoreCase, rarestPair(prefix), use.detector()));
            }
        }
    }

    private void addSign(char sign, Detector detector) {
        if (classes[sign] == ORDINARY) {
            if (signs.size() >= MOST_SIGNS) {
                throw new IllegalStateException("more signs than a byte tells apart");
            }
            classes[sign] = (byte) (FIRST_SIGN + signs.size());
            signs.add(new Detector[0]);
        }
        int number = (classes[sign] & 0xFF) - FIRST_SIGN;
        signs.set(number, with(signs.get(number), detector));
    }

    private void addWord(Word word) {
        for (char first : cases(word, word.offset() - 1)) {
            for (char second : cases(word, word.offset())) {
                int pair = pair(first, second);
                pairs[pair] = 1;
                words[pair] = with(words[pair], word);
            }
        }
    }

    private static char[] cases(Word word, int index) {
        char c = word.prefix().charAt(index);
        return word.ignoreCase() && Ascii.letter(c) ? new char[] {Ascii.lower(c), Ascii.upper(c)} : new char[] {c};
    }

    private static <T> T[] with(T[] some, T another) {
        var all = Arrays.copyOf(some, some.length + 1);
        all[some.length] = another;
        return all;
    }

    private static int rarestPair(String prefix) {
        int rarest = 1;
        for (int i = 2; i < prefix.length(); i++) {
            if (rarity(prefix, i) > rarity(prefix, rarest)) {
                rarest = i;
            }
        }
        return rarest;
    }

    private static int rarity(String prefix, int second) {
        return rarity(prefix.charAt(second - 1)) + rarity(prefix.charAt(second));
    }

    private static int rarity(char c) {
        int common = COMMON.indexOf(c);
        return c == ' ' ? 0 : common < 0 ? COMMON.length() : common;
    }

    private static int pair(char first, char second) {
        return (first << 7 ^ second) & (PAIRS - 1);
    }

    /**
     * Tries every detector at its anchors, in the order of the text.
     *
     * @throws TimeLimit.Exceeded when it takes longer than that
     */
    void walk(Reading text, Candidates found, TimeLimit limit) {
        for (int from = 0; from < text.length(); from += STRETCH) {
            if (from > 0) {
                limit.check();
            }
            walk(text, from, Math.min(text.length(), from + STRETCH), found);
        }
    }

    private void walk(Reading text, int from, int to, Candidates found) {
        char[] chars = text.chars();
        byte[] classes = this.classes;
        byte[] pairs = this.pairs;
        char before = from == 0 ? 0 : chars[from - 1];
        for (int i = from; i < to; i++) {
            char c = chars[i];
            if ((classes[c] | pairs[pair(before, c)]) != 0) {
                visit(before, c, text, i, found);
            }
            before = c;
        }
    }

    private void visit(char before, char c, Reading text, int at, Candidates found) {
        int kind = classes[c] & 0xFF;
        if (kind >= FIRST_SIGN) {
            for (Detector detector : signs.get(kind - FIRST_SIGN)) {
                detector.at(text, at, found);
            }
        } else if (kind == DIGIT && classes[before] != DIGIT) {
            for (Detector detector : digits) {
                detector.at(text, at, found);
            }
        }
        for (Word word : words[pair(before, c)]) {
            word.at(text, at, found);
        }
    }
}
