package dev.fogline.policies.privacy;

/** Which three characters some words begin with, in any case: few other words of a text begin so, or are taken for one. */
final class WordStarts {
    /** Of a character; it tells letters from each other, and a sign from most letters. */
    private static final int BITS = 5;

    private static final int MASK = (1 << BITS) - 1;

    /** It may stand for any character, or for none, as long as a text is not folded; so may all that is not ASCII. */
    private static final char ESCAPE = '\\';

    private final long[] bits = new long[(1 << 3 * BITS) / Long.SIZE];

    WordStarts() {
        for (int one = 0; one <= MASK; one++) {
            for (int other = 0; other <= MASK; other++) {
                add(first(one, ESCAPE, other));
                add(first(one, other, ESCAPE));
            }
        }
    }

    /** Three characters of ASCII as one number. */
    static int first(int one, int two, int three) {
        return one & MASK | (two & MASK) << BITS | (three & MASK) << 2 * BITS;
    }

    /** What stands at a place and behind it as such a number. */
    static int first(Reading text, int at) {
        return first(ascii(text.at(at)), ascii(text.at(at + 1)), ascii(text.at(at + 2)));
    }

    private static char ascii(char c) {
        return c < 0x80 ? c : ESCAPE;
    }

    /** @param prefix two ASCII characters at least; behind two alone, any third one may follow */
    void add(String prefix) {
        if (prefix.length() > 2) {
            add(first(prefix.charAt(0), prefix.charAt(1), prefix.charAt(2)));
        } else {
            for (int third = 0; third <= MASK; third++) {
                add(first(prefix.charAt(0), prefix.charAt(1), third));
            }
        }
    }

    private void add(int first) {
        bits[first >>> 6] |= 1L << first;
    }

    boolean has(int first) {
        return (bits[first >>> 6] >>> first & 1) != 0;
    }
}
