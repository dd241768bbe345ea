package dev.fogline.policies.privacy;

/** 7 or 8 digits that a word names as a fixed telephone, without the area code: "座机：8298 0562". */
record LocalLandline(String label, char anchor) implements Detector {
    private static final int MOST_BETWEEN = 8;
    private static final String LINKS = "号码是为：: 是(（\"";

    @Override
    public void at(Reading text, int at, Candidates found) {
        int start = at - label.indexOf(anchor);
        if (!text.matches(start, label, false)) {
            return;
        }
        int i = start + label.length();
        int most = i + MOST_BETWEEN;
        while (i < most && text.at(i) != 0 && LINKS.indexOf(text.at(i)) >= 0) {
            i++;
        }
        if (text.at(i) < '2' || text.at(i) > '8') {
            return;
        }
        int first = text.runEnd(i, Alphabet.DIGITS, 9);
        boolean parted = (first - i == 3 || first - i == 4)
                && (text.at(first) == ' ' || text.at(first) == '-')
                && text.runEnd(first + 1, Alphabet.DIGITS, 5) == first + 5;
        int end = parted ? first + 5 : first;
        int digits = end - i - (parted ? 1 : 0);
        if ((digits == 7 || digits == 8) && !Ascii.alphanumeric(text.at(end)) && text.at(end) != '-') {
            found.add(FindingKind.PHONE, i, end, 0.7);
        }
    }
}
