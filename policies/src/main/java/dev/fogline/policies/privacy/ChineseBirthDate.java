package dev.fogline.policies.privacy;

import java.util.HashMap;
import java.util.List;

/** A date that words call somebody's birth: 1990年1月2日出生, 生日：1990-01-02, 出生年月 199001. */
record ChineseBirthDate() implements Detector {
    /** What may stand behind a year of four digits; others have a Chinese word behind them, which is not of ASCII. */
    static final Alphabet BEHIND = Alphabet.of("-/. ");

    private static final int BEFORE = 14;
    private static final WordEnds<Boolean> WORDS = words();

    private static WordEnds<Boolean> words() {
        var words = new HashMap<String, Boolean>();
        for (String word : List.of("出生日期", "出生年月", "出生年月日", "出生时间", "出生", "出生于", "生日", "生于", "诞辰", "生辰")) {
            words.put(word, true);
        }
        for (String word : List.of("日期", "时间", "有效期", "签发", "入职", "毕业", "注册", "下单", "入学", "结婚", "死亡", "去世", "逝世")) {
            words.put(word, false);
        }
        return new WordEnds<>(words, true);
    }

    /** @param end behind the date; -1 if there is none */
    private record Date(int end, boolean whole) {
        static final Date NONE = new Date(-1, false);
    }

    @Override
    public void at(Reading text, int at, Candidates found) {
        if (Ascii.alphanumeric(text.at(at - 1))) {
            return;
        }
        Date date = date(text, at);
        if (date.end < 0 || Ascii.digit(text.at(date.end))) {
            return;
        }
        if (born(text, date.end) || before(text, at)) {
            found.add(FindingKind.DATE_OF_BIRTH, at, date.end, 0.7);
        }
    }

    private static Date date(Reading text, int at) {
        int digits = text.runEnd(at, Alphabet.DIGITS, 9) - at;
        char sign = text.at(at + digits);
        return switch (digits) {
            case 4 ->
                year(text, at) && (sign == '年' || sign == '-' || sign == '/' || sign == '.' || sign == ' ')
                        ? rest(text, at + 5, sign)
                        : Date.NONE;
            case 2 -> sign == '年' ? rest(text, at + 3, sign) : sign == '月' ? day(text, at + 3) : Date.NONE;
            case 1 -> sign == '月' ? day(text, at + 2) : Date.NONE;
            case 8 -> year(text, at) && exists(text, at + 4, at + 6) ? new Date(at + 8, true) : Date.NONE;
            case 6 -> year(text, at) && month(text, at + 4, at + 6) > 0 ? new Date(at + 6, false) : Date.NONE;
            default -> Date.NONE;
        };
    }

    private static boolean year(Reading text, int at) {
        int year = number(text, at, at + 4);
        return year >= 1900 && year < 2050;
    }

    private static int number(Reading text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + text.at(i) - '0';
        }
        return value;
    }

    private static int month(Reading text, int from, int to) {
        int month = number(text, from, to);
        return month <= 12 ? month : 0;
    }

    private static boolean exists(Reading text, int month, int day) {
        int d = number(text, day, day + 2);
        return month(text, month, day) > 0 && d >= 1 && d <= 31;
    }

    /** Month and day behind the year and its sign. */
    private static Date rest(Reading text, int at, char sign) {
        int from = text.at(at) == ' ' ? at + 1 : at;
        int to = text.runEnd(from, Alphabet.DIGITS, 3);
        if (to == from || to - from > 2 || month(text, from, to) == 0) {
            return Date.NONE;
        }
        char next = text.at(to);
        if (next != '月' && next != sign) {
            return sign == '年' || Ascii.digit(next) ? Date.NONE : new Date(to, false);
        }
        int day = text.at(to + 1) == ' ' ? to + 2 : to + 1;
        int end = text.runEnd(day, Alphabet.DIGITS, 3);
        if (end == day) {
            return next == '月' ? new Date(to + 1, false) : Date.NONE;
        }
        return end - day > 2 || number(text, day, end) > 31 ? Date.NONE : new Date(suffix(text, end), true);
    }

    private static Date day(Reading text, int at) {
        int end = text.runEnd(at, Alphabet.DIGITS, 3);
        char sign = text.at(end);
        return end > at && end - at <= 2 && (sign == '日' || sign == '号') ? new Date(end + 1, false) : Date.NONE;
    }

    private static int suffix(Reading text, int end) {
        return text.at(end) == '日' || text.at(end) == '号' ? end + 1 : end;
    }

    /** "...生", "...出生", but not "...生效". */
    private static boolean born(Reading text, int end) {
        int i = text.at(end) == ' ' || text.at(end) == '(' ? end + 1 : end;
        i += text.at(i) == '出' ? 1 : 0;
        if (text.at(i) == '是') {
            for (int j = i + 1; j < i + 8; j++) {
                if (text.matches(j, "生日", false)) {
                    return true;
                }
            }
            return false;
        }
        char next = text.at(i + 1);
        return text.at(i) == '生' && (text.at(i - 1) == '出' || "效产活成命意态长".indexOf(next) < 0 || next == 0);
    }

    private static boolean before(Reading text, int at) {
        for (int i = at; i > at - BEFORE && i > 0; i--) {
            char c = text.at(i - 1);
            if (c == '。' || c == ';') {
                return false;
            }
            Boolean birth = WORDS.endingAt(text, i);
            if (birth != null) {
                return birth;
            }
        }
        return false;
    }
}
