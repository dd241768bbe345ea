package dev.fogline.gateway.api;

import dev.fogline.gateway.api.SseEvent.Slice;
import java.util.Arrays;

/**
 * Most chunks of an answer differ from the one before in nothing but their text. Two that say only text show what stays the
 * same; a further one is known by comparing, which costs far less than finding where it ends and what it says. One for each
 * answer.
 */
final class SameChunk {
    /** Where two texts of a chunk change at a time, nothing is gained: after so many looks in a row it is left at that. */
    private static final int MOST_LOOKS = 8;

    private static final byte[] NOTHING = {};

    private byte[] last = NOTHING;
    private byte[] beforeText = NOTHING;
    private byte[] behindText = NOTHING;
    /** Where the data begins, counted from the event's start, and ends, counted from its end. */
    private int dataStart;

    private int dataEnd;
    private boolean mayHoldOpener;
    private int looks;

    /**
     * Where the event ends that begins at {@code from}; -1 unless all of it is there and nothing but its text is new.
     *
     * @param to where the bytes end
     */
    int end(byte[] bytes, int from, int to) {
        int text = from + beforeText.length;
        if (beforeText.length == 0
                || text > to
                || !Arrays.equals(bytes, from, text, beforeText, 0, beforeText.length)) {
            return -1;
        }
        int behind = endOfText(bytes, text, to);
        int end = behind + behindText.length;
        return behind >= 0 && end <= to && Arrays.equals(bytes, behind, end, behindText, 0, behindText.length)
                ? end
                : -1;
    }

    /** An event of which that is known. */
    SseEvent event(byte[] bytes, int from, int end) {
        // What stays the same changes now and then all the same: some engines put the second into it.
        looks = 0;
        return new SseEvent(bytes, from, end, new Slice(bytes, from + dataStart, end - dataEnd));
    }

    /** Whether a placeholder may begin in an event of which that is known, which is so where it may in the new text. */
    boolean mayHoldOpener(SseEvent event) {
        // With two bytes from behind the text, as what is looked for does not stand at an end.
        return mayHoldOpener
                || OpenerSearch.mayHold(
                        event.bytes(), event.start() + beforeText.length, event.end() - behindText.length + 2);
    }

    /** Takes an event that says only text and was not known by comparing. */
    void learn(SseEvent event) {
        if (looks == MOST_LOOKS || !event.oneLine()) {
            return;
        }
        looks++;
        byte[] now = Arrays.copyOfRange(event.bytes(), event.start(), event.end());
        int difference = Arrays.mismatch(last, now);
        last = now;
        int from = startOfText(now, difference);
        int behind = from < 0 ? -1 : endOfText(now, from, now.length);
        if (behind > 0) {
            beforeText = Arrays.copyOf(now, from);
            behindText = Arrays.copyOfRange(now, behind, now.length);
            mayHoldOpener = OpenerSearch.mayHold(now, 0, from) || OpenerSearch.mayHold(now, behind, now.length);
            dataStart = event.data().start() - event.start();
            dataEnd = event.end() - event.data().end();
        }
    }

    /** Where the string value begins, behind its quote, in which a place lies or at whose end; -1 if there is none. */
    private static int startOfText(byte[] bytes, int place) {
        for (int i = 0; i < place; i++) {
            if (bytes[i] == '"') {
                int end = endOfText(bytes, i + 1, bytes.length);
                if (end >= place) {
                    return isValue(bytes, i) ? i + 1 : -1;
                }
                if (end < 0) {
                    return -1;
                }
                i = end;
            }
        }
        return -1;
    }

    private static boolean isValue(byte[] bytes, int quote) {
        int before = quote - 1;
        while (before > 0 && bytes[before] == ' ') {
            before--;
        }
        return before > 0 && bytes[before] == ':';
    }

    /** Where the quote stands that closes a string; -1 if there is none, or something that no string may hold. */
    private static int endOfText(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte one = bytes[i];
            if (one == '"') {
                return i;
            }
            if (one == '\\') {
                i++;
            }
            // Bytes of other scripts are negative.
            if (i < to && bytes[i] >= 0 && bytes[i] < ' ') {
                return -1;
            }
        }
        return -1;
    }
}
