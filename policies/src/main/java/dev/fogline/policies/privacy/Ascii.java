package dev.fogline.policies.privacy;

/**
 * Character tests that know ASCII only. {@code \b} and {@code Character.isLetter} count Chinese characters as letters, so
 * a number that touches Chinese text would have no boundary.
 */
final class Ascii {
    private Ascii() {}

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean letter(char c) {
        return lower(c) >= 'a' && lower(c) <= 'z';
    }

    static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean alphanumeric(char c) {
        return digit(c) || letter(c);
    }

    static boolean visible(char c) {
        return c > ' ' && c < 0x7F;
    }

    static char lower(char c) {
        return isUpper(c) ? (char) (c + 32) : c;
    }

    static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
    }
}
