package dev.fogline.policies.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words that begin with a capital letter and stand side by side, as names of people and organisations do. */
final class Capitals {
    /** Particles of surnames, which are written small. */
    private static final String PARTICLES =
            " van von de der den del della da di dos du la le bin ibn al el ten ter y zu ";

    /** Behind these a word is part of something else. */
    private static final String INSIDE = "_@/\\#$&";

    private static final int LONGEST_WORD = 24;
    private static final int MOST_WORDS = 8;

    /**
     * A word.
     *
     * @param lower in lower case
     * @param initial whether it is one letter, as in "J." and "J"
     */
    record Word(int start, int end, String lower, boolean initial) {}

    private Capitals() {}

    static boolean letter(char c) {
        return Ascii.letter(c)
                || (c >= '\u00C0' && c < '\u0250' && c != '\u00D7' && c != '\u00F7')
                || (c >= '\u1E00' && c < '\u1F00');
    }

    static boolean capital(char c) {
        return Ascii.isUpper(c) || (c >= '\u00C0' && letter(c) && Character.isUpperCase(c));
    }

    /** Whether a word begins there that may be a name: no part of an identifier, a path, an address or a tag. */
    static boolean wordStart(Reading text, int at) {
        char before = text.at(at - 1);
        if (before == '.' && NameCue.titleBefore(text, at - 1)) {
            return true;
        }
        if (before == '\'' || before == '-' || before == '.') {
            char further = text.at(at - 2);
            return !letter(further) && !Ascii.digit(further);
        }
        return !letter(before) && !Ascii.digit(before) && INSIDE.indexOf(before) < 0;
    }

    /** The words from a capital on that only spaces separate; the last one's end is the end of the run. */
    static List<Word> from(Reading text, int start) {
        var words = new ArrayList<Word>();
        int at = start;
        while (words.size() < MOST_WORDS) {
            int end = wordEnd(text, at);
            if (end < 0) {
                break;
            }
            words.add(word(text, at, end));
            int next = end;
            while (next < end + 2 && text.at(next) == ' ') {
                next++;
            }
            if (next == end) {
                break;
            }
            int particle = particleEnd(text, next);
            if (particle > 0 && particleEnd(text, particle) > 0) {
                particle = particleEnd(text, particle);
            }
            if (particle > 0 && capital(text.at(particle))) {
                int last = wordEnd(text, particle);
                if (last > 0 && words.size() < MOST_WORDS) {
                    words.add(word(text, next, last));
                    end = last;
                    next = end + (text.at(end) == ' ' ? 1 : 0);
                }
            }
            if (next == end || !capital(text.at(next))) {
                break;
            }
            at = next;
        }
        return words;
    }

    private static Word word(Reading text, int start, int end) {
        int letters = text.at(end - 1) == '.' ? end - 1 : end;
        return new Word(start, end, text.span(start, letters).toLowerCase(Locale.ROOT), letters - start == 1);
    }

    /** Behind "van der " and the like; -1 where no particle stands. */
    private static int particleEnd(Reading text, int at) {
        int end = at;
        while (end < at + 6 && text.at(end) >= 'a' && text.at(end) <= 'z') {
            end++;
        }
        return end > at && text.at(end) == ' ' && PARTICLES.contains(" " + text.span(at, end) + " ") ? end + 1 : -1;
    }

    /** End of a word written like a name, with the full stop of an initial; -1 where none stands: THIS, iPhone, McD0. */
    private static int wordEnd(Reading text, int start) {
        if (!capital(text.at(start))) {
            return -1;
        }
        int end = start + 1;
        int small = 0;
        while (end < start + LONGEST_WORD && (letter(text.at(end)) || joins(text, end))) {
            small += letter(text.at(end)) && !capital(text.at(end)) ? 1 : 0;
            end++;
        }
        char after = text.at(end);
        if (letter(after) || Ascii.digit(after) || after == '_' || after == '@') {
            return -1;
        }
        if (end == start + 1) {
            return after == '.' ? end + 1 : end;
        }
        return small > 0 ? possessive(text, start, end) : -1;
    }

    private static boolean joins(Reading text, int at) {
        char c = text.at(at);
        return (c == '\'' && letter(text.at(at + 1))) || (c == '-' && letter(text.at(at + 1)));
    }

    /** Without the 's of "Anna's". */
    private static int possessive(Reading text, int start, int end) {
        return end - start > 3 && text.at(end - 1) == 's' && text.at(end - 2) == '\'' ? end - 2 : end;
    }
}
