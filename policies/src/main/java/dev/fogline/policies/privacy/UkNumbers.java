package dev.fogline.policies.privacy;

import dev.fogline.policies.privacy.EnglishNumbers.ValueDetector;

/** Numbers of the United Kingdom whose form alone tells them: national insurance and driving licences. */
record UkNumbers() implements ValueDetector {
    private static final int INSURANCE = 9;
    private static final int LICENCE = 16;
    private static final String UNUSED = "BG GB NK KN TN NT ZZ";
    private static final Alphabet FIRST = Alphabet.of("ABCEGHJKLMNOPRSTWXYZ");
    private static final Alphabet SECOND = Alphabet.of("ABCEGHJKLMNPRSTWXYZ");

    @Override
    public void at(Value value, Candidates found) {
        int spaced = spacedInsurance(value);
        if (spaced > 0) {
            found.add(
                    FindingKind.NATIONAL_ID,
                    spaced,
                    value.end(7),
                    Evidence.of(value.naming() == Naming.NATIONAL, false));
        } else if (insurance(value)) {
            boolean context = value.naming() == Naming.NATIONAL;
            value.found(FindingKind.NATIONAL_ID, INSURANCE, Evidence.of(context, false), found);
        }
        if (licence(value)) {
            boolean context = value.naming() == Naming.LICENCE;
            value.found(FindingKind.DRIVER_LICENCE, LICENCE, Evidence.of(context, false), found);
        }
    }

    /** Start of the prefix where a space parts it from the digits, "AB 12 34 56 C"; -1 without one. */
    private static int spacedInsurance(Value value) {
        Reading text = value.text();
        int start = value.start() - 3;
        boolean suffixed = value.endsAt(7) && value.numeric(0, 6) && value.at(6) >= 'A' && value.at(6) <= 'D';
        return suffixed
                        && text.at(start + 2) == ' '
                        && prefix(Ascii.upper(text.at(start)), Ascii.upper(text.at(start + 1)))
                        && !Ascii.alphanumeric(text.at(start - 1))
                ? start
                : -1;
    }

    private static boolean prefix(char first, char second) {
        return FIRST.has(first) && SECOND.has(second) && !UNUSED.contains("" + first + second);
    }

    /** HMRC's NIM39110: two letters of a prefix in use, six digits, a suffix from A to D. */
    private static boolean insurance(Value value) {
        if (!value.endsAt(INSURANCE) || !value.letters(0, 2) || !value.numeric(2, 8)) {
            return false;
        }
        char suffix = value.at(8);
        return prefix(value.at(0), value.at(1))
                && suffix >= 'A'
                && suffix <= 'D'
                && (value.chunks(9)
                        || value.chunks(2, 2, 2, 2, 1)
                        || value.chunks(2, 6, 1)
                        || value.chunks(2, 7)
                        || value.naming() == Naming.NATIONAL);
    }

    /** DVLA: five of the surname with 9 for what it lacks, decade, month (plus 50 for women), day, year, two initials. */
    private static boolean licence(Value value) {
        if (!value.chunks(LICENCE)) {
            return false;
        }
        int letters = 0;
        while (letters < 5 && !Ascii.digit(value.at(letters))) {
            letters++;
        }
        for (int i = letters; i < 5; i++) {
            if (value.at(i) != '9') {
                return false;
            }
        }
        if (letters == 0 || !value.numeric(5, 11)) {
            return false;
        }
        int month = value.number(6, 8) % 50;
        int day = value.number(8, 10);
        return month >= 1 && month <= 12 && day >= 1 && day <= 31 && !Ascii.digit(value.at(11));
    }
}
