package dev.fogline.gateway;

import java.util.stream.Collectors;

/** The ways in which people and programs write a value. */
enum Writing {
    PLAIN,
    SPACED,
    DOTTED,
    DASHED,
    WRAPPED,
    ZERO_WIDTH,
    FULL_WIDTH,
    /** Every character as an escape of JSON; in the text itself it is plain. */
    ESCAPED;

    String of(PrivateValue value) {
        return switch (this) {
            case PLAIN, ESCAPED -> value.plain();
            case SPACED -> grouped(value, " ");
            case DOTTED -> grouped(value, ".");
            case DASHED -> grouped(value, "-");
            case WRAPPED -> wrapped(value);
            case ZERO_WIDTH -> value.groups().isEmpty() ? value.plain() : grouped(value, "\u200b");
            case FULL_WIDTH ->
                value.plain()
                        .chars()
                        .mapToObj(c -> String.valueOf((char) (c > ' ' && c < 0x7F ? c + 0xFEE0 : c)))
                        .collect(Collectors.joining());
        };
    }

    private static String grouped(PrivateValue value, String between) {
        if (value.groups().isEmpty()) {
            return value.plain();
        }
        String plain = value.plain().replace("-", "");
        var parts = new StringBuilder();
        int from = 0;
        for (int i = 0; from < plain.length(); i++) {
            int size = value.groups().get(Math.min(i, value.groups().size() - 1));
            int to = Math.min(plain.length(), from + size);
            parts.append(from == 0 ? "" : between).append(plain, from, to);
            from = to;
        }
        return parts.toString();
    }

    private static String wrapped(PrivateValue value) {
        // A number of no certain length ends where its line does.
        if (value.groups().isEmpty() || value.kind() == PrivateValue.Kind.MEDICAL_RECORD) {
            return value.plain();
        }
        String plain = value.plain().replace("-", "");
        int at = value.groups().getFirst();
        return plain.substring(0, at) + '\n' + plain.substring(at);
    }
}
