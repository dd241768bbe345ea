package dev.fogline.policies.privacy;

import dev.fogline.policies.privacy.StreetWords.Sure;
import java.util.HashMap;

/**
 * An address in Latin letters, met at its number: "1420 Maple Avenue, Springfield, IL 62704", "12 rue de la Paix",
 * "Hauptstraße 5, 10115 Berlin", "PO Box 1234". A number and a street are pattern; what follows (a flat, a city with its
 * code) and words such as "lives at" add up with it where the street's word is one of prose too.
 */
record StreetAddress() implements Detector {
    private static final int MOST_WORDS = 4;
    /** Of these, where not all have capitals. */
    private static final int MOST_SMALL = 3;

    private static final int MOST_WORD = 20;
    private static final int MOST_NUMBER = 5;
    private static final int CONTEXT = 24;
    private static final WordEnds<Boolean> WORDS = context();

    private static WordEnds<Boolean> context() {
        var words = new HashMap<String, Boolean>();
        for (String word :
                ("address addresses live_at lives_at lived_at living_at live_in reside_at resides_at residing_at residence"
                                + " home located_at ship_to shipped_to deliver_to delivered_to mail_to send_to sent_to moved_to return_to"
                                + " come_to meet_at meet_you_at billing shipping adresse anschrift wohnhaft dirección direccion indirizzo"
                                + " endereço domicile street_address location it's_in")
                        .split(" ", -1)) {
            words.put(word, true);
        }
        return new WordEnds<>(words, true);
    }

    @Override
    public void at(Reading text, int at, Candidates found) {
        char before = text.at(at - 1);
        int digits = text.runEnd(at, Alphabet.DIGITS, MOST_NUMBER + 1);
        if (digits - at > MOST_NUMBER
                || letter(before)
                || before == '$'
                || before == '#'
                || ((before == '.' || before == ',' || before == '-') && Ascii.digit(text.at(at - 2)))) {
            return;
        }
        int number = digits + (Ascii.letter(text.at(digits)) && !letter(text.at(digits + 1)) ? 1 : 0);
        if (letter(text.at(number)) || Ascii.digit(text.at(number))) {
            return;
        }
        if (text.at(number) == ' ' && letter(text.at(number + 1))) {
            numberFirst(text, at, number, found);
        }
        if (before == ' ' && (text.at(at - 2) == '.' || letter(text.at(at - 2)))) {
            numberLast(text, at, number, found);
        }
    }

    /** "1420 Maple Avenue", "12 rue de la Paix". */
    private static void numberFirst(Reading text, int at, int number, Candidates found) {
        int i = number;
        boolean capitals = true;
        boolean french = false;
        for (int words = 0; words <= MOST_WORDS && text.at(i) == ' '; words++) {
            int start = i + 1;
            int end = wordEnd(text, start);
            if (end == start) {
                return;
            }
            boolean capital = capital(text.at(start));
            if (words == MOST_SMALL && !capitals && !french) {
                return;
            }
            french |= words == 0 && !capital && StreetWords.before(text, end);
            capitals &= capital;
            Sure sure = words > 0 ? StreetWords.behind(text, end) : null;
            boolean numbered = text.at(end) == ' ' && Ascii.digit(text.at(end + 1));
            sure = sure == null && !numbered ? StreetWords.ending(text, end) : sure;
            if (sure != null && !kindFollows(text, end)) {
                int behind = end + (text.at(end) == '.' && end - start <= 4 ? 1 : 0);
                boolean alone = capitals && sure == Sure.ALONE && !year(text, at, number);
                if (add(text, at, behind, alone, found)) {
                    return;
                }
            } else if (french && capital && end - start > 3) {
                add(text, at, end, true, found);
                return;
            }
            i = end;
        }
    }

    /** "224 Forrest Hill Road" */
    private static boolean kindFollows(Reading text, int end) {
        return text.at(end) == ' ' && StreetWords.behind(text, wordEnd(text, end + 1)) != null;
    }

    /** "Hauptstraße 5", "Via Roma 131", "PO Box 12". */
    private static void numberLast(Reading text, int at, int number, Candidates found) {
        int end = at - 1;
        Sure sure = StreetWords.ending(text, end);
        int start = wordStart(text, end);
        if (sure != null) {
            boolean capital = capital(text.at(start));
            if (start < end - 4 && (capital || named(text, start))) {
                add(text, start, number, capital && sure == Sure.ALONE, found);
            }
            return;
        }
        if (end - start == 3 && text.matches(start, "box", true)) {
            int office = postOffice(text, start);
            if (office >= 0) {
                add(text, office, number, true, found);
            }
            return;
        }
        if (!capital(text.at(start))) {
            return;
        }
        for (int words = 1; words < MOST_WORDS && text.at(start - 1) == ' '; words++) {
            int behind = start - 1;
            start = wordStart(text, behind);
            if (start == behind) {
                return;
            }
            if (StreetWords.before(text, behind)) {
                add(text, start, number, capital(text.at(start)), found);
                return;
            }
        }
    }

    /** Start of "PO", "P.O." or "Post Office" before "Box"; -1 without one. */
    private static int postOffice(Reading text, int box) {
        for (String name : new String[] {"po ", "p.o. ", "p. o. ", "p.o.", "post office "}) {
            int start = box - name.length();
            if (text.matches(start, name, true) && !letter(text.at(start - 1))) {
                return start;
            }
        }
        return -1;
    }

    /** @param plain whether what was read is an address without anything more */
    private static boolean add(Reading text, int from, int street, boolean plain, Candidates found) {
        int start = flatBefore(text, from);
        int end = AddressTail.end(text, street);
        boolean more = AddressTail.tells(text, street, end);
        boolean named = named(text, start);
        if (plain || more || named) {
            found.add(
                    FindingKind.ADDRESS,
                    start,
                    end,
                    more && named ? 0.95 : more || named ? 0.8 : 0.6,
                    Evidence.of(named, false));
            return true;
        }
        return false;
    }

    /** Of a flat: "5/12 Main Street". */
    private static int flatBefore(Reading text, int start) {
        char gap = text.at(start - 1);
        int number = text.runStart(start - 1, Alphabet.DIGITS, MOST_NUMBER + 1);
        boolean whole =
                number < start - 1 && start - 1 - number <= MOST_NUMBER && !Ascii.alphanumeric(text.at(number - 1));
        return gap == '/' && whole ? number : start;
    }

    private static boolean named(Reading text, int start) {
        for (int i = start; i > start - CONTEXT && i > 0; i--) {
            if (Boolean.TRUE.equals(WORDS.endingAt(text, i))) {
                return true;
            }
        }
        return false;
    }

    /** "In 1929 Wall Street ..." */
    private static boolean year(Reading text, int at, int end) {
        return end - at == 4 && (text.matches(at, "19", false) || text.matches(at, "20", false));
    }

    private static int wordEnd(Reading text, int from) {
        int end = from;
        while (end < from + MOST_WORD && inWord(text.at(end), end - from)) {
            end++;
        }
        return end + (text.at(end) == '.' && text.matches(end - 3, "str", true) ? 1 : 0);
    }

    /** Also the digits of "5th" and "42nd". */
    private static boolean inWord(char c, int place) {
        return letter(c) || c == '\'' || (Ascii.digit(c) && place < 3);
    }

    private static int wordStart(Reading text, int end) {
        int start = end;
        while (start > end - MOST_WORD && (letter(text.at(start - 1)) || (start == end && text.at(start - 1) == '.'))) {
            start--;
        }
        return start;
    }

    /** A letter of an alphabet, not a Chinese character. */
    static boolean letter(char c) {
        return c < 0x80 ? Ascii.letter(c) : c < 0x2000 && Character.isLetter(c);
    }

    static boolean capital(char c) {
        return c < 0x80 ? Ascii.isUpper(c) || Ascii.digit(c) : c < 0x2000 && Character.isUpperCase(c);
    }
}
