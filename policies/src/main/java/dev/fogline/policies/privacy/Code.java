package dev.fogline.policies.privacy;

import org.jspecify.annotations.Nullable;

/**
 * Letters and digits that make up one code, read over single gaps before digits, and over line breaks where nothing else fits.
 *
 * @param value without the gaps, letters in upper case
 * @param end behind its last character
 */
record Code(String value, int end) {
    private static final int MOST = 24;

    /** What is read over, in the order in which it is tried. */
    private static final String[] GAPS = {" -.", "", " -.\n"};

    /** The code that starts here, read over gaps if that fits, or else up to the first one. */
    static @Nullable Code at(Reading text, int from, Form form) {
        for (String gaps : GAPS) {
            Code code = read(text, from, gaps);
            if (form.fits(code.value)) {
                return code;
            }
        }
        return null;
    }

    /** What a kind of code looks like. */
    @FunctionalInterface
    interface Form {
        /** @param code letters in upper case and digits, at most 24 */
        boolean fits(String code);
    }

    private static Code read(Reading text, int from, String gaps) {
        var value = new StringBuilder(MOST);
        int i = from;
        int end = from;
        while (value.length() < MOST && Ascii.alphanumeric(text.at(i))) {
            value.append(Ascii.upper(text.at(i)));
            end = ++i;
            if (gaps.indexOf(text.at(i)) >= 0 && Ascii.digit(text.at(i + 1))) {
                i++;
            }
        }
        // A code that goes on is no code of this length.
        return Ascii.alphanumeric(text.at(end)) ? new Code("", end) : new Code(value.toString(), end);
    }

    static int digits(String code) {
        int digits = 0;
        for (int i = 0; i < code.length(); i++) {
            digits += Ascii.digit(code.charAt(i)) ? 1 : 0;
        }
        return digits;
    }

    /** How many letters there are before the first digit. */
    static int letters(String code) {
        int letters = 0;
        while (letters < code.length() && Ascii.letter(code.charAt(letters))) {
            letters++;
        }
        return letters;
    }
}
