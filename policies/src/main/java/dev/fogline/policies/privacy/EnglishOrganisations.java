package dev.fogline.policies.privacy;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Organisations in texts of Latin letters that say what they are: words with capitals before a legal form, before or behind
 * a word for an institution, or behind words such as "I work at". The work is linear in the text.
 */
final class EnglishOrganisations implements TextDetector {
    private enum Form {
        /** "Ltd": any name before it is one of a company. */
        LEGAL,
        /** "Bank", "Hospital": written with a capital it is one. */
        INSTITUTION
    }

    private static final double LEGAL = 0.7;
    private static final double INSTITUTION = 0.5;
    private static final int MOST_WORDS = 8;
    private static final int LONGEST_WORD = 30;
    private static final int CHECK_EVERY = 1024;
    private static final String CONNECTING = " of and & for the de la du des y - – ";

    private static final String FUNCTION =
            " the a an this that these those our your my his her their its what which whose every each some any no many at in on from for with by "
                    + "and or of to as is was i we he she they if when where how please dear hi hello ";

    private static final Set<String> LEGAL_FORMS = Set.of(
            ("inc incorporated llc ltd limited corp corporation gmbh plc llp pty bv nv ag s.a. sa srl sarl spa kk oy ab aps as co")
                    .split(" ", -1));

    private static final Set<String> INSTITUTIONS = Set.of(
            ("group holdings bank hospital clinic university college institute academy foundation associates partners technologies "
                            + "industries enterprises ventures airlines airways pharmaceuticals polytechnic ministry")
                    .split(" ", -1));

    private static final WordEnds<Form> FORMS = forms();

    private static WordEnds<Form> forms() {
        Map<String, Form> forms = new HashMap<>();
        LEGAL_FORMS.forEach(word -> forms.put(word, Form.LEGAL));
        INSTITUTIONS.forEach(word -> forms.put(word, Form.INSTITUTION));
        return new WordEnds<>(forms, true);
    }

    static Set<String> words(boolean legal) {
        return legal ? LEGAL_FORMS : INSTITUTIONS;
    }

    @Override
    public void read(Reading text, Candidates found, TimeLimit limit) {
        int checked = 0;
        int behind = 0;
        for (int i = 0; i < text.length(); i++) {
            if (i - checked >= CHECK_EVERY) {
                limit.check();
                checked = i;
            }
            if (!Capitals.capital(text.at(i)) || !Capitals.wordStart(text, i)) {
                continue;
            }
            int end = wordEnd(text, i);
            Form form = form(text, i, end);
            if (form != null) {
                behind = named(text, i, end, form, behind, found);
            } else if (NameCue.before(text, i) == NameCue.Cue.WORK) {
                behind = employer(text, i, found);
            }
            i = Math.max(end, behind) - 1;
        }
    }

    /** With the full stop of "Ltd." and with the second form of "Co., Ltd." */
    private static int legalEnd(Reading text, int at, int end) {
        int stop = text.at(end) == '.' && end - at < 5 ? end + 1 : end;
        int next = text.at(stop) == ',' ? stop + 1 : stop;
        next += text.at(next) == ' ' ? 1 : 0;
        int nextEnd = wordEnd(text, next);
        return next > stop && nextEnd - next < 5 && form(text, next, nextEnd) == Form.LEGAL
                ? legalEnd(text, next, nextEnd)
                : stop;
    }

    private static @Nullable Form form(Reading text, int at, int end) {
        Form form = FORMS.endingAt(text, end);
        boolean word = end - at == 2 && !Ascii.isUpper(text.at(at + 1)) && !text.matches(at, "Co", false);
        return word ? null : form;
    }

    /** Adds what a form names, and returns where to go on. */
    private static int named(Reading text, int at, int end, Form form, int least, Candidates found) {
        int start = start(text, at, least);
        if (start < at) {
            boolean legal = form == Form.LEGAL;
            int stop = legal ? legalEnd(text, at, end) : end;
            found.add(FindingKind.ORGANISATION, start, stop, legal ? LEGAL : INSTITUTION);
            return stop;
        }
        if (form == Form.INSTITUTION && text.matches(end, " of ", false)) {
            int to = runEnd(text, end + 4);
            if (to > end + 4) {
                found.add(FindingKind.ORGANISATION, at, to, INSTITUTION);
                return to;
            }
        }
        return end;
    }

    private static int employer(Reading text, int at, Candidates found) {
        int end = runEnd(text, at);
        String first = text.span(at, wordEnd(text, at)).toLowerCase(Locale.ROOT);
        if (end > at && !NameLists.ALL.never().contains(first)) {
            found.add(FindingKind.ORGANISATION, at, end, INSTITUTION);
        }
        return end;
    }

    /** Start of the words with capitals before a position; the position itself where none is. */
    private static int start(Reading text, int at, int least) {
        int start = at;
        int reach = at;
        boolean capitals = Ascii.isUpper(text.at(at + 1));
        for (int words = 0; words < MOST_WORDS; words++) {
            int end = reach;
            while (end > reach - 2 && (text.at(end - 1) == ' ' || (text.at(end - 1) == ',' && reach == at))) {
                end--;
            }
            if (end == reach) {
                break;
            }
            int begin = end;
            while (begin > end - LONGEST_WORD && begin > least && inside(text, begin - 1)) {
                begin--;
            }
            if (begin == end) {
                break;
            }
            char c = text.at(begin);
            if (!capitals && heading(text, begin, end)) {
                break;
            }
            if (Capitals.capital(c) || (Ascii.digit(c) && !number(text, begin, end))) {
                String word = text.span(begin, end).toLowerCase(Locale.ROOT);
                if (function(word)) {
                    break;
                }
                start = begin;
            } else if (!CONNECTING.contains(" " + text.span(begin, end) + " ")) {
                break;
            }
            reach = begin;
        }
        return start;
    }

    /** A long word in capitals only, before a name that is none. */
    private static boolean heading(Reading text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Capitals.capital(text.at(i))) {
                return false;
            }
        }
        return to - from > 5;
    }

    private static boolean number(Reading text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Ascii.digit(text.at(i))) {
                return false;
            }
        }
        return true;
    }

    /** Words that begin a sentence and not a name. */
    private static boolean function(String word) {
        return FUNCTION.contains(" " + word + " ");
    }

    private static boolean inside(Reading text, int at) {
        char c = text.at(at);
        return Capitals.letter(c)
                || Ascii.digit(c)
                || c == '&'
                || c == '\''
                || c == '-'
                || c == '.' && Capitals.letter(text.at(at + 1));
    }

    private static int wordEnd(Reading text, int at) {
        int end = at;
        while (end < at + LONGEST_WORD && inside(text, end)) {
            end++;
        }
        return end;
    }

    /** End of the words with capitals that begin at a position. */
    private static int runEnd(Reading text, int at) {
        int end = at;
        for (int next = at, words = 0; words < MOST_WORDS && Capitals.capital(text.at(next)); words++) {
            end = wordEnd(text, next);
            next = text.at(end) == ' ' ? end + 1 : end;
            if (text.matches(next, "& ", false) || text.matches(next, "of ", false)) {
                next = next + (text.at(next) == '&' ? 2 : 3);
            }
        }
        return end;
    }
}
