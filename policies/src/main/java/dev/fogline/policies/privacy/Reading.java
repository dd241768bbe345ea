package dev.fogline.policies.privacy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text as detectors read it: full-width characters and odd spaces and dashes in their ASCII form, invisible characters
 * left out, and escapes such as {@code \\n} and {@code \\u4f60}, which JSON inside a string leaves behind, decoded: else
 * they would touch the number behind them. Positions translate back to the text given. One thread reads one Reading.
 */
class Reading {
    private char[] chars;
    /** Somebody else's characters: they are copied before they are changed. */
    private boolean borrowed;

    private int length;
    /** If all characters are, or nearly. */
    private @Nullable AsciiText ascii;

    private boolean folded;
    /** Where each character starts in the text given; absent while nothing was left out. */
    private int @Nullable [] starts;
    /** Where it ends there. */
    private int @Nullable [] ends;

    /** Detectors that meet at one place ask for the same words before it. */
    private int namedAt = -1;

    private @Nullable Naming naming;
    private int topicAt = -1;
    private @Nullable Topic topic;

    Reading(CharSequence text) {
        this(text.toString().toCharArray(), text.length(), false);
        fold(0);
    }

    private Reading(char[] chars, int length, boolean borrowed) {
        this.chars = chars;
        this.length = length;
        this.borrowed = borrowed;
    }

    /**
     * A text that is not folded yet: most need no folding, which the walk over it sees by the way.
     *
     * @param all is folded in place
     */
    static Reading unfolded(char[] all) {
        var text = new Reading(all, all.length, false);
        text.ascii = AsciiText.of(all, 0, all.length);
        return text;
    }

    /**
     * The same of a part of an array, which is left as it is; it must not change while this reads it.
     *
     * @param from 0 costs nothing
     * @param ascii the same text, if all of its characters are, or nearly
     */
    static Reading borrowing(char[] chars, int from, int length, @Nullable AsciiText ascii) {
        boolean whole = from == 0;
        char[] all = whole ? chars : Arrays.copyOfRange(chars, from, from + length);
        var text = new Reading(all, length, whole);
        text.ascii = ascii;
        return text;
    }

    /**
     * Folds the text if that has not been done.
     *
     * @param from nothing before it needs folding
     * @return whether there was anything to do
     */
    final boolean fold(int from) {
        if (folded) {
            return false;
        }
        folded = true;
        own();
        int visible = Folding.fold(chars, from);
        if (visible < length) {
            starts = new int[visible];
            ends = new int[visible];
            Folding.compact(chars, starts, ends);
            length = visible;
        }
        // An escape may stand for any character, and quotation marks and dashes beyond ASCII have become some of it.
        ascii = AsciiText.of(chars, 0, length);
        return true;
    }

    /**
     * Folds one character where another takes its place, and nothing is left out: so it is with the commas of Chinese, for which it
     * takes less than folding the whole text.
     *
     * @return whether it did; else nothing has changed
     */
    final boolean foldAlone(int at) {
        char folded = Folding.alone(chars[at]);
        if (folded == Folding.NOT_ALONE) {
            return false;
        }
        own();
        chars[at] = folded;
        return true;
    }

    private void own() {
        if (borrowed) {
            chars = Arrays.copyOf(chars, length);
            borrowed = false;
        }
    }

    /** All at once. */
    final boolean folded() {
        return folded;
    }

    int length() {
        return length;
    }

    /** The text, if all of its characters are ASCII, or nearly. */
    @Nullable
    AsciiText ascii() {
        return ascii;
    }

    /** The character at a position, and NUL before the start and behind the end, which no detector accepts. */
    char at(int i) {
        return Integer.compareUnsigned(i, length) < 0 ? chars[i] : 0;
    }

    /** The characters themselves, for the walk; only the first {@link #length()} count. */
    char[] chars() {
        return chars;
    }

    /** Offset in the text given at which the character at {@code i} starts. */
    int start(int i) {
        return starts == null ? i : starts[i];
    }

    /** Offset in the text given at which the character at {@code i} ends. */
    int end(int i) {
        return ends == null ? i + 1 : ends[i];
    }

    @Nullable
    Naming namingBefore(int start) {
        if (namedAt != start) {
            naming = Naming.search(this, start);
            namedAt = start;
        }
        return naming;
    }

    @Nullable
    Topic topicBefore(int start) {
        if (topicAt != start) {
            topic = Topic.search(this, start);
            topicAt = start;
        }
        return topic;
    }

    boolean matches(int from, String word, boolean ignoreCase) {
        for (int i = 0; i < word.length(); i++) {
            char c = at(from + i);
            if (c != word.charAt(i) && !(ignoreCase && Ascii.lower(c) == Ascii.lower(word.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    /** End of the run of an alphabet that starts at {@code from}; looks at no more than {@code most} characters. */
    int runEnd(int from, Alphabet alphabet, int most) {
        int end = from;
        while (end < from + most && alphabet.has(at(end))) {
            end++;
        }
        return end;
    }

    /** Start of the run of an alphabet that ends before {@code end}; looks at no more than {@code most} characters. */
    int runStart(int end, Alphabet alphabet, int most) {
        int start = end;
        while (start > end - most && alphabet.has(at(start - 1))) {
            start--;
        }
        return start;
    }

    /** The characters of a span that is known to be short. */
    String span(int from, int to) {
        return new String(chars, from, to - from);
    }
}
