package dev.fogline.policies.privacy;

import dev.fogline.policies.privacy.NumberDetectors.NumberDetector;
import org.jspecify.annotations.Nullable;

/** Mobile number of mainland China: 11 digits that start with 13 to 19, with or without the country's 86. */
record ChineseMobile() implements NumberDetector {
    private static final int DIGITS = 11;
    /** A country code is at most "(0086) -" before the number. */
    private static final int COUNTRY = 9;

    @Override
    public void at(NumberRun run, Candidates found) {
        int code = run.startsWith("0086") ? 4 : run.startsWith("86") ? 2 : 0;
        if (code > 0 && !run.endsAt(code) && mobile(run, code)) {
            report(run, code, run.start(0), found);
        } else if (mobile(run, 0)) {
            report(run, 0, countryBefore(run), found);
        }
    }

    private static boolean mobile(NumberRun run, int from) {
        int length = from + DIGITS;
        return run.endsAt(length) && run.digit(length - 1) < 10 && run.digit(from) == 1 && run.digit(from + 1) >= 3;
    }

    private static void report(NumberRun run, int from, int start, Candidates found) {
        Reading text = run.text();
        int length = from + DIGITS;
        int end = run.end(length);
        boolean plus = text.at(start - 1) == '+';
        // "+1 415 ..." is of North America, or the country was left out: a telephone either way.
        boolean chinese = start < run.start(from);
        boolean international = plus || chinese;
        Topic topic = run.topic(length);
        if ((topic == Topic.THING && !international)
                || quantity(text, end)
                || run.fraction(length)
                || !bounded(text, start, end, topic)
                || !written(run, from, length, topic)) {
            return;
        }
        Evidence evidence = Evidence.of(topic == Topic.PHONE || international, false);
        double confidence = topic == Topic.PHONE ? 0.95 : international ? 0.9 : 0.6;
        FindingKind kind = plus && !chinese ? FindingKind.PHONE : FindingKind.CN_MOBILE;
        found.add(kind, plus ? start - 1 : start, end, confidence, evidence);
    }

    /** Start of "86", "0086" or "(86)" right before the number, the plus sign not counted, or else of the number. */
    private static int countryBefore(NumberRun run) {
        Reading text = run.text();
        int start = run.start(0);
        int i = start;
        while (i > start - COUNTRY && (text.at(i - 1) == ' ' || text.at(i - 1) == '-' || text.at(i - 1) == ')')) {
            i--;
        }
        if (i == start || text.at(i - 1) != '6' || text.at(i - 2) != '8') {
            return start;
        }
        i -= text.at(i - 3) == '0' && text.at(i - 4) == '0' ? 4 : 2;
        return Ascii.alphanumeric(text.at(i - 1)) ? start : i;
    }

    private static boolean bounded(Reading text, int start, int end, @Nullable Topic topic) {
        char before = text.at(start - 1);
        boolean word = Ascii.letter(before) && topic != Topic.PHONE;
        return !word && !Ascii.alphanumeric(text.at(end)) && before != '$' && before != '\u00A5' && before != '\u20AC';
    }

    /** "13812345678 bytes": a count of something has its unit behind it. */
    private static boolean quantity(Reading text, int end) {
        int i = text.at(end) == ' ' ? end + 1 : end;
        for (String unit : UNITS) {
            if (text.matches(i, unit, true) && (unit.charAt(0) >= 128 || !Ascii.letter(text.at(i + unit.length())))) {
                return true;
            }
        }
        return false;
    }

    private static final String[] UNITS = {
        "字节", "比特", "元", "美元", "万", "亿", "毫秒", "微秒", "纳秒", "秒", "次", "人次", "公里", "千米", "米", "%", "byte", "bytes", "kb",
        "mb", "gb", "bits", "ms", "us", "ns", "seconds", "dollars", "usd", "rmb", "cny", "km", "mod", "rows"
    };

    private static boolean written(NumberRun run, int from, int length, @Nullable Topic topic) {
        var shape = run.shape(from, length);
        return shape.chunks() == 1
                || shape.is(3, 4, 4)
                || shape.is(3, 8)
                || shape.is(7, 4)
                || (shape.chunks() <= 4 && (topic == Topic.PHONE || from > 0))
                || run.wrapped(length)
                || (from == 0 && shape.chunks() == DIGITS && run.apart(length));
    }
}
