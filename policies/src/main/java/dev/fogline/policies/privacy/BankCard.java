package dev.fogline.policies.privacy;

import dev.fogline.policies.privacy.NumberDetectors.NumberDetector;

/**
 * Number of a payment card, ISO/IEC 7812: an issuer's prefix, 12 to 19 digits, the last one a check digit by Luhn. Luhn
 * alone lets every tenth number pass, so the issuer's prefix and its lengths, or a word that names the card, must agree.
 */
record BankCard() implements NumberDetector {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 19;

    @Override
    public void at(NumberRun run, Candidates found) {
        for (int length = Math.min(LONGEST, run.count()); length >= SHORTEST; length--) {
            if (run.endsAt(length) && run.bounded(length) && plain(run, length)) {
                double confidence = confidence(run, length);
                if (confidence > 0) {
                    var evidence = Evidence.of(named(run, length), luhn(run, length));
                    found.add(FindingKind.BANK_CARD, run.start(0), run.end(length), confidence, evidence);
                    return;
                }
            }
        }
    }

    /** Without the letter that only an ID number can end with. */
    private static boolean plain(NumberRun run, int length) {
        return run.digit(length - 1) < 10;
    }

    private static double confidence(NumberRun run, int length) {
        boolean luhn = luhn(run, length);
        Issuer issuer = Issuer.of(run);
        boolean fits = issuer.has(length);
        if (luhn && fits && issuer.distinctive(length) && written(run, length) && !run.fraction(length)) {
            return named(run, length) ? 1.0 : 0.85;
        }
        boolean likely = luhn || (fits && length >= 13);
        if (likely && grouped(run, length) && named(run, length)) {
            return luhn ? 1.0 : 0.7;
        }
        return 0;
    }

    /** Anyhow but like an IP address: the first group of a card has four digits or more. */
    private static boolean grouped(NumberRun run, int length) {
        var shape = run.shape(0, length);
        boolean four = !run.endsAt(1) && !run.endsAt(2) && !run.endsAt(3);
        return (shape.chunks() <= 6 && four) || shape.chunks() == length;
    }

    private static boolean named(NumberRun run, int length) {
        return run.topic(length) == Topic.CARD;
    }

    /** Broken the way cards are printed, or not at all, or by one line break, or with all digits apart. */
    private static boolean written(NumberRun run, int length) {
        var shape = run.shape(0, length);
        if (shape.chunks() == 1 || run.wrapped(length)) {
            return true;
        }
        boolean printed = (shape.even() && run.endsAt(4) && shape.chunks() == (length + 3) / 4)
                || shape.is(4, 6, 5)
                || shape.is(4, 6, 4)
                || shape.is(6, 13)
                || shape.is(6, 10)
                || (shape.even() && shape.chunks() == length);
        return printed && run.apart(length);
    }

    private static boolean luhn(NumberRun run, int length) {
        int sum = 0;
        for (int i = length - 1, place = 0; i >= 0; i--, place++) {
            int digit = run.digit(i);
            int doubled = 2 * digit;
            sum += place % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
