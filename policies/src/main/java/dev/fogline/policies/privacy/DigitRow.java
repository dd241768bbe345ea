package dev.fogline.policies.privacy;

/** Digits and what people put between them: chunks of digits with gaps, in a row. */
final class DigitRow {
    /** Between two digits of one number, such as " - " or a line break. */
    private static final int MOST_BETWEEN = 3;
    /** How many neighbours are counted; no multiple of the chunks in a number, so more of them are a table. */
    private static final int MOST_AROUND = 13;

    /** Of {@link #gap} and of telephone numbers. */
    private static final Alphabet GAPS = Alphabet.of(" -.\n\r\t_()/");

    private DigitRow() {}

    /** How many digits can be read from one place on, over all that any detector reads over; at most so many. */
    static int count(Reading text, int at, int most) {
        int count = 1;
        int gap = 0;
        for (int i = at + 1; count < most && gap <= MOST_BETWEEN; i++) {
            char c = text.at(i);
            if (Ascii.digit(c)) {
                count++;
                gap = 0;
            } else if (GAPS.has(c)) {
                gap++;
            } else {
                return count;
            }
        }
        return count;
    }

    static int afterGap(Reading text, int from) {
        int i = from;
        while (i < from + MOST_BETWEEN && gap(text.at(i))) {
            i++;
        }
        return i;
    }

    static boolean breaks(Reading text, int from, int to) {
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

    /** How many chunks of exactly this size stand in the row before a place. */
    static int chunksBefore(Reading text, int from, int size, boolean acrossLines) {
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

    /** How many chunks of exactly this size stand in the row behind a place. */
    static int chunksBehind(Reading text, int from, int size, boolean acrossLines) {
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

    /**
     * Inside a row such as "1 2 3 4", "12-34-56" or "1 - 2 - 3" no number starts: it would have started where the row does. Without
     * this, each chunk of a long row would be read as the start of a number.
     */
    static boolean amidShortChunks(Reading text, int at) {
        if (text.matches(at - 3, " - ", false)) {
            int chunk = text.runStart(at - 3, Alphabet.DIGITS, 3);
            return text.matches(chunk - 3, " - ", false) && Ascii.digit(text.at(chunk - 4));
        }
        int size = Ascii.digit(text.at(at + 1)) ? 2 : 1;
        char gap = text.at(at - 1);
        return gap != 0
                && !Ascii.alphanumeric(gap)
                && text.at(at + size) == gap
                && Ascii.digit(text.at(at - 2))
                && (size == 1 || Ascii.digit(text.at(at - 3)))
                && !Ascii.digit(text.at(at - 2 - size));
    }
}
