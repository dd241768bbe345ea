package dev.fogline.policies.privacy;

import java.util.Arrays;

/** Brings characters into the form that detectors know, in place and one to one, and takes out what no one sees. */
final class Folding {
    /** Marks what is left out. A noncharacter: where a text holds it nevertheless, it is invisible too. */
    private static final char INVISIBLE = '\uFFFF';
    /** Marks what belongs to the escape before it. */
    private static final char ESCAPED = '\uFFFE';

    /** What {@link #alone} says of what takes part in a change of several characters. */
    static final char NOT_ALONE = INVISIBLE;

    /** What most Chinese text is: nothing of it is folded. */
    private static final char HAN_FIRST = '\u3000';

    private static final char HAN_LAST = '\u9FFF';
    private static final int UNICODE_ESCAPE = 6;

    private Folding() {}

    /** Whether a character that is not ASCII is replaced or taken out. */
    static boolean folds(char c) {
        return folded(c) != c || c == INVISIBLE;
    }

    /** The character that takes the place of another, wherever it stands. */
    static char alone(char c) {
        return c == '\\' ? NOT_ALONE : folded(c);
    }

    /**
     * Folds in place and returns how many characters are visible; the others are marked.
     *
     * @param from nothing before it needs folding
     */
    static int fold(char[] chars, int from) {
        int invisible = 0;
        for (int i = from; i < chars.length; i++) {
            char c = chars[i];
            if (c > HAN_FIRST && c <= HAN_LAST) {
                continue;
            }
            if (c >= 0x80) {
                chars[i] = folded(c);
                invisible += chars[i] == INVISIBLE ? 1 : 0;
            } else if (c == '\\') {
                int more = unescape(chars, i);
                Arrays.fill(chars, i + 1, i + 1 + more, ESCAPED);
                invisible += more + (chars[i] == INVISIBLE ? 1 : 0);
                i += more;
            }
        }
        return chars.length - invisible;
    }

    /** Puts the character that an escape stands for in its place, and returns how many characters more it takes. */
    private static int unescape(char[] chars, int at) {
        char kind = at + 1 < chars.length ? chars[at + 1] : 0;
        if (kind == 'n' || kind == 'r' || kind == 't') {
            chars[at] = kind == 't' ? '\t' : '\n';
            return 1;
        }
        if (kind != 'u' || at + UNICODE_ESCAPE > chars.length) {
            return 0;
        }
        int code = 0;
        for (int i = at + 2; i < at + UNICODE_ESCAPE; i++) {
            int digit = chars[i] < 0x80 ? Character.digit(chars[i], 16) : -1;
            if (digit < 0) {
                return 0;
            }
            code = code << 4 | digit;
        }
        chars[at] = folded((char) code);
        return UNICODE_ESCAPE - 1;
    }

    /** Moves the visible characters to the front and notes where each one starts and ends in the text given. */
    static void compact(char[] chars, int[] starts, int[] ends) {
        int to = 0;
        for (int i = 0; i < chars.length; i++) {
            char c = chars[i];
            if (c == ESCAPED && to > 0 && i > 0 && ends[to - 1] == i) {
                ends[to - 1] = i + 1;
            } else if (c != INVISIBLE && c != ESCAPED) {
                starts[to] = i;
                ends[to] = i + 1;
                chars[to++] = c;
            }
        }
    }

    private static char folded(char c) {
        if (c >= '\u2E80' && c < '\uFE00') {
            return c == '\u3000' ? ' ' : c;
        }
        if (c >= '\uFF01' && c <= '\uFF5E') {
            return (char) (c - 0xFEE0);
        }
        if (c < '\u2000') {
            return switch (c) {
                case '\u00A0', '\u1680', '\u0085' -> ' ';
                case '\u00AD', '\u034F', '\u061C', '\u180E' -> INVISIBLE;
                case '\u00B7' -> '.';
                default -> c;
            };
        }
        if (c <= '\u200A' || c == '\u202F' || c == '\u205F') {
            return ' ';
        }
        if (c <= '\u200F' || (c >= '\u202A' && c <= '\u202E') || (c >= '\u2060' && c <= '\u206F')) {
            return INVISIBLE;
        }
        if (c <= '\u2015' || c == '\u2212') {
            return '-';
        }
        return switch (c) {
            case '\u2028', '\u2029' -> '\n';
            case '\u2022', '\u2027' -> '.';
            case '\u2018', '\u2019' -> '\'';
            case '\u201C', '\u201D' -> '"';
            case '\u2169', '\u2179' -> 'X';
            case '\uFEFF', '\uFFFE', '\uFFFF' -> INVISIBLE;
            default -> c >= '\uFE00' && c <= '\uFE0F' ? INVISIBLE : c;
        };
    }
}
