package dev.fogline.policies.privacy;

/** The password in {@code scheme://user:password@host}. */
record UrlPassword() implements Detector {
    private static final int MOST = 128;
    private static final Alphabet USER_INFO = Alphabet.TOKEN.and("%!$*,;:'#^?|");
    private static final int LEAST_PASSWORD = 4;

    @Override
    public void at(Reading text, int at, Candidates found) {
        int start = text.runStart(at, USER_INFO, MOST);
        int user = at;
        for (int i = at - 1; i > start; i--) {
            if (text.at(i) == '/' && text.at(i - 1) == '/' && text.at(i - 2) == ':') {
                user = i + 1;
                break;
            }
        }
        int colon = user;
        while (colon < at && text.at(colon) != ':') {
            colon++;
        }
        int password = colon + 1;
        if (at - password >= LEAST_PASSWORD && !said(text, user, colon, password, at)) {
            found.add(FindingKind.PASSWORD, password, at, 0.9);
        }
    }

    /** "postgres:postgres" is a default and "user:${PASSWORD}" a template. */
    private static boolean said(Reading text, int user, int colon, int password, int at) {
        char first = text.at(password);
        return first == '$'
                || first == '%'
                || first == '*'
                || text.span(user, colon).equals(text.span(password, at))
                || Strength.placeholder(text, password, at);
    }
}
