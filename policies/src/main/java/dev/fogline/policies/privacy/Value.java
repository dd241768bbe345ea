package dev.fogline.policies.privacy;

import org.jspecify.annotations.Nullable;

/**
 * Letters and digits from the start of a word that holds a digit on, read over the single spaces, dashes, dots and slashes
 * that people put between them. A <em>chunk</em> is a stretch without any; a value ends where a chunk ends.
 */
final class Value {
    /** The longest IBAN has 34 characters. */
    static final int MOST = 36;

    private static final int MOST_LETTERS_FIRST = 6;
    private static final int MOST_CHUNK = 36;

    private final Reading text;
    private final char[] chars = new char[MOST];
    private final int[] places = new int[MOST];
    private final boolean[] ends = new boolean[MOST + 1];
    private int count;
    /** How many characters there are before a line break, and with those on the next line. */
    private int onOneLine = MOST;

    private int onTwoLines;
    private boolean named;
    private @Nullable Naming naming;

    private Value(Reading text) {
        this.text = text;
    }

    /**
     * Null unless the digit is the first of its word, with a few letters before it at most.
     *
     * @param least fewer letters and digits are no value either
     */
    static @Nullable Value at(Reading text, int firstDigit, int least) {
        int start = firstDigit;
        while (start > firstDigit - MOST_LETTERS_FIRST && Ascii.letter(text.at(start - 1))) {
            start--;
        }
        char before = text.at(start - 1);
        if (Ascii.alphanumeric(before) || (joins(before) && before != ' ' && Ascii.digit(text.at(start - 2)))) {
            return null;
        }
        if (!has(least, text, start)) {
            return null;
        }
        var value = new Value(text);
        value.read(start);
        value.onTwoLines = value.count;
        value.count = Math.min(value.count, value.onOneLine);
        return value;
    }

    /** Goes on behind the line break that ended it; false where none did. */
    boolean nextLine() {
        boolean goesOn = count < onTwoLines;
        count = onTwoLines;
        return goesOn;
    }

    /** Settles most numbers of ordinary text, which are short. */
    private static boolean has(int least, Reading text, int start) {
        boolean iban = iban(text, start);
        int count = 0;
        int i = start;
        while (count < least) {
            int end = text.runEnd(i, Alphabet.ALPHANUMERIC, least);
            if (count > 0 && !belongs(text, i, end, iban)) {
                return false;
            }
            count += end - i;
            int gap = gapWidth(text, end);
            if (gap == 0) {
                break;
            }
            i = end + gap;
        }
        return count >= least;
    }

    private static boolean iban(Reading text, int start) {
        return Ascii.letter(text.at(start))
                && Ascii.letter(text.at(start + 1))
                && Ascii.digit(text.at(start + 2))
                && Ascii.digit(text.at(start + 3));
    }

    private void read(int start) {
        boolean iban = iban(text, start);
        int i = start;
        while (count < MOST) {
            int end = text.runEnd(i, Alphabet.ALPHANUMERIC, MOST_CHUNK);
            if (count > 0 && !belongs(text, i, end, iban)) {
                return;
            }
            while (i < end && count < MOST) {
                chars[count] = Ascii.upper(text.at(i));
                places[count++] = i++;
            }
            ends[count] = !Ascii.alphanumeric(text.at(i));
            int gap = gapWidth(text, i);
            boolean wraps = gap > 0 && text.at(i + gap - 1) == '\n';
            if (!ends[count] || gap == 0 || (wraps && onOneLine < MOST)) {
                return;
            }
            onOneLine = wraps ? count : onOneLine;
            i += gap;
        }
    }

    /** How many characters part what ends here from what goes on with it: "-", " - ", a line break; 0 where nothing goes on. */
    private static int gapWidth(Reading text, int at) {
        char c = text.at(at);
        char next = text.at(at + 1);
        if (Ascii.alphanumeric(next)) {
            return joins(c) || c == '\n' ? 1 : 0;
        }
        boolean spaced = c == ' ' && next == '-' && text.at(at + 2) == ' ' && Ascii.digit(text.at(at + 3));
        boolean wrapped = c == '-' && next == '\n' && Ascii.digit(text.at(at + 2));
        return spaced ? 3 : wrapped ? 2 : 0;
    }

    private static boolean joins(char c) {
        return c == ' ' || c == '-' || c == '.' || c == '/';
    }

    /** Digits go on with a value, and so do a few capitals; a word begins something else. */
    private static boolean belongs(Reading text, int from, int end, boolean iban) {
        boolean digit = false;
        boolean lower = false;
        for (int i = from; i < end; i++) {
            digit |= Ascii.digit(text.at(i));
            lower |= Ascii.letter(text.at(i)) && !Ascii.isUpper(text.at(i));
        }
        return digit || end - from == 1 || (end - from <= 4 && (!lower || iban));
    }

    Reading text() {
        return text;
    }

    int count() {
        return count;
    }

    char at(int index) {
        return chars[index];
    }

    int start() {
        return places[0];
    }

    /** Where in the text the value ends that is the first {@code length} characters. */
    int end(int length) {
        return places[length - 1] + 1;
    }

    boolean endsAt(int length) {
        return length >= 0 && length <= count && ends[length];
    }

    /** What is written behind the first {@code length} characters, before the next. */
    char gap(int length) {
        return text.at(end(length));
    }

    int digits(int from, int to) {
        int digits = 0;
        for (int i = from; i < to; i++) {
            digits += Ascii.digit(chars[i]) ? 1 : 0;
        }
        return digits;
    }

    boolean numeric(int from, int to) {
        return to <= count && digits(from, to) == to - from;
    }

    boolean letters(int from, int to) {
        return to <= count && digits(from, to) == 0;
    }

    /** The number that at most nine digits make. */
    int number(int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + chars[i] - '0';
        }
        return number;
    }

    /** Whether the first chunks have exactly these sizes. */
    boolean chunks(int... sizes) {
        int chunk = 0;
        int size = 0;
        for (int i = 1; i <= count && chunk < sizes.length; i++) {
            size++;
            if (ends[i]) {
                if (size != sizes[chunk++]) {
                    return false;
                }
                size = 0;
            }
        }
        return chunk == sizes.length;
    }

    /** What the words around it say; those behind it where the first chunk ends or later. */
    @Nullable
    Naming naming() {
        if (!named) {
            named = true;
            naming = Naming.around(text, places[0], end(count));
        }
        return naming;
    }

    String compact(int length) {
        return new String(chars, 0, length);
    }

    void found(FindingKind kind, int length, Evidence evidence, Candidates found) {
        found.add(kind, places[0], end(length), evidence);
    }
}
