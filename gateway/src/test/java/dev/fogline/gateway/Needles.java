package dev.fogline.gateway;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many values, each in every form in which it could leak, looked for in one pass: eight bytes of a form, which few others have,
 * are its key in an index, and what has the same key is compared. Escapes of JSON are undone, and the text searched again.
 */
final class Needles {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))");
    private static final int DEEPEST = 4;
    private static final int KEY = 8;
    private static final int FILTER = 1 << 24;

    /** A value that was seen where it must not be. */
    record Sighting(String where, PrivateRequest request, String form) {
        @Override
        public String toString() {
            return where + ": " + request + " as " + form;
        }
    }

    /** @param number digits alone, which can also stand in another number, a digest or a time */
    private record Needle(PrivateRequest request, String form, byte[] bytes, int keyAt, boolean number) {}

    private final Map<Long, List<Needle>> byKey = new HashMap<>();
    private int size;
    private final long[] filter = new long[FILTER / 64];

    void add(PrivateRequest request) {
        String plain = request.value().plain();
        var forms = new LinkedHashMap<String, String>();
        for (String text : List.of(plain, request.written())) {
            forms.putIfAbsent(text, "written");
            forms.putIfAbsent(text.replace("\n", "\\n"), "JSON");
            String url = URLEncoder.encode(text, StandardCharsets.UTF_8);
            forms.putIfAbsent(url, "URL");
            forms.putIfAbsent(url.replace("+", "%20"), "URL");
            base64(text.getBytes(StandardCharsets.UTF_8), forms);
        }
        plain.lines().filter(line -> line.length() >= 32).forEach(line -> forms.putIfAbsent(line, "a line of it"));
        String digits = request.value().digitsOnly();
        if (digits.length() >= 9) {
            forms.putIfAbsent(digits, "digits");
        }
        forms.forEach((text, form) -> add(request, form, text));
    }

    /** Inside a longer text a value may begin at any of the three places of a group; its edges depend on what is around it. */
    private static void base64(byte[] value, Map<String, String> forms) {
        for (int offset = 0; offset < 3; offset++) {
            byte[] shifted = new byte[offset + value.length];
            System.arraycopy(value, 0, shifted, offset, value.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            String inside = encoded.substring(offset == 0 ? 0 : offset + 1, shifted.length / 3 * 4);
            forms.putIfAbsent(inside, "base64");
            forms.putIfAbsent(inside.replace('+', '-').replace('/', '_'), "base64");
        }
    }

    private void add(PrivateRequest request, String form, String text) {
        boolean number = text.chars().allMatch(c -> c >= '0' && c <= '9');
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < KEY) {
            throw new IllegalArgumentException("too short to be told from other text: " + form);
        }
        int keyAt = 0;
        for (int i = 1; i <= bytes.length - KEY; i++) {
            keyAt = sharers(bytes, i).size() < sharers(bytes, keyAt).size() ? i : keyAt;
        }
        long key = key(bytes, keyAt);
        byKey.computeIfAbsent(key, none -> new ArrayList<>()).add(new Needle(request, form, bytes, keyAt, number));
        size++;
        int bit = bit(key);
        filter[bit >> 6] |= 1L << bit;
    }

    private List<Needle> sharers(byte[] bytes, int at) {
        return byKey.getOrDefault(key(bytes, at), List.of());
    }

    int size() {
        return size;
    }

    List<Sighting> in(String where, byte[] bytes) {
        var seen = new ArrayList<Sighting>();
        byte[] text = bytes;
        for (int depth = 0; depth < DEEPEST; depth++) {
            search(where + (depth == 0 ? "" : ", unescaped"), text, seen);
            byte[] plain = unescaped(text);
            if (plain.length == text.length) {
                break;
            }
            text = plain;
        }
        return seen;
    }

    private void search(String where, byte[] bytes, List<Sighting> seen) {
        long key = 0;
        for (int i = 0; i < bytes.length; i++) {
            key = key << 8 | (bytes[i] & 0xFF);
            int bit = bit(key);
            if (i < KEY - 1 || (filter[bit >> 6] & 1L << bit) == 0) {
                continue;
            }
            for (Needle needle : byKey.getOrDefault(key, List.of())) {
                if (at(bytes, i - KEY + 1 - needle.keyAt, needle)) {
                    seen.add(new Sighting(where, needle.request, needle.form));
                }
            }
        }
    }

    /** Without one layer of escapes. */
    private static byte[] unescaped(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\\') < 0
                ? bytes
                : ESCAPE.matcher(text)
                        .replaceAll(escape -> Matcher.quoteReplacement(
                                escape.group(1) == null
                                        ? escape.group(2).equals("n") ? "\n" : escape.group(2)
                                        : "" + (char) Integer.parseInt(escape.group(1), 16)))
                        .getBytes(StandardCharsets.UTF_8);
    }

    private static boolean at(byte[] bytes, int from, Needle needle) {
        int to = from + needle.bytes.length;
        return from >= 0
                && to <= bytes.length
                && Arrays.equals(bytes, from, to, needle.bytes, 0, needle.bytes.length)
                && !(needle.number && partOfAnother(bytes, from, to));
    }

    /** Of a longer number, of hexadecimal digits as ids and digests have them, or the fraction of a second in UTC. */
    private static boolean partOfAnother(byte[] bytes, int from, int to) {
        int before = from == 0 ? ' ' : bytes[from - 1];
        int behind = to == bytes.length ? ' ' : bytes[to];
        return hex(before) || hex(behind) || (before == '.' && behind == 'Z');
    }

    private static boolean hex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    private static long key(byte[] bytes, int from) {
        long key = 0;
        for (int i = from; i < from + KEY; i++) {
            key = key << 8 | (bytes[i] & 0xFF);
        }
        return key;
    }

    private static int bit(long key) {
        return (int) (key * 0x9E3779B97F4A7C15L >>> 40);
    }
}
