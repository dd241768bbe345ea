package dev.fogline.policies.replay;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * JSON as it is put together from its first byte to its last, in one array that is used again. It knows what needs a comma;
 * that what is opened is closed is its caller's affair. Almost all texts of the log are plain ASCII, and are copied as such.
 */
final class JsonBytes {
    private static final JsonStringEncoder ESCAPES = JsonStringEncoder.getInstance();

    private byte[] bytes = new byte[4096];
    private int length;

    void reset() {
        length = 0;
    }

    /** What has been put together, until something is added. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    int length() {
        return length;
    }

    /** A copy of what has been put together from there on. */
    byte[] since(int from) {
        return Arrays.copyOfRange(bytes, from, length);
    }

    /** A whole value as it was put together before. */
    void value(byte[] whole) {
        separate();
        reserve(whole.length);
        System.arraycopy(whole, 0, bytes, length, whole.length);
        length += whole.length;
    }

    void open(char bracket) {
        separate();
        raw(bracket);
    }

    void close(char bracket) {
        raw(bracket);
    }

    void lineFeed() {
        raw('\n');
    }

    /** A member's name that is one of ours, and so plain ASCII; its value follows. */
    void name(String name) {
        separate();
        raw('"');
        ascii(name);
        raw('"');
        raw(':');
    }

    /** A member's name that may be any text; its value follows. */
    void key(String name) {
        separate();
        quoted(name);
        raw(':');
    }

    void text(String text) {
        separate();
        quoted(text);
    }

    void number(long number) {
        if (number >= 0 && number < 10) {
            separate();
            raw((char) ('0' + number));
        } else {
            plain(Long.toString(number));
        }
    }

    /** @param number no infinity, which JSON has no word for */
    void number(double number) {
        plain(Double.toString(number));
    }

    void bool(boolean is) {
        plain(is ? "true" : "false");
    }

    private void separate() {
        byte last = length == 0 ? (byte) '\n' : bytes[length - 1];
        if (last != '{' && last != '[' && last != ':' && last != '\n') {
            raw(',');
        }
    }

    private void quoted(String text) {
        int chars = text.length();
        reserve(chars + 2);
        int at = length;
        bytes[at++] = '"';
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                escaped(text);
                return;
            }
            bytes[at++] = (byte) c;
        }
        bytes[at++] = '"';
        length = at;
    }

    private void escaped(String text) {
        byte[] quoted = ESCAPES.quoteAsUTF8(text);
        reserve(quoted.length + 2);
        bytes[length++] = '"';
        System.arraycopy(quoted, 0, bytes, length, quoted.length);
        length += quoted.length;
        bytes[length++] = '"';
    }

    private void plain(String number) {
        separate();
        ascii(number);
    }

    /** The deprecated method cuts characters to bytes, which is what we want, and is the only one that makes no array. */
    @SuppressWarnings("deprecation")
    private void ascii(String text) {
        reserve(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
    }

    private void raw(char one) {
        reserve(1);
        bytes[length++] = (byte) one;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
