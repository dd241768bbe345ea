package dev.fogline.policies.privacy;

/** A JSON web token, RFC 7519: three parts of base64url, the first two are JSON objects, the signature may be empty. */
record WebToken() implements Detector {
    private static final int MOST_PART = 4096;
    private static final int LEAST_PART = 17;

    @Override
    public void at(Reading text, int at, Candidates found) {
        if (Alphabet.WORD.has(text.at(at - 1))) {
            return; // inside a run that was read from its start
        }
        int header = text.runEnd(at, Alphabet.WORD, MOST_PART);
        if (header - at < LEAST_PART || !text.matches(header, ".ey", false)) {
            return;
        }
        int claims = text.runEnd(header + 1, Alphabet.WORD, MOST_PART);
        if (claims - header > LEAST_PART && text.at(claims) == '.') {
            int end = text.runEnd(claims + 1, Alphabet.WORD, MOST_PART);
            found.add(FindingKind.API_KEY, at, end, 1.0);
        }
    }
}
