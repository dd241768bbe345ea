package dev.fogline.policies.privacy;

import dev.fogline.policies.privacy.NumberDetectors.NumberDetector;

/**
 * Number of a resident identity card, GB 11643: six digits of region, the date of birth, three of sequence, and a check
 * character by ISO 7064 MOD 11-2. Those issued before 1999 have a year of two digits and no check character.
 */
record ChineseId() implements NumberDetector {
    static final int DIGITS = 18;
    private static final int OLD_DIGITS = 15;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    /** Provinces by the first two digits; 9x are permanent residents from abroad. */
    private static final long REGIONS_LOW = bits(11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37)
            | bits(41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63);

    private static final long REGIONS_HIGH = bits(64, 65, 71, 81, 82, 83, 91, 92, 93, 94);
    /** More chunks than these are a table of numbers, unless all digits stand apart. */
    private static final int MOST_CHUNKS = 6;

    private static long bits(int... values) {
        long bits = 0;
        for (int value : values) {
            bits |= 1L << value;
        }
        return bits;
    }

    @Override
    public void at(NumberRun run, Candidates found) {
        if (run.endsAt(DIGITS) && shaped(run, DIGITS)) {
            boolean likely = region(run) && born(run, run.value(6, 4), 10);
            if (likely && checks(run)) {
                add(run, DIGITS, Evidence.of(named(run, DIGITS), true), found);
            } else if ((likely || region(run) || born(run, run.value(6, 4), 10)) && named(run, DIGITS)) {
                // Typed or read wrongly, and private all the same.
                add(run, DIGITS, Evidence.CONTEXT, found);
            }
        }
        if (run.endsAt(OLD_DIGITS)
                && shaped(run, OLD_DIGITS)
                && region(run)
                && born(run, 1900 + run.value(6, 2), 8)
                && named(run, OLD_DIGITS)) {
            add(run, OLD_DIGITS, Evidence.CONTEXT, found);
        }
    }

    private static void add(NumberRun run, int length, Evidence evidence, Candidates found) {
        found.add(FindingKind.CN_ID, run.start(0), run.end(length), evidence);
    }

    private static boolean shaped(NumberRun run, int length) {
        var shape = run.shape(0, length);
        return shape.chunks() <= MOST_CHUNKS || (shape.even() && run.apart(length));
    }

    private static boolean named(NumberRun run, int length) {
        return run.bounded(length) && run.topic(length) == Topic.ID_CARD;
    }

    private static boolean region(NumberRun run) {
        int province = run.value(0, 2);
        return ((province < 64 ? REGIONS_LOW : REGIONS_HIGH) >>> province & 1) != 0;
    }

    private static boolean born(NumberRun run, int year, int month) {
        return year >= 1850 && year < 2050 && Calendar.exists(year, run.value(month, 2), run.value(month + 2, 2));
    }

    private static boolean checks(NumberRun run) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * run.digit(i);
        }
        return (sum + run.digit(DIGITS - 1)) % 11 == 1;
    }
}
