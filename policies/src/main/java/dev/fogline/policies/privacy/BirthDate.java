package dev.fogline.policies.privacy;

import java.time.Month;
import java.util.HashMap;
import java.util.Locale;

/** A date that words before it call one of birth: in digits, or with the name of a month in English. */
record BirthDate() implements Detector {
    /** Letters are those of "14th". */
    static final Alphabet BEHIND = Alphabet.ALPHANUMERIC.and("-/. ,");

    private static final WordEnds<Boolean> MONTHS = months();

    /** Of months. */
    private static final Alphabet INITIALS = Alphabet.of("jfmasondJFMASOND");

    private static final int LONGEST_NAME = 9;

    @Override
    public void at(Reading text, int at, Candidates found) {
        if (Ascii.alphanumeric(text.at(at - 1)) || amid(text, at)) {
            return;
        }
        int start = monthBefore(text, at);
        int end = start < at ? behindMonth(text, at) : written(text, at);
        if (end > 0 && birth(text, start, end)) {
            found.add(FindingKind.DATE_OF_BIRTH, start, end, Evidence.CONTEXT);
        }
    }

    /** A word before it, or behind it as in "... is my birthday" and "... (date of birth)". */
    private static boolean birth(Reading text, int start, int end) {
        Naming before = Naming.before(text, start);
        boolean linked =
                text.matches(end, " is ", true) || text.matches(end, " (", false) || text.matches(end, " was ", true);
        return before == Naming.BIRTH || (before == null && linked && Naming.around(text, start, end) == Naming.BIRTH);
    }

    private static boolean amid(Reading text, int at) {
        char before = text.at(at - 1);
        return (before == '-' || before == '/' || before == '.') && Ascii.digit(text.at(at - 2));
    }

    /** Start of "March " or "Mar. " before a day; the day's place without one. */
    private static int monthBefore(Reading text, int at) {
        int end = at;
        while (end > at - 2 && (text.at(end - 1) == ' ' || text.at(end - 1) == '.')) {
            end--;
        }
        if (end == at || !month(text, end)) {
            return at;
        }
        int start = end;
        while (start > end - LONGEST_NAME && Ascii.letter(text.at(start - 1))) {
            start--;
        }
        return start;
    }

    private static WordEnds<Boolean> months() {
        var months = new HashMap<String, Boolean>();
        for (Month month : Month.values()) {
            String name = month.name().toLowerCase(Locale.ROOT);
            months.put(name, true);
            months.put(name.substring(0, 3), true);
        }
        months.put("sept", true);
        return new WordEnds<>(months, true);
    }

    private static boolean month(Reading text, int end) {
        return MONTHS.endingAt(text, end) != null;
    }

    /** "14, 1983", "14th 1983". */
    private static int behindMonth(Reading text, int at) {
        int day = text.runEnd(at, Alphabet.DIGITS, 3);
        int year = day + ordinal(text, day);
        while (year < day + 4 && (text.at(year) == ',' || text.at(year) == ' ')) {
            year++;
        }
        int end = text.runEnd(year, Alphabet.DIGITS, 5);
        return day - at <= 2 && year > day && end - year == 4 && !Ascii.alphanumeric(text.at(end)) ? end : -1;
    }

    private static int ordinal(Reading text, int at) {
        char last = Ascii.lower(text.at(at + 1));
        boolean is = switch (Ascii.lower(text.at(at))) {
            case 't' -> last == 'h';
            case 's' -> last == 't';
            case 'n', 'r' -> last == 'd';
            default -> false;
        };
        return is ? 2 : 0;
    }

    /** "1983-05-14", "14.5.83", "14 May 1983", "19830514". */
    private static int written(Reading text, int at) {
        int first = text.runEnd(at, Alphabet.DIGITS, 9);
        if (first - at == 8) {
            return Ascii.alphanumeric(text.at(first)) ? -1 : first;
        }
        if (first - at > 4 || first - at == 3) {
            return -1;
        }
        char sign = text.at(first);
        int middle = first + 1;
        if (sign == '-' || sign == '/' || sign == '.') {
            int second = text.runEnd(middle, Alphabet.DIGITS, 3);
            if (second > middle && second - middle <= 2 && text.at(second) == sign) {
                int third = text.runEnd(second + 1, Alphabet.DIGITS, 5);
                int size = third - second - 1;
                boolean fits = first - at == 4 ? size == 1 || size == 2 : size == 4 || size == 2;
                return fits && !Ascii.alphanumeric(text.at(third)) ? third : -1;
            }
        }
        return first - at <= 2 ? dayFirst(text, first) : -1;
    }

    private static int dayFirst(Reading text, int behindDay) {
        int i = behindDay + ordinal(text, behindDay);
        while (i < behindDay + 7 && (text.at(i) == ' ' || text.at(i) == '-' || text.matches(i, "of ", true))) {
            i += text.at(i) == 'o' ? 3 : 1;
        }
        if (!INITIALS.has(text.at(i))) {
            return -1;
        }
        int month = i;
        while (month < i + LONGEST_NAME && Ascii.letter(text.at(month))) {
            month++;
        }
        if (!month(text, month)) {
            return -1;
        }
        int year = month;
        while (year < month + 3
                && (text.at(year) == ' ' || text.at(year) == ',' || text.at(year) == '.' || text.at(year) == '-')) {
            year++;
        }
        int end = text.runEnd(year, Alphabet.DIGITS, 5);
        return end - year == 4 && !Ascii.alphanumeric(text.at(end)) ? end : -1;
    }
}
