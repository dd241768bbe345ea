package dev.fogline.gateway.api;

import dev.fogline.gateway.api.SseEvent.Slice;

/**
 * Tells in one pass over its bytes whether a chunk of an answer says anything but more text. Once an answer has begun, all
 * but its last chunks say nothing else, and reading them as JSON would cost as much as relaying them.
 *
 * <p>It looks for the names {@code "usage"}, {@code "finish_reason"} and {@code "error"} with a value other than null. In
 * the text of an answer each quote stands behind a backslash, so no text looks like a name; where it errs, as on a text that
 * begins with such a name, the chunk is read in full. So is one whose quotes and brackets do not match: it was cut.
 */
final class Skim {
    private static final byte[] USAGE = {'u', 's', 'a', 'g', 'e', '"'};
    private static final byte[] ERROR = {'e', 'r', 'r', 'o', 'r', '"'};
    private static final byte[] FINISH = {'f', 'i', 'n', 'i', 's', 'h', '_', 'r', 'e', 'a', 's', 'o', 'n', '"'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private Skim() {}

    /** Whether the data is an object that says nothing but more text. */
    static boolean onlyText(Slice data) {
        byte[] bytes = data.bytes();
        int end = data.end();
        if (data.length() < 2 || bytes[data.start()] != '{' || bytes[end - 1] != '}') {
            return false;
        }
        boolean inText = false;
        int open = 1;
        for (int i = data.start() + 1; i < end; i++) {
            byte one = bytes[i];
            if (inText) {
                if (one == '\\') {
                    i++;
                } else if (one == '"') {
                    inText = false;
                }
            } else if (one == '"') {
                if (says(bytes, i + 1, end)) {
                    return false;
                }
                inText = true;
            } else if (one == '{' || one == '[') {
                open++;
            } else if ((one == '}' || one == ']') && --open == 0) {
                return i == end - 1;
            }
        }
        return false;
    }

    private static boolean says(byte[] bytes, int at, int end) {
        if (at == end) {
            return false;
        }
        byte[] name = switch (bytes[at]) {
            case 'u' -> USAGE;
            case 'e' -> ERROR;
            case 'f' -> FINISH;
            default -> null;
        };
        if (name == null || !is(name, bytes, at, end)) {
            return false;
        }
        int value = at + name.length;
        while (value < end && (bytes[value] == ':' || bytes[value] == ' ')) {
            value++;
        }
        return !is(NULL, bytes, value, end);
    }

    private static boolean is(byte[] word, byte[] bytes, int at, int end) {
        if (at + word.length > end) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (bytes[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }
}
