package dev.fogline.policies.privacy;

/**
 * A registration plate of mainland China, GA 36: a province, a letter, then five letters or digits, or six for new energy; the
 * dot between is also written as a dash or a space, or left out.
 */
record ChinesePlate() implements Detector {
    static final String PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

    /** Endings of words that stand before Latin letters: 最新A..., 阿里云B.... */
    private static final String WORDS = "云新黑苏吉青川宁贵";

    private static final String BEFORE = "的车牌号码是为把辆将叫挂开在和与了";
    private static final String LAST = "学挂警港澳领使试超";
    private static final int CONTEXT = 14;

    @Override
    public void at(Reading text, int at, Candidates found) {
        int area = text.at(at + 1) == '.' || text.at(at + 1) == ' ' ? at + 2 : at + 1;
        char letter = Ascii.upper(text.at(area));
        if (letter < 'A' || letter > 'Z' || letter == 'I') {
            return;
        }
        int from = area + 1;
        char sign = text.at(from);
        if (sign == '.' || sign == '-' || sign == ' ' || sign == '\u30FB') {
            from++;
            from += text.at(from) == ' ' && sign != ' ' ? 1 : 0;
        }
        int end = text.runEnd(from, Alphabet.ALPHANUMERIC, 7);
        int length = end - from;
        int digits = Strength.digits(text, from, end);
        if (length == 4 && digits >= 1 && LAST.indexOf(text.at(end)) >= 0 && text.at(end) != 0) {
            end++;
        } else if (!(length == 5 && digits >= 1) && !(length == 6 && newEnergy(text, from, end))) {
            return;
        }
        boolean named = named(text, at, end);
        boolean apart = text.at(at + 1) == ' ';
        if (named || (digits >= 2 && !apart && plain(text, at, end, length == 6))) {
            found.add(FindingKind.PLATE, at, end, named ? 0.95 : 0.6);
        }
    }

    /** Small vehicles have D or F first and four digits last, large ones five digits and the letter last; A to K are in use. */
    private static boolean newEnergy(Reading text, int from, int end) {
        boolean small = energy(text.at(from)) && Strength.digits(text, from + 2, end) == 4;
        return small || (energy(text.at(end - 1)) && Strength.digits(text, from, end) == 5);
    }

    private static boolean energy(char c) {
        char letter = Ascii.upper(c);
        return letter >= 'A' && letter <= 'K' && letter != 'I';
    }

    private static boolean named(Reading text, int at, int end) {
        for (int i = at - 1; i >= at - CONTEXT; i--) {
            if (text.at(i) == '车' || text.at(i) == '牌') {
                return true;
            }
        }
        for (int i = end; i < end + CONTEXT; i++) {
            if (text.at(i) == '车' || text.at(i) == '牌') {
                return true;
            }
        }
        return text.matches(at - 8, "plate", true) || text.matches(at - 10, "plate", true);
    }

    /** In capitals, with I and O left out, and where no word ends with the province's character. */
    private static boolean plain(Reading text, int at, int end, boolean energy) {
        for (int i = at + 1; i < end; i++) {
            char c = text.at(i);
            if (c >= 'a' && c <= 'z') {
                return false;
            }
        }
        char before = text.at(at - 1);
        return !Han.is(before) || (WORDS.indexOf(text.at(at)) < 0 && (energy || BEFORE.indexOf(before) >= 0));
    }
}
