package dev.fogline.policies.privacy;

/**
 * Character tests that know ASCII only. {@code \b} and {@code Character.isLetter} count Chinese characters as letters, so
 * a number that touches Chinese text would have no boundary. Each test of a range is one comparison, as what lies below it
 * becomes a large character: they are asked several times for each character of a text.
 */
final class Ascii {
    private static final int LETTERS = 26;
    private static final int CASE = 'a' - 'A';

    private Ascii() {}

    static boolean digit(char c) {
        return (char) (c - '0') < 10;
    }

    static boolean letter(char c) {
        return (char) ((c | CASE) - 'a') < LETTERS;
    }

    static boolean isUpper(char c) {
        return (char) (c - 'A') < LETTERS;
    }

    static boolean alphanumeric(char c) {
        return digit(c) || letter(c);
    }

    static boolean visible(char c) {
        return c > ' ' && c < 0x7F;
    }

    static char lower(char c) {
        return isUpper(c) ? (char) (c | CASE) : c;
    }

    static char upper(char c) {
        return (char) (c - 'a') < LETTERS ? (char) (c - CASE) : c;
    }
}
