package dev.fogline.policies.privacy;

/** A client secret of Microsoft Entra: three characters, a digit, {@code Q~} and 31 to 34 more. */
record AzureSecret() implements Detector {
    private static final Alphabet BODY = Alphabet.DOTTED.and("~");

    @Override
    public void at(Reading text, int at, Candidates found) {
        if (text.at(at - 1) != 'Q' || !Ascii.digit(text.at(at - 2))) {
            return;
        }
        int start = at - 5;
        int end = text.runEnd(at + 1, BODY, 36);
        end -= text.at(end - 1) == '.' ? 1 : 0; // that of the sentence
        int body = end - at - 1;
        if (text.runEnd(start, BODY, 5) == at
                && body >= 31
                && body <= 34
                && Strength.entropy(text, at + 1, end) >= 3.0) {
            found.add(FindingKind.API_KEY, start, end, 0.95);
        }
    }
}
