package dev.fogline.policies.privacy;

/** A QQ number or group that a word names: 5 to 11 digits that do not start with 0. */
record QqNumber(String label) implements Detector {
    private static final int SHORTEST = 5;
    private static final int LONGEST = 11;
    private static final int MOST_BETWEEN = 10;
    private static final String LINKS = "号码群是为：:= \"'(（[【我的账帐/、\n";

    @Override
    public void at(Reading text, int at, Candidates found) {
        if (!text.matches(at, label, true) || Ascii.letter(text.at(at + label.length()))) {
            return;
        }
        int i = at + label.length();
        int most = i + MOST_BETWEEN;
        while (i < most && text.at(i) != 0 && LINKS.indexOf(text.at(i)) >= 0) {
            i++;
        }
        int end = text.runEnd(i, Alphabet.DIGITS, LONGEST + 1);
        if (number(text, i, end)) {
            found.add(FindingKind.QQ, i, end, 0.7);
        } else {
            behind(text, at, found);
        }
    }

    private static boolean number(Reading text, int from, int to) {
        int length = to - from;
        return length >= SHORTEST
                && length <= LONGEST
                && text.at(from) != '0'
                && !Ascii.alphanumeric(text.at(to))
                && text.at(to) != '@'
                && !(text.at(to) == '.' && Ascii.alphanumeric(text.at(to + 1)));
    }

    /** "... 是我的QQ" */
    private static void behind(Reading text, int start, Candidates found) {
        int end = start;
        boolean linked = false;
        while (end > start - 4 && text.at(end - 1) != 0 && "是我的他她（( ".indexOf(text.at(end - 1)) >= 0) {
            end--;
            linked |= text.at(end) == '是' || text.at(end) == '(';
        }
        int from = text.runStart(end, Alphabet.DIGITS, LONGEST + 1);
        if (linked && !Ascii.alphanumeric(text.at(from - 1)) && number(text, from, end)) {
            found.add(FindingKind.QQ, from, end, 0.7);
        }
    }
}
