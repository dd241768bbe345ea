package dev.fogline.policies.privacy;

/** A credential behind the name of its HTTP scheme, RFC 6750 and RFC 7617: "Bearer ...", "Basic ...". */
record Bearer(String scheme) implements Detector {
    private static final int LEAST = 16;
    private static final int MOST = 4096;

    @Override
    public void at(Reading text, int at, Candidates found) {
        int from = at + scheme.length();
        int end = text.runEnd(from, Alphabet.TOKEN, MOST);
        if (end - from >= LEAST && Strength.digits(text, from, end) > 1 && Strength.random(text, from, end)) {
            found.add(FindingKind.API_KEY, from, end, 0.9);
        }
    }
}
