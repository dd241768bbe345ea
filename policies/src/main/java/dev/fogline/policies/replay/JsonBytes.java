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

    private static final double BILLION = 1e9;
    /** Below it a double holds every billionth as a whole number. */
    private static final double EXACT = (1L << 53) / BILLION;

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
        reserve(name.length() + 3);
        bytes[length] = '"';
        ascii(name, length + 1);
        length += name.length() + 3;
        bytes[length - 2] = '"';
        bytes[length - 1] = ':';
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

    /**
     * In figures that give the same number when they are read. Most have few decimals, and are written as a whole number of
     * billionths, which takes a fraction of the time.
     *
     * @param number no infinity, which JSON has no word for
     */
    void number(double number) {
        long billionths = number >= 0 && number < EXACT ? Math.round(number * BILLION) : -1;
        // Both are exact, so the division gives the number nearest to the decimals, as a reader of them does.
        if (billionths > 0 && billionths / BILLION == number) {
            decimals(billionths);
        } else {
            plain(Double.toString(number));
        }
    }

    private void decimals(long billionths) {
        separate();
        ascii(Long.toString(billionths / (long) BILLION));
        raw('.');
        long rest = billionths % (long) BILLION;
        for (long unit = (long) BILLION / 10; rest > 0 || unit == (long) BILLION / 10; unit /= 10) {
            raw((char) ('0' + rest / unit));
            rest %= unit;
        }
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

    private void ascii(String text) {
        reserve(text.length());
        ascii(text, length);
        length += text.length();
    }

    /** The deprecated method cuts characters to bytes, which is what we want, and is the only one that makes no array. */
    @SuppressWarnings("deprecation")
    private void ascii(String text, int at) {
        text.getBytes(0, text.length(), bytes, at);
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
