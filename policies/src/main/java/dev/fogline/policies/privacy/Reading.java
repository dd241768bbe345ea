package dev.fogline.policies.privacy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text as detectors read it: full-width characters and odd spaces and dashes in their ASCII form, invisible characters
 * left out, and escapes such as {@code \\n} and {@code \\u4f60}, which JSON inside a string leaves behind, decoded: else
 * they would touch the number behind them. Positions translate back to the text given. One thread reads one Reading.
 */
class Reading {
    private final char[] chars;
    private final int length;
    /** Where each character starts in the text given; absent while nothing was left out. */
    private final int @Nullable [] starts;
    /** Where it ends there. */
    private final int @Nullable [] ends;

    Reading(CharSequence text) {
        var all = text.toString().toCharArray();
        int visible = fold(all);
        boolean whole = visible == all.length;
        this.starts = whole ? null : new int[visible];
        this.ends = whole ? null : new int[visible];
        if (starts != null && ends != null) {
            compact(all, starts, ends);
        }
        this.chars = all;
        this.length = visible;
    }

    int length() {
        return length;
    }

    /** The character at a position, and NUL before the start and behind the end, which no detector accepts. */
    char at(int i) {
        return i >= 0 && i < length ? chars[i] : 0;
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

    /** Folds in place, one character to one, and returns how many characters are visible. */
    private static int fold(char[] chars) {
        int invisible = 0;
        for (int i = 0; i < chars.length; i++) {
            char c = chars[i];
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

    private static void compact(char[] chars, int[] starts, int[] ends) {
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

    /** Marks what is left out. A noncharacter: where a text holds it nevertheless, it is invisible too. */
    private static final char INVISIBLE = '\uFFFF';
    /** Marks what belongs to the escape before it. */
    private static final char ESCAPED = '\uFFFE';

    private static final int UNICODE_ESCAPE = 6;

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
