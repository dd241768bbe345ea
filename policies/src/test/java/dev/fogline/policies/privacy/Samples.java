package dev.fogline.policies.privacy;

import java.util.Random;
import java.util.stream.Collectors;

/** Values that detectors must find, drawn here: nothing that looks like a real one is written into the project. */
final class Samples {
    private static final String ALPHANUMERIC = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private Samples() {}

    static String id(Random random) {
        String[] regions = {"110105", "310104", "440106", "620102", "510107", "810000", "930105"};
        var digits = "%s%04d%02d%02d%03d"
                .formatted(
                        regions[random.nextInt(regions.length)],
                        1930 + random.nextInt(90),
                        1 + random.nextInt(12),
                        1 + random.nextInt(28),
                        random.nextInt(1000));
        return digits + checkOf(digits);
    }

    /** By the definition of MOD 11-2: doubling and adding, not the table of weights that the detector uses. */
    static char checkOf(String digits) {
        int product = 0;
        for (int i = 0; i < digits.length(); i++) {
            product = (product + digits.charAt(i) - '0') * 2 % 11;
        }
        return "0123456789X".charAt((12 - product) % 11);
    }

    static String card(String prefix, int length, Random random) {
        var digits = new StringBuilder(prefix);
        while (digits.length() < length - 1) {
            digits.append(random.nextInt(10));
        }
        for (char check = '0'; check <= '9'; check++) {
            if (luhn(digits.toString() + check)) {
                return digits.toString() + check;
            }
        }
        throw new AssertionError("one of ten digits always fits");
    }

    static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
        }
        return sum % 10 == 0;
    }

    static String mobile(Random random) {
        return "1" + (3 + random.nextInt(7)) + "%09d".formatted(random.nextInt(1_000_000_000));
    }

    static String key(String prefix, int length, long seed) {
        var random = new Random(seed);
        return prefix
                + random.ints(length, 0, ALPHANUMERIC.length())
                        .mapToObj(i -> ALPHANUMERIC.substring(i, i + 1))
                        .collect(Collectors.joining());
    }

    static String hex(String prefix, int length, long seed) {
        var random = new Random(seed);
        return prefix
                + random.ints(length, 0, 16).mapToObj(Integer::toHexString).collect(Collectors.joining());
    }

    static String fullWidth(String ascii) {
        return ascii.chars().mapToObj(c -> String.valueOf((char) (c + 0xFEE0))).collect(Collectors.joining());
    }

    static String joined(String number, String between, int... sizes) {
        var parts = new StringBuilder();
        int from = 0;
        for (int i = 0; from < number.length(); i++) {
            int to = Math.min(number.length(), from + sizes[Math.min(i, sizes.length - 1)]);
            parts.append(from == 0 ? "" : between).append(number, from, to);
            from = to;
        }
        return parts.toString();
    }
}
