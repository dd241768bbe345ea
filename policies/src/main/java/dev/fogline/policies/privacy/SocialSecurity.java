package dev.fogline.policies.privacy;

import dev.fogline.policies.privacy.EnglishNumbers.ValueDetector;

/**
 * Social security number of the United States, and the taxpayer numbers (ITIN) that look like one: area, group and serial,
 * none of them zero, no area of 666. Areas from 900 on are those of an ITIN, whose groups are few.
 */
record SocialSecurity() implements ValueDetector {
    private static final int DIGITS = 9;

    @Override
    public void at(Value value, Candidates found) {
        if (!value.endsAt(DIGITS) || !value.numeric(0, DIGITS) || !issued(value) || more(value)) {
            return;
        }
        boolean printed = value.chunks(3, 2, 4) && value.gap(3) == value.gap(5);
        Naming naming = value.naming();
        if (naming == Naming.SSN) {
            value.found(FindingKind.US_SSN, DIGITS, Evidence.CONTEXT, found);
        } else if (printed && value.gap(3) == '-' && (naming == null || naming != Naming.THING)) {
            value.found(FindingKind.US_SSN, DIGITS, Evidence.PATTERN, found);
        }
    }

    /** A tenth digit right behind makes it another number, unless something ended between the two. */
    private static boolean more(Value value) {
        return value.count() > DIGITS && value.gap(DIGITS) != ' ' && Ascii.digit(value.at(DIGITS));
    }

    private static boolean issued(Value value) {
        int area = value.number(0, 3);
        int group = value.number(3, 5);
        return group != 0
                && value.number(5, DIGITS) != 0
                && area != 0
                && area != 666
                && (area < 900 || (group >= 50 && group != 89 && group != 93 && !(group > 65 && group < 70)));
    }
}
