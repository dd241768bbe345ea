package dev.fogline.policies.privacy;

/**
 * Unified social credit code, GB 32100: the registering body, the kind, six digits of region, nine characters of the
 * organisation, and a check character by weights 3^i mod 31.
 */
record CreditCode() implements Detector {
    static final int LENGTH = 18;
    private static final String CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final String BODIES = "123456789ANY";

    @Override
    public void at(Reading text, int at, Candidates found) {
        boolean letterFirst = Ascii.letter(text.at(at - 1));
        int start = letterFirst ? at - 1 : at;
        if (Ascii.alphanumeric(text.at(start - 1)) || BODIES.indexOf(Ascii.upper(text.at(start))) < 0) {
            return;
        }
        int end = text.runEnd(start, Alphabet.ALPHANUMERIC, LENGTH + 1);
        if (end - start == LENGTH) {
            String code = text.span(start, end).toUpperCase(java.util.Locale.ROOT);
            if (Code.digits(code) < LENGTH && shaped(code) && checks(code)) {
                found.add(FindingKind.USCC, start, end, 1.0);
            }
        }
    }

    /** With digits where the region is; a word must name what has not the right check character. */
    static boolean shaped(String code) {
        if (code.length() != LENGTH || BODIES.indexOf(code.charAt(0)) < 0) {
            return false;
        }
        int region = Code.digits(code.substring(2, 8));
        return region == 6;
    }

    static boolean checks(String code) {
        if (code.length() != LENGTH) {
            return false;
        }
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < LENGTH; i++) {
            int value = CHARACTERS.indexOf(code.charAt(i));
            if (value < 0) {
                return false;
            }
            sum += i < LENGTH - 1 ? value * weight : value;
            weight = weight * 3 % 31;
        }
        return sum % 31 == 0;
    }
}
