package dev.fogline.policies.privacy;

import org.jspecify.annotations.Nullable;

/**
 * A text as detectors read it: full-width characters and odd spaces and dashes in their ASCII form, invisible characters
 * left out. Positions in it translate back to the text given. One thread reads one Reading.
 */
class Reading {
    private final char[] chars;
    private final int length;
    /** Where each character stood in the text given; absent while nothing was left out. */
    private final int @Nullable [] places;

    Reading(CharSequence text) {
        var all = text.toString().toCharArray();
        int visible = fold(all);
        this.places = visible < all.length ? compact(all, visible) : null;
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

    /** Offset in the text given of the character at {@code i}. */
    int place(int i) {
        return places == null ? i : places[i];
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
                char folded = folded(c);
                chars[i] = folded;
                if (folded == INVISIBLE) {
                    invisible++;
                }
            }
        }
        return chars.length - invisible;
    }

    private static int[] compact(char[] chars, int visible) {
        var places = new int[visible];
        int to = 0;
        for (int i = 0; i < chars.length; i++) {
            if (chars[i] != INVISIBLE) {
                places[to] = i;
                chars[to++] = chars[i];
            }
        }
        return places;
    }

    /** Marks what is left out. A noncharacter: where a text holds it nevertheless, it is invisible too. */
    private static final char INVISIBLE = '\uFFFF';

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
            case '\uFEFF', '\uFFFF' -> INVISIBLE;
            default -> c >= '\uFE00' && c <= '\uFE0F' ? INVISIBLE : c;
        };
    }
}
