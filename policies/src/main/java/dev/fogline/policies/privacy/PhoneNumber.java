package dev.fogline.policies.privacy;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import org.jspecify.annotations.Nullable;

/**
 * Telephone number: international with a plus sign, of North America by its form, any other where a word names it. What the
 * form suggests libphonenumber confirms; it is never made to search.
 */
record PhoneNumber() implements Detector {
    private static final int LEAST = 7;
    private static final int MOST = 15;
    private static final int LONGEST = 32;
    private static final int MOST_EXTENSION = 6;

    /** Built on first use, since it loads its tables. */
    private static final class Library {
        private static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();
    }

    @Override
    public void at(Reading text, int at, Candidates found) {
        int start = start(text, at);
        if (start < 0 || DigitRow.amidShortChunks(text, at)) {
            return;
        }
        var number = new StringBuilder();
        int end = read(text, at, number);
        if (number.length() < LEAST || number.length() > MOST || !bounded(text, start, end)) {
            return;
        }
        Evidence evidence = evidence(text, start, end, number.toString());
        if (evidence != null) {
            found.add(FindingKind.PHONE, start, extension(text, end), evidence);
        }
    }

    /** With the bracket and the plus sign; -1 amid digits, which are read from their start. */
    private static int start(Reading text, int at) {
        int start = at;
        if (text.at(start - 1) == '(') {
            start--;
        }
        if (text.at(start - 1) == '+') {
            start--;
        }
        char before = text.at(start - 1);
        boolean amid = gap(before) && before != ' ' && Ascii.digit(text.at(start - 2));
        return amid || (before == ' ' && start == at && partOfPhone(text, start - 1)) ? -1 : start;
    }

    /** "+41 44 ..." and "(415) 555-..." and "0490 75 40 81" are read from their start. */
    private static boolean partOfPhone(Reading text, int space) {
        char before = text.at(space - 1);
        return before == ')' || Ascii.digit(before);
    }

    /** Appends the digits, and returns where the last one ends. */
    private static int read(Reading text, int at, StringBuilder number) {
        int end = at;
        int i = at;
        while (i < at + LONGEST && number.length() <= MOST) {
            char c = text.at(i);
            if (Ascii.digit(c)) {
                // "+44 (0)20 ...": the zero is dialled at home only.
                boolean home = text.at(i - 1) == '(' && c == '0' && text.at(i + 1) == ')' && i > at;
                if (!home) {
                    number.append(c);
                }
                end = ++i;
            } else if (gap(c) && !(gap(text.at(i + 1)) && gap(text.at(i + 2)) && gap(text.at(i + 3)))) {
                i++;
            } else {
                break;
            }
        }
        return end;
    }

    private static boolean gap(char c) {
        return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/';
    }

    private static boolean bounded(Reading text, int start, int end) {
        char before = text.at(start - 1);
        char behind = text.at(end);
        return !Ascii.alphanumeric(before)
                && before != '$'
                && before != '#'
                && (!Ascii.alphanumeric(behind) || Ascii.lower(behind) == 'x')
                && behind != '%'
                && !((behind == ',' || behind == ':') && Ascii.digit(text.at(end + 1)));
    }

    private static @Nullable Evidence evidence(Reading text, int start, int end, String number) {
        boolean international = text.at(start) == '+' || text.at(start + 1) == '+';
        boolean american = !international && american(text, start, end, number);
        boolean otherwise = !international && !american && otherwise(text, start, end);
        if (otherwise) {
            return null;
        }
        Naming naming = Naming.around(text, start, end);
        boolean named = naming == Naming.PHONE;
        if (international) {
            boolean valid = valid("+" + number, "ZZ");
            return valid || named ? Evidence.of(named, valid) : null;
        }
        if (american && (naming == null || named)) {
            boolean valid = valid(number, "US") && (named || !hotline(number));
            return valid || named ? Evidence.of(named, valid) : null;
        }
        return named ? Evidence.CONTEXT : null;
    }

    /** Three, three and four digits with the same sign between, or the first three in brackets; a one may come first. */
    private static boolean american(Reading text, int start, int end, String number) {
        int digits = number.length();
        if (digits != 10 && !(digits == 11 && number.charAt(0) == '1')) {
            return false;
        }
        int four = end - 4;
        char gap = text.at(four - 1);
        if ((gap != '-' && gap != '.' && gap != ' ') || Ascii.digit(text.at(four - 5)) || end - start < 12) {
            return false;
        }
        boolean brackets = text.at(four - 5) == ')' || text.at(four - 6) == ')';
        return brackets
                || (gap != ' ' && text.at(four - 5) == gap && text.runStart(four - 5, Alphabet.DIGITS, 4) == four - 8);
    }

    /** A date, a fraction or an address of the internet, for all that a word beside it says. */
    private static boolean otherwise(Reading text, int start, int end) {
        int dots = 0;
        int slashes = 0;
        int others = 0;
        for (int i = start; i < end; i++) {
            char c = text.at(i);
            dots += c == '.' ? 1 : 0;
            slashes += c == '/' ? 1 : 0;
            others += c == ' ' || c == '-' || c == '(' ? 1 : 0;
        }
        boolean date = text.at(start + 4) == '-' && text.at(start + 7) == '-';
        return date || slashes > 1 || (others == 0 && (dots == 1 || (dots == 3 && address(text, start))));
    }

    private static boolean address(Reading text, int start) {
        int end = text.runEnd(start, Alphabet.DIGITS, 3);
        return end - start <= 3 && text.at(end) == '.' && text.runEnd(end + 1, Alphabet.DIGITS, 4) - end <= 4;
    }

    /** 800, 888 and the like are free to call and nobody's own; 400 is a hotline in China. */
    private static boolean hotline(String number) {
        int area = number.length() - 10;
        char first = number.charAt(area);
        char second = number.charAt(area + 1);
        return second == number.charAt(area + 2) && (first == '8' || second == '0');
    }

    private static boolean valid(String number, String region) {
        try {
            return Library.UTIL.isValidNumber(Library.UTIL.parse(number, region));
        } catch (NumberParseException e) {
            return false;
        }
    }

    /** "x4587", "ext. 12", "#3". */
    private static int extension(Reading text, int end) {
        int i = text.at(end) == ' ' ? end + 1 : end;
        int digits = i;
        if (text.matches(i, "ext", true)) {
            digits = i + 3;
            while (text.at(digits) == '.' || text.at(digits) == ' ') {
                digits++;
            }
        } else if (Ascii.lower(text.at(i)) == 'x') {
            digits = i + 1;
        }
        int last = digits > i ? text.runEnd(digits, Alphabet.DIGITS, MOST_EXTENSION) : digits;
        return last > digits ? last : end;
    }
}
