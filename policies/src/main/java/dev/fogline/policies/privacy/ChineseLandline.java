package dev.fogline.policies.privacy;

import org.jspecify.annotations.Nullable;

/**
 * A fixed telephone of mainland China: an area code of the national plan and 7 or 8 digits that start with 2 to 8. Hotlines
 * (400, 800, 95xxx) belong to nobody and have no area code.
 */
record ChineseLandline() implements Detector {
    private static final int MOST_GAP = 3;
    private static final int MOST_EXTENSION = 5;
    /** Three-digit area codes without the leading zero, from and to. */
    private static final int[] AREAS = {
        310, 319, 335, 335, 349, 359, 370, 379, 391, 398, 410, 419, 421, 429, 431, 439, 451, 459, 464, 464, 467, 479,
                482,
        483, 510, 527, 530, 539, 543, 543, 546, 546, 550, 566, 570, 580, 591, 599, 631, 635, 660, 663, 668, 668, 691,
                692,
        701, 701, 710, 719, 722, 722, 724, 724, 728, 739, 743, 746, 750, 779, 790, 799, 812, 818, 825, 827, 830, 839,
                851,
        859, 870, 888, 891, 899, 901, 919, 930, 943, 951, 955, 970, 979, 990, 999
    };

    @Override
    public void at(Reading text, int at, Candidates found) {
        char before = text.at(at - 1);
        boolean amid = Ascii.alphanumeric(before)
                || ((before == '-' || before == '.' || before == ' ') && Ascii.digit(text.at(at - 2)));
        if (amid) {
            return;
        }
        int country = country(text, at);
        int area = country > at ? country : text.at(at) == '0' ? at + 1 : -1;
        if (area < 0) {
            return;
        }
        area += country > at && text.at(area) == '0' ? 1 : 0;
        int local = areaEnd(text, area);
        if (local > 0) {
            number(text, before == '+' ? at - 1 : at, country > at, area, local, found);
        }
    }

    private void number(Reading text, int from, boolean international, int area, int areaEnd, Candidates found) {
        int local = gap(text, areaEnd);
        int end = localEnd(text, local, areaEnd - area == 3);
        if (end < 0) {
            return;
        }
        boolean open = text.at(from - 1) == '(' && local > areaEnd && text.at(areaEnd) == ')';
        Topic topic = Topic.before(text, from);
        if (topic == Topic.THING || (local == areaEnd && !international && !alone(topic, areaEnd - area))) {
            return;
        }
        double confidence = topic == Topic.PHONE ? 0.95 : international ? 0.9 : 0.6;
        found.add(FindingKind.PHONE, open ? from - 1 : from, extension(text, end), confidence);
    }

    /** Written in one piece it could be any number. */
    private static boolean alone(@Nullable Topic topic, int areaDigits) {
        return topic == Topic.PHONE || (topic == null && areaDigits == 2);
    }

    /** Behind "86" or "0086" and what may follow it; where it started if there is none. */
    private static int country(Reading text, int at) {
        int code = text.matches(at, "0086", false) ? 4 : text.matches(at, "86", false) ? 2 : 0;
        return code == 0
                ? at
                : gap(text, at + code) == at + code && code == 2 && text.at(at - 1) != '+' ? at : gap(text, at + code);
    }

    private static int gap(Reading text, int from) {
        int i = from;
        while (i < from + MOST_GAP
                && (text.at(i) == '-' || text.at(i) == ' ' || text.at(i) == ')' || text.at(i) == '(')) {
            i++;
        }
        return i;
    }

    /** Behind the area code that starts here, its zero left out; -1 if there is no such code. */
    private static int areaEnd(Reading text, int from) {
        int first = text.at(from) - '0';
        int second = text.at(from + 1) - '0';
        int third = text.at(from + 2) - '0';
        if (first < 1 || first > 9 || second < 0 || second > 9) {
            return -1;
        }
        if (first == 1) {
            return second == 0 ? from + 2 : -1;
        }
        if (first == 2) {
            return second == 6 ? -1 : from + 2;
        }
        if (third < 0 || third > 9) {
            return -1;
        }
        int code = first * 100 + second * 10 + third;
        for (int i = 0; i < AREAS.length; i += 2) {
            if (code >= AREAS[i] && code <= AREAS[i + 1]) {
                return from + 3;
            }
        }
        return -1;
    }

    /** Behind 7 or 8 digits with one gap at most; -1 if there are more or fewer, or they start with 0, 1 or 9. */
    private static int localEnd(Reading text, int from, boolean seven) {
        if (text.at(from) < '2' || text.at(from) > '8') {
            return -1;
        }
        int digits = 0;
        int gaps = 0;
        int i = from;
        while (digits < 9) {
            if (Ascii.digit(text.at(i))) {
                digits++;
                i++;
            } else if (gaps == 0
                    && digits >= 3
                    && digits <= 4
                    && (text.at(i) == ' ' || text.at(i) == '-')
                    && Ascii.digit(text.at(i + 1))) {
                gaps++;
                i++;
            } else {
                break;
            }
        }
        boolean whole = digits == 8 || (digits == 7 && seven);
        return whole && !Ascii.letter(text.at(i)) ? i : -1;
    }

    /** "-8001" and "转8001". */
    private static int extension(Reading text, int end) {
        char sign = text.at(end);
        int from = sign == '-' || sign == '转' ? end + 1 : sign == ' ' && text.at(end + 1) == '转' ? end + 2 : end;
        int to = text.runEnd(from, Alphabet.DIGITS, MOST_EXTENSION + 1);
        return from > end && to > from && to - from <= MOST_EXTENSION ? to : end;
    }
}
