package dev.fogline.policies.privacy;

/** The account that a {@code curl} command logs in with: {@code -u user:password}. */
record CurlUser() implements Detector {
    private static final int MOST_OPTIONS = 256;
    private static final int MOST_ACCOUNT = 160;

    @Override
    public void at(Reading text, int at, Candidates found) {
        for (int i = at + 4; i < at + MOST_OPTIONS && text.at(i) != 0; i++) {
            int option = text.matches(i, " -u ", false) ? 4 : text.matches(i, " --user ", false) ? 8 : 0;
            if (option > 0) {
                account(text, i + option, found);
                return;
            }
            if (text.matches(i, "curl ", false)) {
                return;
            }
        }
    }

    private static void account(Reading text, int at, Candidates found) {
        int from = at;
        while (text.at(from) == ' ') {
            from++;
        }
        int to = from;
        int colon = -1;
        while (to < from + MOST_ACCOUNT && Ascii.visible(text.at(to))) {
            colon = colon < 0 && text.at(to) == ':' ? to : colon;
            to++;
        }
        if (colon < 0) {
            return;
        }
        int user = unquotedStart(text, from, colon);
        int password = unquotedStart(text, colon + 1, to);
        int end = unquotedEnd(text, password, to);
        if (secret(text, password, end)) {
            found.add(FindingKind.PASSWORD, password, end, 0.85);
        } else if (end <= password && secret(text, user, unquotedEnd(text, user, colon))) {
            found.add(FindingKind.API_KEY, user, unquotedEnd(text, user, colon), 0.8);
        }
    }

    private static boolean secret(Reading text, int from, int to) {
        return from < to
                && text.at(from) != '$'
                && text.at(from) != '['
                && !text.matches(from, "{{", false)
                && Strength.password(text, from, to);
    }

    private static int unquotedStart(Reading text, int from, int to) {
        int i = from;
        while (i < to && (text.at(i) == '"' || text.at(i) == '\'')) {
            i++;
        }
        return i;
    }

    private static int unquotedEnd(Reading text, int from, int to) {
        int i = to;
        while (i > from && (text.at(i - 1) == '"' || text.at(i - 1) == '\'')) {
            i--;
        }
        return i;
    }
}
