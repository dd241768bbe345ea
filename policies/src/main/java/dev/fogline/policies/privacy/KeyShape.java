package dev.fogline.policies.privacy;

/**
 * A secret that an issuer marks with a prefix of its own.
 *
 * @param prefix as issued; case counts
 * @param alphabet of what follows the prefix
 * @param least fewest characters behind the prefix
 * @param most most characters behind it; one more of the alphabet, and it is something else
 * @param row of these characters a real key has {@code solid} or more in a row; a name built of words has not
 */
record KeyShape(String prefix, Alphabet alphabet, int least, int most, Alphabet row, int solid) implements Detector {
    /** The row shows within so many characters. */
    private static final int HEAD = 64;

    @Override
    public void at(Reading text, int at, Candidates found) {
        int body = at + prefix.length();
        if (!solid(text, body)) {
            return;
        }
        int end = text.runEnd(body, alphabet, most + 1);
        if (end - body > most) {
            return;
        }
        while (end > body && (text.at(end - 1) == '.' || text.at(end - 1) == '-')) {
            end--;
        }
        if (end - body >= least && Strength.entropy(text, body, end) >= 2.75 && !blank(text, body, end)) {
            found.add(FindingKind.API_KEY, at, end, 0.95);
        }
    }

    private boolean solid(Reading text, int body) {
        int length = 0;
        for (int i = body; i < body + HEAD && length < solid; i++) {
            char c = text.at(i);
            if (!alphabet.has(c)) {
                break;
            }
            length = row.has(c) ? length + 1 : 0;
        }
        return length >= solid;
    }

    /**
     * "AKIAIOSFODNN7EXAMPLE", "ghp_xxxx..." and "sk-abcdefghij..." open nothing. Not so the invented keys of a quick test: who
     * knows. Of keys in capitals, one in thirty has no digit.
     */
    private boolean blank(Reading text, int from, int to) {
        if (Strength.digits(text, from, to) == 0
                && !Strength.mixedCase(text, from, to)
                && (alphabet.has('a') || Strength.placeholder(text, from, to))) {
            return true;
        }
        int same = 1;
        int rising = 1;
        for (int i = from + 1; i < to; i++) {
            same = text.at(i) == text.at(i - 1) ? same + 1 : 1;
            rising = Ascii.letter(text.at(i)) && text.at(i) == text.at(i - 1) + 1 ? rising + 1 : 1;
            if (same >= 6 || rising >= 7) {
                return true;
            }
        }
        return text.matches(to - 7, "EXAMPLE", false);
    }
}
