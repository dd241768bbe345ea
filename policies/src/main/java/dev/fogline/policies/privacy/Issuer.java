package dev.fogline.policies.privacy;

/** The card networks, by the ranges of leading digits and the lengths that they issue. */
enum Issuer {
    UNIONPAY(16, 19, 16),
    VISA(13, 19, 16),
    MASTERCARD(16, 16, 16),
    AMEX(15, 15, 15),
    DINERS(14, 14, 14),
    DISCOVER(16, 19, 16),
    JCB(16, 19, 16),
    /** Issued with leading 1800 and 2131 until the 1990s. */
    OLD_JCB(15, 15, 15),
    MAESTRO(12, 19, 16),
    MIR(16, 19, 16),
    UNKNOWN(0, 0, 0);

    private final int shortest;
    private final int longest;
    /** Below this length the number is taken for a card only where a word says so. */
    private final int distinctive;

    Issuer(int shortest, int longest, int distinctive) {
        this.shortest = shortest;
        this.longest = longest;
        this.distinctive = distinctive;
    }

    /** The issuer of the number that a run starts with; the run has at least six digits. */
    static Issuer of(NumberRun run) {
        int two = run.value(0, 2);
        int four = run.value(0, 4);
        if (two == 62 || two == 81 || four == 9558) {
            return UNIONPAY;
        }
        if (two / 10 == 4) {
            return VISA;
        }
        if (in(two, 51, 55) || in(four, 2221, 2720)) {
            return MASTERCARD;
        }
        if (two == 34 || two == 37) {
            return AMEX;
        }
        if (two == 36 || two == 38 || two == 39 || in(four, 3000, 3059) || four == 3095) {
            return DINERS;
        }
        if (in(four, 3528, 3589)) {
            return JCB;
        }
        if (four == 1800 || four == 2131) {
            return OLD_JCB;
        }
        if (in(four, 2200, 2204)) {
            return MIR;
        }
        if (four == 6011 || two == 65 || in(four, 6440, 6499)) {
            return DISCOVER;
        }
        return two == 50 || in(two, 56, 69) ? MAESTRO : UNKNOWN;
    }

    private static boolean in(int value, int from, int to) {
        return value >= from && value <= to;
    }

    boolean has(int length) {
        return length >= shortest && length <= longest;
    }

    /** Whether a number of this length needs no word beside it to be taken for a card. */
    boolean distinctive(int length) {
        return length >= distinctive
                && !(this == VISA && length != 16 && length != 19)
                && !(this == MAESTRO && length != 16);
    }
}
