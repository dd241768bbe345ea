package dev.fogline.policies.privacy;

/** Address of a page of the web, from its scheme to its last sign. One that holds a password is for {@link UrlPassword}. */
record WebAddress() implements Detector {
    static final String PREFIX = "http";

    private static final int MOST = 512;
    private static final Alphabet HOST = Alphabet.ALPHANUMERIC.and("-.");
    private static final Alphabet SIGNS = Alphabet.ALPHANUMERIC.and("-._~:/?#[]@!$&*+;=%,'");
    /** They end a sentence, or what the address stands in. */
    private static final String BEHIND = ".,;:!?'";

    @Override
    public void at(Reading text, int at, Candidates found) {
        char before = text.at(at - 1);
        int scheme = at + PREFIX.length();
        if (Ascii.lower(text.at(scheme)) == 's') {
            scheme++;
        }
        if (Ascii.alphanumeric(before)
                || before == '/'
                || text.at(scheme) != ':'
                || text.at(scheme + 1) != '/'
                || text.at(scheme + 2) != '/') {
            return;
        }
        int host = scheme + 3;
        int hostEnd = text.runEnd(host, HOST, MOST);
        int end = text.runEnd(hostEnd, SIGNS, MOST);
        while (end > hostEnd && BEHIND.indexOf(text.at(end - 1)) >= 0) {
            end--;
        }
        while (hostEnd > host && text.at(hostEnd - 1) == '.') {
            hostEnd--;
        }
        if (named(text, host, hostEnd) && text.at(hostEnd) != '@') {
            found.add(FindingKind.URL, at, Math.max(end, hostEnd), Evidence.PATTERN);
        }
    }

    /** Has a domain, which a machine of the own network and an address in numbers have not. */
    private static boolean named(Reading text, int host, int end) {
        int dot = end - 1;
        while (dot > host && text.at(dot) != '.') {
            dot--;
        }
        return dot > host && end - dot > 2 && Ascii.letter(text.at(dot + 1));
    }
}
