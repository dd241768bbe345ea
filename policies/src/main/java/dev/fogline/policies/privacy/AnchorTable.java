package dev.fogline.policies.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The anchors of all detectors, compiled for one walk over a text that tells ordinary text from an anchor: by one look-up per
 * character, and by one per word for what begins as a word.
 */
final class AnchorTable {
    private static final byte ORDINARY = 0;
    private static final byte DIGIT = 1;
    private static final byte LETTER = 2;
    /** What {@link Folding} replaces or takes out, so that something else may stand there. */
    private static final byte FOLDED = -1;

    private static final byte FIRST_SIGN = 3;
    private static final int MOST_SIGNS = 255 - FIRST_SIGN;
    private static final int ASCII = 128;
    /** Behind digits, beside the characters of ASCII: another one, or whatever it is. */
    private static final int BEYOND = ASCII;

    private static final int WHATEVER = ASCII + 1;

    /** Longer texts are folded before their walk and walked in stretches, so that little is remembered at a time. */
    private static final int STRETCH = 1 << 16;

    private static final int BLOCK = AsciiText.BLOCK;
    private static final int BUCKETS = 1 << 10;
    private static final int AMID_DIGITS = 3;
    /** Anchors between two looks at the time: dense text takes less than 1 ms for so many. */
    private static final int BETWEEN_LOOKS = 128;

    private final byte[] classes = new byte[1 << 16];
    /** By how many digits there are, and by the character behind the first of them, or what is tried whatever that is. */
    private final Detector[][][] digits = new Detector[Anchor.MOST_DIGITS + 1][WHATEVER + 1][0];
    /** By how many digits there are, those that ask for more unless a letter touches them. */
    private final Detector[][] lettered = new Detector[Anchor.MOST_DIGITS + 1][0];
    /** By class, counted from {@link #FIRST_SIGN}. */
    private final List<Detector[]> signs = new ArrayList<>();

    private final WordStarts starts = new WordStarts();
    private final Word[][] words = new Word[BUCKETS][0];

    /** As where a policy has all detectors off. */
    private final boolean dataUrlsAlone;

    private record Word(String prefix, boolean ignoreCase, Detector detector) {
        void at(Reading text, int at, Candidates found) {
            if (text.matches(at, prefix, ignoreCase)) {
                detector.at(text, at, found);
            }
        }
    }

    AnchorTable(List<Anchor.Use> uses) {
        dataUrlsAlone = uses.stream().allMatch(use -> use.detector() instanceof DataUrl);
        Arrays.fill(classes, '0', '9' + 1, DIGIT);
        Arrays.fill(classes, 'A', 'Z' + 1, LETTER);
        Arrays.fill(classes, 'a', 'z' + 1, LETTER);
        classes['\\'] = FOLDED;
        for (int c = ASCII; c < classes.length; c++) {
            classes[c] = Folding.folds((char) c) ? FOLDED : ORDINARY;
        }
        for (Anchor.Use use : uses) {
            switch (use.anchor()) {
                case Anchor.Digits asked -> addDigits(asked, use.detector());
                case Anchor.Sign(char sign) -> addSign(sign, use.detector());
                case Anchor.Word(String prefix, boolean ignoreCase) ->
                    addWord(new Word(prefix, ignoreCase, use.detector()));
            }
        }
    }

    private void addDigits(Anchor.Digits asked, Detector detector) {
        for (int count = 1; count <= Anchor.MOST_DIGITS; count++) {
            if (count >= asked.least()) {
                for (char c = 0; c <= WHATEVER; c++) {
                    boolean worth = c < ASCII ? asked.behind().has(c) : c == WHATEVER || asked.beyond();
                    if (worth && Arrays.stream(digits[count][c]).noneMatch(known -> known == detector)) {
                        digits[count][c] = with(digits[count][c], detector);
                    }
                }
            } else if (asked.lettered()) {
                lettered[count] = with(lettered[count], detector);
            }
        }
    }

    private void addSign(char sign, Detector... detectors) {
        if (classes[sign] == ORDINARY) {
            if (signs.size() >= MOST_SIGNS) {
                throw new IllegalStateException("more signs than a byte tells apart");
            }
            classes[sign] = (byte) (FIRST_SIGN + signs.size());
            signs.add(new Detector[0]);
        }
        int number = (classes[sign] & 0xFF) - FIRST_SIGN;
        for (Detector detector : detectors) {
            signs.set(number, with(signs.get(number), detector));
        }
    }

    private void addWord(Word word) {
        char first = word.prefix().charAt(0);
        if (!Ascii.alphanumeric(first)) {
            addSign(first);
        }
        starts.add(word.prefix());
        int bucket = bucket(first, word.prefix().charAt(1));
        words[bucket] = with(words[bucket], word);
    }

    private static int bucket(char first, char second) {
        return (first & 0x1F) << 5 | second & 0x1F;
    }

    private static <T> T[] with(T[] some, T another) {
        var all = Arrays.copyOf(some, some.length + 1);
        all[some.length] = another;
        return all;
    }

    /**
     * Tries every detector at its anchors, in the order of the text; before that it folds the text if there is need.
     *
     * @throws TimeLimit.Exceeded when it takes longer than that
     */
    void walk(Reading text, Candidates found, TimeLimit limit) {
        AsciiText ascii = text.ascii();
        if (dataUrlsAlone && ascii != null && !DataUrl.mayBeIn(ascii.text())) {
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
                count = places(text, from, i, places, count);
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
        AsciiText ascii = text.ascii();
        return ascii == null
                ? placesInAny(text, origin, from, places, before)
                : placesInAscii(text, ascii, origin, from, places, before);
    }

    private int placesInAny(Reading text, int origin, int from, char[] places, int before) {
        char[] chars = text.chars();
        byte[] classes = this.classes;
        int to = Math.min(text.length(), from + BLOCK);
        int count = before;
        byte last = from == 0 ? ORDINARY : classes[chars[from - 1]];
        for (int i = from; i < to; i++) {
            byte what = classes[chars[i]];
            if (what == FOLDED && !text.folded()) {
                if (!text.foldAlone(i)) {
                    text.fold(i);
                    return places(text, origin, from, places, before);
                }
                chars = text.chars();
                what = classes[chars[i]];
            }
            boolean place;
            if (what == ORDINARY) {
                place = false;
            } else if (what == LETTER) {
                place = last != LETTER && last != DIGIT && starts.has(WordStarts.first(text, i));
            } else if (what == DIGIT) {
                place = last != DIGIT;
            } else {
                place = true;
            }
            if (place) {
                places[count++] = (char) (i - origin);
            }
            last = what;
        }
        return count;
    }

    private int placesInAscii(Reading text, AsciiText ascii, int origin, int from, char[] places, int before) {
        int block = from / BLOCK;
        long here = 0;
        for (long left = ascii.wordStarts(block); left != 0; left &= left - 1) {
            int bit = Long.numberOfTrailingZeros(left);
            if (starts.has(ascii.first(from + bit))) {
                here |= 1L << bit;
            }
        }
        for (long left = ascii.marks(block); left != 0; left &= left - 1) {
            int bit = Long.numberOfTrailingZeros(left);
            byte what = classes[text.at(from + bit)];
            if (what != ORDINARY) {
                if (what == FOLDED && text.fold(from + bit)) {
                    return places(text, origin, from, places, before);
                }
                here |= 1L << bit;
            }
        }
        int count = before;
        for (; here != 0; here &= here - 1) {
            places[count++] = (char) (from + Long.numberOfTrailingZeros(here) - origin);
        }
        return count;
    }

    /** Those beyond ASCII, which are in no word, count as NUL. */
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
        if (c < ASCII && !Ascii.alphanumeric(before)) {
            for (Word word : words[bucket(c, text.at(at + 1))]) {
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
