package dev.fogline.policies.privacy;

/** Addresses in hexadecimal with colons, met at their first colon: IPv6, and those of network cards (MAC) with dashes too. */
record HexAddress() implements Detector {
    /** What may stand behind the first digit of an address in which no letter stands before it. */
    static final Alphabet BEHIND = Alphabet.of("-.abcdefABCDEF");

    private static final Alphabet HEX = Alphabet.HEX.and("ABCDEF");
    private static final int GROUPS = 8;
    private static final int PAIRS = 6;

    @Override
    public void at(Reading text, int at, Candidates found) {
        int start = text.runStart(at, HEX, 5);
        char before = text.at(start - 1);
        if (at - start > 4 || Ascii.alphanumeric(before) || before == ':' || before == '-' || before == '.') {
            return;
        }
        if (at - start == 2 && (text.at(at) == ':' || text.at(at) == '-') && mac(text, start, text.at(at))) {
            found.add(FindingKind.MAC, start, start + 3 * PAIRS - 1, Evidence.PATTERN);
        } else if (text.at(at) == ':') {
            int end = version6(text, start);
            if (end > 0) {
                found.add(FindingKind.IP, start, end, Evidence.PATTERN);
            }
        }
    }

    /** The same for an address with dashes, or as 0123.4567.89ab, met at a digit: these signs are too common to be an anchor. */
    void atDigit(Reading text, int at, Candidates found) {
        dotted(text, at, found);
        int start = HEX.has(text.at(at - 1)) ? at - 1 : at;
        if (text.at(start + 2) != '-' && text.at(start - 1) != '-') {
            return;
        }
        for (int pairs = 1; pairs < PAIRS; pairs++) {
            if (text.at(start - 1) == '-' && HEX.has(text.at(start - 2)) && HEX.has(text.at(start - 3))) {
                start -= 3;
            }
        }
        if (text.at(start + 2) == '-') {
            at(text, start + 2, found);
        }
    }

    private static void dotted(Reading text, int at, Candidates found) {
        if (text.at(at + 1) != '.' && text.at(at + 2) != '.' && text.at(at + 3) != '.' && text.at(at + 4) != '.') {
            return;
        }
        int start = text.runStart(at, HEX, 4);
        int dot = start + 4;
        boolean thirds = text.at(dot) == '.'
                && text.at(dot + 5) == '.'
                && text.runEnd(start, HEX, 5) == dot
                && text.runEnd(dot + 1, HEX, 5) == dot + 5
                && text.runEnd(dot + 6, HEX, 5) == dot + 10;
        char before = text.at(start - 1);
        char behind = text.at(dot + 10);
        boolean letters = Strength.digits(text, start, dot + 10) < 12;
        if (thirds
                && letters
                && !Ascii.alphanumeric(before)
                && before != '.'
                && before != '-'
                && !Ascii.alphanumeric(behind)
                && behind != '-') {
            found.add(FindingKind.MAC, start, dot + 10, Evidence.PATTERN);
        }
    }

    /** All of one sign between, and neither the broadcast address nor nothing. */
    private static boolean mac(Reading text, int start, char sign) {
        boolean zeros = true;
        boolean ones = true;
        for (int pair = 0; pair < PAIRS; pair++) {
            int at = start + 3 * pair;
            if (!HEX.has(text.at(at)) || !HEX.has(text.at(at + 1)) || (pair < PAIRS - 1 && text.at(at + 2) != sign)) {
                return false;
            }
            zeros &= text.at(at) == '0' && text.at(at + 1) == '0';
            ones &= Ascii.lower(text.at(at)) == 'f' && Ascii.lower(text.at(at + 1)) == 'f';
        }
        char behind = text.at(start + 3 * PAIRS - 1);
        return !zeros && !ones && !Ascii.alphanumeric(behind) && behind != sign;
    }

    /** End of an address of version 4 that ends one of version 6; -1 if none starts here. */
    private static int dotted(Reading text, int from) {
        int i = from;
        for (int part = 0; part < 4; part++) {
            int end = text.runEnd(i, Alphabet.DIGITS, 4);
            if (end == i || end - i > 3 || (part < 3 && text.at(end) != '.')) {
                return -1;
            }
            i = part < 3 ? end + 1 : end;
        }
        return i;
    }

    /** Its end: eight groups, or fewer around one "::" that leave no doubt; -1 for times and names of C++. */
    private static int version6(Reading text, int start) {
        int groups = 0;
        int digits = 0;
        boolean shortened = false;
        boolean longGroup = false;
        int i = start;
        while (groups <= GROUPS) {
            int end = text.runEnd(i, HEX, 5);
            if (end - i > 4) {
                return -1;
            }
            if (end > i) {
                groups++;
                longGroup |= end - i >= 3;
                for (int digit = i; digit < end; digit++) {
                    digits += Ascii.digit(text.at(digit)) ? 1 : 0;
                }
            }
            int dotted = groups > 1 && text.at(end) == '.' ? dotted(text, i) : -1;
            if (dotted > 0) {
                i = dotted;
                groups++;
                digits += 2;
                longGroup = true;
                break;
            }
            i = end;
            if (text.at(i) != ':') {
                break;
            }
            if (text.at(i + 1) == ':') {
                if (shortened) {
                    return -1;
                }
                shortened = true;
                i += 2;
            } else if (HEX.has(text.at(i + 1))) {
                i++;
            } else {
                break;
            }
        }
        boolean bounded = !Ascii.alphanumeric(text.at(i)) && !(text.at(i) == '.' && Ascii.digit(text.at(i + 1)));
        boolean whole = groups == GROUPS && !shortened;
        boolean part = shortened && groups >= 2 && groups < GROUPS && longGroup && digits >= 2;
        return bounded && (whole || part) ? i : -1;
    }
}
