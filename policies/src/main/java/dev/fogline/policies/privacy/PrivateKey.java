package dev.fogline.policies.privacy;

/** A private key in PEM armour, RFC 7468, whole or cut off behind its first characters. */
record PrivateKey() implements Detector {
    private static final String RULE = "-----";
    private static final int MOST_LABEL = 40;
    private static final int LEAST_BODY = 24;
    private static final int MOST_BODY = 16_384;

    @Override
    public void at(Reading text, int at, Candidates found) {
        int body = text.matches(at - RULE.length(), RULE, false) ? bodyOf(text, at) : -1;
        if (body < 0) {
            return;
        }
        int end = body;
        int data = 0;
        // The next rule ends the body, so that texts full of headers are read once.
        while (end < body + MOST_BODY && printed(text.at(end)) && !text.matches(end, RULE, false)) {
            data += Alphabet.BASE64.has(text.at(end)) ? 1 : 0;
            end++;
        }
        if (data >= LEAST_BODY) {
            if (text.matches(end, RULE + "END ", false)) {
                end = text.runEnd(end + RULE.length(), Alphabet.UPPER.and(" -"), 2 * MOST_LABEL);
            }
            found.add(FindingKind.PRIVATE_KEY, at - RULE.length(), end, 1.0);
        }
    }

    /** Behind the header, if it is that of a private key. */
    private static int bodyOf(Reading text, int begin) {
        int end = text.runEnd(begin, Alphabet.UPPER.and(" "), MOST_LABEL);
        boolean secret =
                text.matches(end - 11, "PRIVATE KEY", false) || text.matches(end - 17, "PRIVATE KEY BLOCK", false);
        return secret && text.matches(end, RULE, false) ? end + RULE.length() : -1;
    }

    private static boolean printed(char c) {
        return Ascii.visible(c) || c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}
