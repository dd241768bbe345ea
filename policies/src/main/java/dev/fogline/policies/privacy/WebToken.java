package dev.fogline.policies.privacy;

/** A signed JSON web token, RFC 7519: three parts of base64url, the first two of which are JSON objects. */
record WebToken() implements Detector {
    private static final int MOST_PART = 4096;
    private static final int LEAST_SIGNATURE = 20;

    @Override
    public void at(Reading text, int at, Candidates found) {
        int header = text.runEnd(at, Alphabet.WORD, MOST_PART);
        if (!text.matches(header, ".eyJ", false)) {
            return;
        }
        int claims = text.runEnd(header + 1, Alphabet.WORD, MOST_PART);
        int end = text.at(claims) == '.' ? text.runEnd(claims + 1, Alphabet.WORD, MOST_PART) : claims;
        if (end - claims > LEAST_SIGNATURE) {
            found.add(FindingKind.API_KEY, at, end, 1.0);
        }
    }
}
