package dev.fogline.policies.privacy;

/** A password or key that a sentence or a command names: "my password is ...", "密码设成了...", {@code --password ...}. */
record SpokenSecret(String word, FindingKind kind) implements Detector {
    /** Between the word and the value stands no more than "(Wi-Fi) is now set to " or "已经改成了：". */
    private static final int MOST_BETWEEN = 12;

    private static final String LINKS = "是为設设置改成了到作就：: ";

    @Override
    public void at(Reading text, int at, Candidates found) {
        if (!text.matches(at, word, true)) {
            return;
        }
        int end = at + word.length();
        int from = word.charAt(0) < 128 ? afterLatin(text, at, end) : afterChinese(text, end);
        var value = from < 0 ? null : Quoted.at(text, from);
        if (value == null) {
            return;
        }
        int to = value.to();
        while (!value.inQuotes()
                && to > value.from()
                && (text.at(to - 1) == '.' || text.at(to - 1) == '?' || text.at(to - 1) == ':')) {
            to--;
        }
        if (Strength.password(text, value.from(), to)) {
            found.add(kind, value.from(), to, 0.8);
        }
    }

    private static int afterChinese(Reading text, int end) {
        int i = end;
        while (i < end + MOST_BETWEEN && LINKS.indexOf(text.at(i)) >= 0) {
            i++;
        }
        return i;
    }

    private static int afterLatin(Reading text, int at, int end) {
        if (text.at(at - 1) == '-' && text.at(end) == ' ') {
            return end + 1;
        }
        for (String link : new String[] {" is ", " is: ", " was ", " to ", " as "}) {
            if (text.matches(end, link, true)) {
                return end + link.length();
            }
        }
        return -1;
    }
}
