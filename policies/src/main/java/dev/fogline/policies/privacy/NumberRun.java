package dev.fogline.policies.privacy;

import org.jspecify.annotations.Nullable;

/**
 * The digits from one place on, read over the spaces, dots, dashes and line breaks that people put between them. A
 * <em>chunk</em> is a stretch without any; a number ends where a chunk ends.
 */
final class NumberRun {
    /** The longest number that any detector asks for is 19 digits, with {@code 0086} before a mobile 15. */
    static final int MOST = 20;

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
            int next = DigitRow.afterGap(text, i);
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
            if (DigitRow.breaks(text, i, next)) {
                firstBreak = Math.min(firstBreak, count);
            }
            i = next;
        }
        ends[count] = !Ascii.digit(text.at(i));
    }

    private static boolean checkLetter(Reading text, int at) {
        return Ascii.lower(text.at(at)) == 'x' && !Ascii.digit(text.at(at + 1));
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
        return DigitRow.chunksBefore(text, places[0], size, acrossLines) % shape.chunks() == 0
                && (length % size != 0
                        || DigitRow.chunksBehind(text, end(length), size, acrossLines) % shape.chunks() == 0);
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
}
