package dev.fogline.policies.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The anchors of all detectors, compiled for one walk over a text: one look-up per character tells ordinary text from an
 * anchor. A word is anchored at the rarest pair of characters in it, not at its start: nearly every word of ordinary text
 * starts like some anchor, and branches that are often taken, but not always, are what a walk spends its time on.
 */
final class AnchorTable {
    private static final byte ORDINARY = 0;
    private static final byte DIGIT = 1;
    /** What {@link Folding} replaces or takes out, so that something else may stand there. */
    private static final byte FOLDED = -1;

    private static final byte FIRST_SIGN = 2;
    private static final int MOST_SIGNS = 255 - FIRST_SIGN;
    private static final int ASCII = 128;
    private static final int PAIRS = ASCII * ASCII;
    /** Behind digits, beside the characters of ASCII: another one, or whatever it is. */
    private static final int BEYOND = ASCII;

    private static final int WHATEVER = ASCII + 1;

    /** Longer texts are folded before their walk and walked in stretches, so that little is remembered at a time. */
    private static final int STRETCH = 1 << 16;

    private static final int BLOCK = 64;
    private static final int AMID_DIGITS = 3;
    /** Anchors between two looks at the time: dense text takes less than 1 ms for so many. */
    private static final int BETWEEN_LOOKS = 128;

    /** Characters of words from common to rare in prose and code; those absent are rarer still. */
    private static final String COMMON = "etaoinsrhldcumfpgybwv._/Sk-TACIEPRNMLODFBHGUWVK";

    private final byte[] classes = new byte[1 << 16];
    /** By how many digits there are, and by the character behind the first of them, or what is tried whatever that is. */
    private final Detector[][][] digits = new Detector[Anchor.MOST_DIGITS + 1][WHATEVER + 1][0];
    /** By how many digits there are, those that ask for more unless a letter touches them. */
    private final Detector[][] lettered = new Detector[Anchor.MOST_DIGITS + 1][0];
    /** By class, counted from {@link #FIRST_SIGN}. */
    private final List<Detector[]> signs = new ArrayList<>();
    /** 1 where something is tried at the second character of the pair, an ASCII character. */
    private final byte[] pairs = new byte[PAIRS];

    private final Word[][] words = new Word[PAIRS][];

    /** As where a policy has all detectors off. */
    private final boolean dataUrlsAlone;

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
        dataUrlsAlone = uses.stream().allMatch(use -> use.detector() instanceof DataUrl);
        Arrays.fill(words, new Word[0]);
        for (int c = ASCII; c < classes.length; c++) {
            classes[c] = Folding.folds((char) c) ? FOLDED : ORDINARY;
        }
        for (Anchor.Use use : uses) {
            switch (use.anchor()) {
                case Anchor.Digits asked -> addDigits(asked, use.detector());
                case Anchor.Sign(char sign) -> addSign(sign, use.detector());
                case Anchor.Word(String prefix, boolean ignoreCase) ->
                    addWord(new Word(prefix, ignoreCase, rarestPair(prefix), use.detector()));
            }
        }
        for (char second = 0; second < ASCII; second++) {
            for (char first = 0; first < ASCII; first++) {
                boolean amid = classes[first] == DIGIT && classes[second] == DIGIT;
                if (classes[second] != ORDINARY && !amid) {
                    pairs[pair(first, second)] = 1;
                }
                if (second == '\\') {
                    pairs[pair(first, second)] = FOLDED;
                }
            }
        }
    }

    private void addDigits(Anchor.Digits asked, Detector detector) {
        Arrays.fill(classes, '0', '9' + 1, DIGIT);
        for (int count = 1; count <= Anchor.MOST_DIGITS; count++) {
            if (count >= asked.least()) {
                for (char c = 0; c <= WHATEVER; c++) {
                    boolean worth = c < ASCII ? asked.behind().has(c) : c == WHATEVER || asked.beyond();
                    if (worth && !List.of(digits[count][c]).contains(detector)) {
                        digits[count][c] = with(digits[count][c], detector);
                    }
                }
            } else if (asked.lettered()) {
                lettered[count] = with(lettered[count], detector);
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
        return (first << 7 | second) & (PAIRS - 1);
    }

    /**
     * Tries every detector at its anchors, in the order of the text; before that it folds the text if there is need.
     *
     * @throws TimeLimit.Exceeded when it takes longer than that
     */
    void walk(Reading text, Candidates found, TimeLimit limit) {
        if (dataUrlsAlone && text.ascii() && !DataUrl.mayBeIn(new String(text.chars(), 0, text.length()))) {
            return;
        }
        if (text.length() > STRETCH) {
            text.fold(0);
        }
        // Most texts of a request are short, such as a role, and of longer ones few characters are an anchor.
        var places = new char[Math.min(text.length(), Math.max(2 * BLOCK, text.length() / 5))];
        for (int from = 0; from < text.length(); from += STRETCH) {
            int count = 0;
            for (int i = from; i < Math.min(text.length(), from + STRETCH); i += BLOCK) {
                int needed = count + Math.min(BLOCK, text.length() - i);
                places = needed > places.length ? Arrays.copyOf(places, 2 * places.length) : places;
                count = text.ascii()
                        ? placesInAscii(text, from, i, places, count)
                        : places(text, from, i, places, count);
            }
            visit(text, from, places, count, found, limit);
        }
    }

    /**
     * Notes where in a block something is tried, and returns how many places are noted with those before. Where something
     * must be folded, the block is read once more.
     *
     * @param origin from which places are counted, so that they fit into a character
     */
    private int places(Reading text, int origin, int from, char[] places, int before) {
        char[] chars = text.chars();
        byte[] classes = this.classes;
        byte[] pairs = this.pairs;
        int to = Math.min(text.length(), from + BLOCK);
        int count = before;
        char first = from == 0 ? 0 : ascii(chars[from - 1]);
        for (int i = from; i < to; i++) {
            char c = chars[i];
            byte what;
            if (c < ASCII) {
                what = pairs[pair(first, c)];
                first = c;
            } else {
                what = classes[c];
                first = 0;
            }
            if (what != ORDINARY) {
                if (what == FOLDED && text.fold(i)) {
                    return places(text, origin, from, places, before);
                }
                places[count++] = (char) (i - origin);
            }
        }
        return count;
    }

    /** The same of a text that is ASCII, without asking of each character whether it is: in 0.7 of the time. */
    private int placesInAscii(Reading text, int origin, int from, char[] places, int before) {
        char[] chars = text.chars();
        byte[] pairs = this.pairs;
        int to = Math.min(text.length(), from + BLOCK);
        int count = before;
        char first = from == 0 ? 0 : ascii(chars[from - 1]);
        for (int i = from; i < to; i++) {
            char c = chars[i];
            byte what = pairs[pair(first, c)];
            first = c;
            if (what != ORDINARY) {
                if (what == FOLDED && text.fold(i)) {
                    return places(text, origin, from, places, before);
                }
                places[count++] = (char) (i - origin);
            }
        }
        return count;
    }

    /** The first of a pair; for those beyond ASCII, which are in none, NUL. */
    private static char ascii(char c) {
        return c < ASCII ? c : 0;
    }

    private void visit(Reading text, int origin, char[] places, int count, Candidates found, TimeLimit limit) {
        char[] chars = text.chars();
        for (int i = 0; i < count; i++) {
            if (i % BETWEEN_LOOKS == BETWEEN_LOOKS - 1) {
                limit.check();
            }
            int at = origin + places[i];
            visit(at == 0 ? 0 : ascii(chars[at - 1]), chars[at], text, at, found);
        }
    }

    private void visit(char before, char c, Reading text, int at, Candidates found) {
        int kind = classes[c] & 0xFF;
        if (kind >= FIRST_SIGN && kind != (FOLDED & 0xFF)) {
            for (Detector detector : signs.get(kind - FIRST_SIGN)) {
                detector.at(text, at, found);
            }
        } else if (kind == DIGIT && classes[before] != DIGIT) {
            number(before, text, at, found);
        }
        if (c < ASCII) {
            for (Word word : words[pair(before, c)]) {
                word.at(text, at, found);
            }
        }
    }

    /**
     * The decimals of a fraction, the month of a date: so few digits behind such a sign and more digits begin nothing that
     * did not begin where those do. Behind a colon or a comma they may: the next field of a record begins there.
     */
    private static boolean amid(char before, Reading text, int at) {
        return (before == '.' || before == '-') && Ascii.digit(text.at(at - 2));
    }

    /** Most numbers of ordinary text are short: they are tried for little. */
    private void number(char before, Reading text, int at, Candidates found) {
        int end = text.runEnd(at, Alphabet.DIGITS, Anchor.MOST_DIGITS);
        char behind = text.at(end);
        boolean letterBehind = Ascii.letter(behind);
        if (end - at <= AMID_DIGITS
                && amid(before, text, at)
                && behind < ASCII
                && !letterBehind
                && DigitRow.count(text, at, AMID_DIGITS + 1) <= AMID_DIGITS) {
            return;
        }
        int count = DigitRow.count(text, at, Anchor.MOST_DIGITS);
        boolean letterBefore = Ascii.letter(before);
        boolean whatever = letterBefore || before == '-' || end - at > Anchor.FEW_DIGITS;
        for (Detector detector : digits[count][whatever ? WHATEVER : Math.min(behind, BEYOND)]) {
            detector.at(text, at, found);
        }
        if (letterBefore || letterBehind) {
            for (Detector detector : lettered[count]) {
                detector.at(text, at, found);
            }
        }
    }
}
