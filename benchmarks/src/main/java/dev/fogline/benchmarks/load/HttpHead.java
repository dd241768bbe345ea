package dev.fogline.benchmarks.load;

import java.nio.charset.StandardCharsets;

/** Reads what the two sides need of an HTTP/1.1 head; one instance is used again and again by one thread. */
final class HttpHead {
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRANSFER = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONNECTION = "connection:".getBytes(StandardCharsets.US_ASCII);

    private int status;
    private int length;
    private boolean chunked;
    private boolean close;

    /** @return where the body begins, or -1 when the head is not complete */
    int read(byte[] bytes, int from, int to) {
        status = 0;
        length = -1;
        chunked = false;
        close = false;
        int line = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            if (i - line <= 1) {
                return i + 1;
            }
            if (line == from) {
                status = status(bytes, from);
            } else {
                header(bytes, line, i);
            }
            line = i + 1;
        }
        return -1;
    }

    /** The three digits after {@code HTTP/1.1 }; nonsense for a request, whose first line nobody asks about. */
    private static int status(byte[] bytes, int from) {
        return (bytes[from + 9] - '0') * 100 + (bytes[from + 10] - '0') * 10 + bytes[from + 11] - '0';
    }

    private void header(byte[] bytes, int line, int end) {
        switch (bytes[line] | 0x20) {
            case 'c' -> {
                if (starts(bytes, line, end, LENGTH)) {
                    length = number(bytes, line + LENGTH.length, end);
                } else if (starts(bytes, line, end, CONNECTION)) {
                    close = (bytes[line + CONNECTION.length + 1] | 0x20) == 'c';
                }
            }
            case 't' -> chunked |= starts(bytes, line, end, TRANSFER);
            default -> {}
        }
    }

    private static boolean starts(byte[] bytes, int line, int end, byte[] name) {
        if (end - line < name.length + 2) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if ((bytes[line + i] | 0x20) != (name[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int from, int end) {
        int value = 0;
        for (int i = from; i < end; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                value = value * 10 + bytes[i] - '0';
            }
        }
        return value;
    }

    int status() {
        return status;
    }

    /** -1 when the head names none. */
    int length() {
        return length;
    }

    boolean chunked() {
        return chunked;
    }

    /** The peer will close the connection after this message. */
    boolean close() {
        return close;
    }
}
