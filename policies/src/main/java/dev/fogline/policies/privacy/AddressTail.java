package dev.fogline.policies.privacy;

/** What follows a street: a direction, a flat, the city, the state and the code of the post. */
final class AddressTail {
    private static final int MOST_CITY = 24;
    private static final int MOST_CODE = 10;

    private AddressTail() {}

    /** Behind all of it that follows a street that ends here. */
    static int end(Reading text, int street) {
        int end = street;
        int direction = word(text, gap(text, end));
        if (direction > 0 && StreetWords.direction(text, direction)) {
            end = direction;
        }
        for (int units = 0; units < 2; units++) {
            end = unit(text, end);
        }
        return city(text, end);
    }

    /** Whether that is more than a name: there is a number in it. */
    static boolean tells(Reading text, int street, int end) {
        for (int i = street; i < end; i++) {
            if (Ascii.digit(text.at(i))) {
                return true;
            }
        }
        return false;
    }

    /** Behind a comma, a line break and spaces. */
    private static int gap(Reading text, int from) {
        int i = from;
        while (i < from + 4 && (text.at(i) == ' ' || text.at(i) == ',' || text.at(i) == '\n' || text.at(i) == '\r')) {
            i++;
        }
        return i;
    }

    /** End of the word that starts here; -1 without one. */
    private static int word(Reading text, int from) {
        int end = from;
        while (end < from + MOST_CITY && (StreetAddress.letter(text.at(end)) || text.at(end) == '\'')) {
            end++;
        }
        return end == from ? -1 : end;
    }

    /** "Apt. 4B", "Suite 3300", "#12". */
    private static int unit(Reading text, int from) {
        int start = gap(text, from);
        int end = text.at(start) == '#' ? start + 1 : word(text, start);
        if (end < 0 || (text.at(start) != '#' && !StreetWords.unit(text, end))) {
            return from;
        }
        while (text.at(end) == '.' || text.at(end) == ' ' || text.at(end) == '#') {
            end++;
        }
        int number = text.runEnd(end, Alphabet.ALPHANUMERIC, 6);
        return number > end && number - end <= 5 && Strength.digits(text, end, number) > 0 ? number : from;
    }

    /** ", Springfield, IL 62704", ", London NW1 6XE", ", 10115 Berlin"; a city alone is no part of an address's secret. */
    private static int city(Reading text, int from) {
        int start = gap(text, from);
        int code = code(text, start);
        if (code > 0) {
            int name = name(text, gap(text, code));
            return name > 0 ? name : code;
        }
        int name = start > from ? name(text, start) : -1;
        if (name < 0) {
            return from;
        }
        int state = word(text, gap(text, name));
        int letters = state - gap(text, name);
        boolean abbreviated = (letters == 2 || letters == 3) && StreetAddress.capital(text.at(state - 1));
        int behind = code(text, gap(text, abbreviated ? state : name));
        if (behind > 0) {
            return behind;
        }
        return abbreviated ? state : from;
    }

    /** Up to three words with capitals. */
    private static int name(Reading text, int from) {
        int end = -1;
        int i = from;
        for (int words = 0; words < 3; words++) {
            int word = word(text, i);
            boolean code = word - i == 2 && Ascii.isUpper(text.at(i)) && Ascii.isUpper(text.at(i + 1));
            if (word < 0 || !StreetAddress.capital(text.at(i)) || (code && words > 0)) {
                return end;
            }
            end = word;
            if (text.at(word) != ' ' && text.at(word) != '-') {
                return end;
            }
            i = word + 1;
        }
        return end;
    }

    /** Of four or five digits, or nine, or as in Britain and Canada; -1 without one. */
    private static int code(Reading text, int from) {
        int digits = text.runEnd(from, Alphabet.DIGITS, 6);
        if (digits - from == 5 || digits - from == 4) {
            int more = text.at(digits) == '-' ? text.runEnd(digits + 1, Alphabet.DIGITS, 5) : digits;
            boolean whole = more - digits == 5 || more == digits;
            return whole && !Ascii.alphanumeric(text.at(more)) ? more : -1;
        }
        int first = text.runEnd(from, Alphabet.UPPER, 5);
        int second = text.at(first) == ' ' ? text.runEnd(first + 1, Alphabet.UPPER, 4) : first;
        boolean britain = Ascii.letter(text.at(from))
                && first - from >= 2
                && first - from <= 4
                && Strength.digits(text, from, first) > 0
                && second - first == 4
                && Ascii.digit(text.at(first + 1));
        boolean canada = britain
                || (first - from == 3
                        && second - first == 4
                        && Ascii.digit(text.at(from + 1))
                        && Ascii.digit(text.at(first + 1)));
        return (britain || canada) && second - from <= MOST_CODE && !Ascii.alphanumeric(text.at(second)) ? second : -1;
    }
}
