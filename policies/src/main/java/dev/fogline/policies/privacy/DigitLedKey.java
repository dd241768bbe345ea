package dev.fogline.policies.privacy;

/** A token that starts with the number of its account: of a Telegram bot (…:AA…), of a Facebook application (…|…). */
record DigitLedKey(int leastDigits, int mostDigits, char separator, int least, int most) implements Detector {
    @Override
    public void at(Reading text, int at, Candidates found) {
        int separated = text.runEnd(at, Alphabet.DIGITS, mostDigits + 1);
        int digits = separated - at;
        if (digits < leastDigits || digits > mostDigits || text.at(separated) != separator) {
            return;
        }
        int end = text.runEnd(separated + 1, Alphabet.WORD, most + 1);
        int body = end - separated - 1;
        if (body >= least && body <= most && Strength.random(text, separated + 1, end)) {
            found.add(FindingKind.API_KEY, at, end, 0.95);
        }
    }
}
