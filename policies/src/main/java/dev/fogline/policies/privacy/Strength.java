package dev.fogline.policies.privacy;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells a secret from the placeholders, names and prose that stand where secrets stand. */
final class Strength {
    /** Longer values are judged by their beginning. */
    private static final int JUDGED = 128;

    /** In the place of a value: "your-key-here", "xxxx", "****", "EXAMPLE". Judged strings are short, and no quantifier is open. */
    private static final Pattern PLACEHOLDER = Pattern.compile(
            "x{4}|\\*{3}|\\.{3}|#{4}|_{4}|-{4}|example|change_?me|placeholder|your[_-]?|redacted|replace|dummy|insert|_here"
                    + "|12345678|1234-1234|abcdefgh|\\bfake|\\bsample|to_?do|undefined|getenv|environ|process\\.env|config\\.|self\\.|this\\.",
            Pattern.CASE_INSENSITIVE);
    /** A value that only says what should stand there. */
    private static final Pattern NAME = Pattern.compile(
            "[^a-z]{0,8}(?:(?:my|new|old|the|db|app|user|client|api|access|auth|some|test|secret|pass|root|admin)[^a-z]{0,3}){0,4}"
                    + "(?:password|passwd|pass|pwd|secret|token|key|apikey|credentials?|value|string|null|none|true|false|user|username"
                    + "|test|admin|root|guest|postgres|mysql|redis|foo|bar|baz)[^a-z]{0,8}");

    /** "jackson-databind-2.11.2" and "user.session.v2". */
    private static final Pattern SLUG = Pattern.compile(
            "[a-z]{1,32}(?:[-_./][a-z]{1,32}){0,8}[-_.:/]?v?[0-9]{1,5}(?:[.][0-9]{1,5}){0,4}(?:[-_.][a-z]{1,16})?");

    private Strength() {}

    /** Bits per character, by the frequencies in the span itself. */
    static double entropy(Reading text, int from, int to) {
        int end = Math.min(to, from + JUDGED);
        var counts = new int[128];
        for (int i = from; i < end; i++) {
            counts[text.at(i) & 127]++;
        }
        double length = end - from;
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                bits -= count / length * Math.log(count / length);
            }
        }
        return bits / Math.log(2);
    }

    static boolean placeholder(Reading text, int from, int to) {
        String value = text.span(from, Math.min(to, from + JUDGED));
        return PLACEHOLDER.matcher(value).find()
                || NAME.matcher(value.toLowerCase(Locale.ROOT)).matches();
    }

    /** Drawn by a machine: what a key, a token or a secret is. */
    static boolean random(Reading text, int from, int to) {
        return to - from >= 10
                && kinds(text, from, to) >= 2
                && digits(text, from, to) > 0
                && entropy(text, from, to) >= (to - from < 20 ? 2.75 : 3.0)
                && !placeholder(text, from, to)
                && !SLUG.matcher(text.span(from, to)).matches();
    }

    /** Letters and digits so mixed that no person wrote them: the value alone says much, its name need say little. */
    static boolean machineMade(Reading text, int from, int to) {
        int length = to - from;
        if (length < 12 || length > 256) {
            return false;
        }
        int switches = 0;
        int solid = 0;
        int longest = 0;
        boolean digit = Ascii.digit(text.at(from));
        for (int i = from; i < to; i++) {
            char c = text.at(i);
            if (!Alphabet.TOKEN.has(c) && c != ':') {
                return false;
            }
            solid = Ascii.alphanumeric(c) ? solid + 1 : 0;
            longest = Math.max(longest, solid);
            if (Ascii.alphanumeric(c) && Ascii.digit(c) != digit) {
                switches++;
                digit = !digit;
            }
        }
        // Names of hosts and versions are built of short parts.
        return longest >= 10 && switches >= Math.max(2, Math.min(length, 40) / 10) && random(text, from, to);
    }

    /** Thought up by a person: what a password is. */
    static boolean password(Reading text, int from, int to) {
        return to - from >= 6
                && kinds(text, from, to) >= 2
                && (digits(text, from, to) > 0 || kinds(text, from, to) >= 3 || mixedCase(text, from, to))
                && entropy(text, from, to) >= 2.0
                && !placeholder(text, from, to);
    }

    /** What nobody writes for another reason: small letters, digits amid them, and capitals or signs that names do not have. */
    static boolean unmistakable(Reading text, int from, int to) {
        boolean lower = false;
        boolean more = false;
        int switches = 0;
        for (int i = from; i < to; i++) {
            char c = text.at(i);
            lower |= c >= 'a' && c <= 'z';
            more |= Ascii.isUpper(c) || "!@#$%^&*+?~".indexOf(c) >= 0;
            switches += i > from && Ascii.digit(c) != Ascii.digit(text.at(i - 1)) ? 1 : 0;
        }
        return to - from >= 8 && lower && more && switches >= 2 && password(text, from, to);
    }

    /** Capitals and small letters in a mixture that names and sentences do not have. */
    static boolean mixedCase(Reading text, int from, int to) {
        int changes = 0;
        for (int i = from + 1; i < to; i++) {
            boolean letters = Ascii.letter(text.at(i)) && Ascii.letter(text.at(i - 1));
            changes += letters && Ascii.isUpper(text.at(i)) != Ascii.isUpper(text.at(i - 1)) ? 1 : 0;
        }
        return changes * 4 >= to - from;
    }

    static int digits(Reading text, int from, int to) {
        int digits = 0;
        for (int i = from; i < to; i++) {
            digits += Ascii.digit(text.at(i)) ? 1 : 0;
        }
        return digits;
    }

    /** How many of digits, small letters, capitals and signs the span has. */
    private static int kinds(Reading text, int from, int to) {
        int kinds = 0;
        for (int i = from; i < to; i++) {
            char c = text.at(i);
            kinds |= Ascii.digit(c) ? 1 : Ascii.isUpper(c) ? 2 : Ascii.letter(c) ? 4 : 8;
        }
        return Integer.bitCount(kinds);
    }
}
