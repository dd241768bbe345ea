package dev.fogline.gateway.api;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON string says, and where each of its characters is written.
 *
 * @param text without escapes
 * @param at offset in the string as written at which each character starts, and behind the last where it ends; null where
 *     nothing is escaped
 */
record JsonText(String text, int @Nullable [] at) {
    /** @param written what stands between the quotes of a valid JSON string */
    static JsonText of(String written) {
        int escape = written.indexOf('\\');
        if (escape < 0) {
            return new JsonText(written, null);
        }
        int[] at = new int[written.length() + 1];
        var text = new StringBuilder(written.length());
        int i = 0;
        while (i < written.length()) {
            at[text.length()] = i;
            char c = written.charAt(i);
            if (c != '\\') {
                text.append(c);
                i++;
            } else if (written.charAt(i + 1) == 'u') {
                text.append((char) HexFormat.fromHexDigits(written, i + 2, i + 6));
                i += 6;
            } else {
                text.append(plain(written.charAt(i + 1)));
                i += 2;
            }
        }
        at[text.length()] = i;
        return new JsonText(text.toString(), at);
    }

    private static char plain(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escaped;
        };
    }

    /** Offset in the string as written of the character at {@code i}, or of the end. */
    int written(int i) {
        return at == null ? i : at[i];
    }

    /** As it stands between quotes; half a surrogate pair, which JSON can escape and UTF-8 cannot hold, stays escaped. */
    static String escaped(String text) {
        if (isPlain(text)) {
            return text;
        }
        char[] quoted = JsonStringEncoder.getInstance().quoteAsString(text);
        StringBuilder safe = null;
        for (int i = 0; i < quoted.length; i++) {
            char c = quoted[i];
            boolean half = Character.isSurrogate(c)
                    && !(Character.isHighSurrogate(c)
                            && i + 1 < quoted.length
                            && Character.isLowSurrogate(quoted[i + 1]))
                    && !(Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(quoted[i - 1]));
            if (half && safe == null) {
                safe = new StringBuilder(quoted.length + 6).append(quoted, 0, i);
            }
            if (safe != null) {
                if (half) {
                    safe.append("\\u").append(HexFormat.of().toHexDigits(c));
                } else {
                    safe.append(c);
                }
            }
        }
        return safe == null ? new String(quoted) : safe.toString();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
