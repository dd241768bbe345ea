package dev.fogline.policies.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The anchors of all detectors, compiled so that one look-up per character tells ordinary text from an anchor. */
final class AnchorTable {
    private static final byte ORDINARY = 0;
    private static final byte DIGIT = 1;
    private static final byte LETTER = 2;
    private static final byte FIRST_SIGN = 3;

    private final byte[] classes = new byte[1 << 16];
    private Detector[] digits = {};
    /** By the class of the sign, counted from {@link #FIRST_SIGN}. */
    private final List<Detector[]> signs = new ArrayList<>();
    /** By the first two characters of a word; nearly all pairs have none. */
    private final WordStart[][] words = new WordStart[1 << 14][0];

    private record WordStart(Anchor.Word word, Detector detector) {}

    AnchorTable(List<Anchor.Use> uses) {
        for (char c = 0; c < 128; c++) {
            classes[c] = Ascii.digit(c) ? DIGIT : Ascii.letter(c) ? LETTER : ORDINARY;
        }
        for (Anchor.Use use : uses) {
            switch (use.anchor()) {
                case Anchor.Digits() -> digits = with(digits, use.detector());
                case Anchor.Sign(char sign) -> addSign(sign, use.detector());
                case Anchor.Word word -> addWord(word, use.detector());
            }
        }
    }

    private void addSign(char sign, Detector detector) {
        if (classes[sign] == ORDINARY) {
            classes[sign] = (byte) (FIRST_SIGN + signs.size());
            signs.add(new Detector[0]);
        }
        int index = classes[sign] - FIRST_SIGN;
        signs.set(index, with(signs.get(index), detector));
    }

    private void addWord(Anchor.Word word, Detector detector) {
        char first = word.prefix().charAt(0);
        char second = word.prefix().charAt(1);
        for (char one : word.ignoreCase() ? new char[] {Ascii.lower(first), Ascii.upper(first)} : new char[] {first}) {
            for (char two :
                    word.ignoreCase() ? new char[] {Ascii.lower(second), Ascii.upper(second)} : new char[] {second}) {
                int pair = pair(one, two);
                words[pair] = Arrays.copyOf(words[pair], words[pair].length + 1);
                words[pair][words[pair].length - 1] = new WordStart(word, detector);
            }
        }
    }

    private static Detector[] with(Detector[] some, Detector another) {
        var all = Arrays.copyOf(some, some.length + 1);
        all[some.length] = another;
        return all;
    }

    private static int pair(char first, char second) {
        return first << 7 | second;
    }

    /** Tries every detector at its anchors, in the order of the text. */
    void walk(Reading text, Candidates found) {
        char[] chars = text.chars();
        int length = text.length();
        byte[] classes = this.classes;
        int i = 0;
        while (i < length) {
            byte kind = classes[chars[i]];
            if (kind == ORDINARY) {
                i++;
            } else if (kind == LETTER) {
                if (i + 1 < length && chars[i + 1] < 128 && !(i > 0 && classes[chars[i - 1]] == DIGIT)) {
                    WordStart[] starts = words[pair(chars[i], chars[i + 1])];
                    if (starts.length > 0) {
                        tryWords(starts, text, i, found);
                    }
                }
                do {
                    i++;
                } while (i < length && classes[chars[i]] == LETTER);
            } else if (kind == DIGIT) {
                for (Detector detector : digits) {
                    detector.at(text, i, found);
                }
                do {
                    i++;
                } while (i < length && classes[chars[i]] == DIGIT);
            } else {
                for (Detector detector : signs.get(kind - FIRST_SIGN)) {
                    detector.at(text, i, found);
                }
                i++;
            }
        }
    }

    private static void tryWords(WordStart[] starts, Reading text, int at, Candidates found) {
        for (WordStart start : starts) {
            if (text.matches(at, start.word().prefix(), start.word().ignoreCase())) {
                start.detector().at(text, at, found);
            }
        }
    }
}
