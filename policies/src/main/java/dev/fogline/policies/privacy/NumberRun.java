package dev.fogline.policies.privacy;

import org.jspecify.annotations.Nullable;

/**
 * The digits from one place on, read over the spaces, dots, dashes and line breaks that people put between them. A
 * <em>chunk</em> is a stretch without any; a number ends where a chunk ends.
 */
final class NumberRun {
    /** The longest number that any detector asks for is 19 digits, with {@code 0086} before a mobile 15. */
    static final int MOST = 20;
    /** Between two digits of one number, such as " - " or a line break. */
    private static final int MOST_BETWEEN = 3;
    /** How many neighbours are counted; no multiple of the chunks in a number, so more of them are a table. */
    private static final int MOST_AROUND = 13;

    private final Reading text;
    private final byte[] digits = new byte[MOST];
    private final int[] places = new int[MOST];
    private final boolean[] ends = new boolean[MOST + 1];
    private int count;
    private boolean topicRead;
    private @Nullable Topic topicBefore;
    private int firstBreak = MOST + 1;

    NumberRun(Reading text, int at) {
        this.text = text;
        int i = at;
        while (count < MOST) {
            digits[count] = (byte) (text.at(i) - '0');
            places[count++] = i++;
            if (Ascii.digit(text.at(i))) {
                continue;
            }
            ends[count] = true;
            int next = afterGap(text, i);
            if (count == ChineseId.DIGITS - 1 && checkLetter(text, next)) {
                ends[count] = next > i;
                digits[count] = 10;
                places[count++] = next;
                ends[count] = true;
                return;
            }
            if (!Ascii.digit(text.at(next))) {
                return;
            }
            if (breaks(text, i, next)) {
                firstBreak = Math.min(firstBreak, count);
            }
            i = next;
        }
        ends[count] = !Ascii.digit(text.at(i));
    }

    /** Whether so many digits can be read from one place on; settles most numbers of ordinary text. */
    static boolean has(int digits, Reading text, int at) {
        int i = at;
        for (int count = 1; count < digits; count++) {
            i++;
            if (!Ascii.digit(text.at(i))) {
                i = afterGap(text, i);
                if (!Ascii.digit(text.at(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean checkLetter(Reading text, int at) {
        return Ascii.lower(text.at(at)) == 'x' && !Ascii.digit(text.at(at + 1));
    }

    private static int afterGap(Reading text, int from) {
        int i = from;
        while (i < from + MOST_BETWEEN && gap(text.at(i))) {
            i++;
        }
        return i;
    }

    private static boolean breaks(Reading text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.at(i) == '\n' || text.at(i) == '\r') {
                return true;
            }
        }
        return false;
    }

    private static boolean gap(char c) {
        return c == ' ' || c == '-' || c == '.' || c == '\n' || c == '\r' || c == '\t' || c == '_';
    }

    /** What the words say that the number of this length is: the nearest one before it, or else the first behind it. */
    @Nullable
    Topic topic(int length) {
        if (!topicRead) {
            topicRead = true;
            topicBefore = Topic.before(text, places[0]);
        }
        return topicBefore != null ? topicBefore : Topic.behind(text, end(length));
    }

    Reading text() {
        return text;
    }

    int count() {
        return count;
    }

    int digit(int index) {
        return digits[index];
    }

    int start(int index) {
        return places[index];
    }

    /** The end in the text of the number that is the first {@code length} digits. */
    int end(int length) {
        return places[length - 1] + 1;
    }

    /** Whether a number of so many digits ends where a chunk ends. */
    boolean endsAt(int length) {
        return length <= count && ends[length];
    }

    boolean startsWith(String prefix) {
        for (int i = 0; i < prefix.length(); i++) {
            if (i >= count || digits[i] != prefix.charAt(i) - '0') {
                return false;
            }
        }
        return true;
    }

    /** The value of {@code length} digits from {@code index} on; at most 9 of them. */
    int value(int index, int length) {
        int value = 0;
        for (int i = index; i < index + length; i++) {
            value = value * 10 + digits[i];
        }
        return value;
    }

    /** Sizes of the chunks of the digits from {@code from} to {@code to}, such as {@code 3-4-4}. */
    Shape shape(int from, int to) {
        int chunks = 0;
        int size = 0;
        long sizes = 0;
        boolean even = true;
        int first = 0;
        for (int i = from; i < to; i++) {
            size++;
            if (ends[i + 1] || i + 1 == to) {
                chunks++;
                first = chunks == 1 ? size : first;
                even &= size == first || (i + 1 == to && size < first);
                sizes = chunks <= 6 ? sizes * 32 + size : -1;
                size = 0;
            }
        }
        return new Shape(sizes, chunks, even);
    }

    /** Whether the only thing between the first {@code length} digits is one line break. */
    boolean wrapped(int length) {
        return firstBreak < length && shape(0, length).chunks() == 2;
    }

    /**
     * Whether the number is no cut-out of a table: the chunks of the same size around it, if any, make up numbers of as
     * many chunks. A line break parts it from others, unless there is one within.
     */
    boolean apart(int length) {
        var shape = shape(0, length);
        int size = 1;
        while (!ends[size]) {
            size++;
        }
        boolean acrossLines = firstBreak < length;
        return chunksBefore(places[0], size, acrossLines) % shape.chunks() == 0
                && (length % size != 0 || chunksBehind(end(length), size, acrossLines) % shape.chunks() == 0);
    }

    private int chunksBefore(int from, int size, boolean acrossLines) {
        int start = from;
        for (int chunks = 0; chunks < MOST_AROUND; chunks++) {
            int end = start;
            while (end > start - MOST_BETWEEN && between(text.at(end - 1), acrossLines)) {
                end--;
            }
            int next = text.runStart(end, Alphabet.DIGITS, size + 1);
            if (end == start || end - next != size) {
                return chunks;
            }
            start = next;
        }
        return MOST_AROUND;
    }

    private int chunksBehind(int from, int size, boolean acrossLines) {
        int end = from;
        for (int chunks = 0; chunks < MOST_AROUND; chunks++) {
            int start = end;
            while (start < end + MOST_BETWEEN && between(text.at(start), acrossLines)) {
                start++;
            }
            int next = text.runEnd(start, Alphabet.DIGITS, size + 1);
            if (start == end || next - start != size) {
                return chunks;
            }
            end = next;
        }
        return MOST_AROUND;
    }

    private static boolean between(char c, boolean acrossLines) {
        return gap(c) && (acrossLines || (c != '\n' && c != '\r'));
    }

    /** Whether the digits are the decimals of a fraction, or have decimals. */
    boolean fraction(int length) {
        int start = places[0];
        int end = end(length);
        return (text.at(start - 1) == '.' && Ascii.digit(text.at(start - 2)))
                || (text.at(end) == '.' && Ascii.digit(text.at(end + 1)));
    }

    /** Whether neither a letter nor a digit touches the number. */
    boolean bounded(int length) {
        return !Ascii.alphanumeric(text.at(places[0] - 1)) && !Ascii.alphanumeric(text.at(end(length)));
    }

    /**
     * How a number is broken into chunks.
     *
     * @param sizes 32 to the power of the position times the size; -1 beyond six chunks
     * @param even all chunks are of one size, but for a shorter last one
     */
    record Shape(long sizes, int chunks, boolean even) {
        boolean is(int... expected) {
            long sizes = 0;
            for (int size : expected) {
                sizes = sizes * 32 + size;
            }
            return sizes == this.sizes;
        }
    }
}
