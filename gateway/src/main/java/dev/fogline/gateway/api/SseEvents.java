package dev.fogline.gateway.api;

import dev.fogline.gateway.api.SseEvent.Slice;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into server-sent events, for any chunking. Lines end with LF or CRLF; the lone CR that the
 * specification also allows is used by no model server.
 */
final class SseEvents {
    /** An event larger than this is no chunk of an answer. */
    static final int MAX_EVENT = 4 * 1024 * 1024;

    private byte[] carry = new byte[0];

    /**
     * Takes one chunk and hands over every event that it completes.
     *
     * @return false when an event grows beyond {@link #MAX_EVENT}
     */
    boolean feed(byte[] chunk, Consumer<SseEvent> sink) {
        int scan = carry.length;
        byte[] bytes = scan == 0 ? chunk : concat(carry, chunk);
        int start = 0;
        int line = lineStart(bytes, scan);
        for (int i = scan; i < bytes.length; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            boolean blank = i == line || (i == line + 1 && bytes[line] == '\r');
            line = i + 1;
            if (blank) {
                sink.accept(event(bytes, start, line));
                start = line;
            }
        }
        carry = start == 0 && scan == 0 ? bytes : java.util.Arrays.copyOfRange(bytes, start, bytes.length);
        return carry.length <= MAX_EVENT;
    }

    /** What stands after the last blank line when the stream has ended: some servers leave out the last one. */
    Optional<SseEvent> end() {
        if (carry.length == 0) {
            return Optional.empty();
        }
        SseEvent rest = event(carry, 0, carry.length);
        carry = new byte[0];
        return rest.isComment() ? Optional.empty() : Optional.of(rest);
    }

    private static int lineStart(byte[] bytes, int from) {
        int line = from;
        while (line > 0 && bytes[line - 1] != '\n') {
            line--;
        }
        return line;
    }

    private static SseEvent event(byte[] bytes, int start, int end) {
        Slice data = Slice.EMPTY;
        ByteArrayOutputStream joined = null;
        int line = start;
        while (line < end) {
            int stop = line;
            while (stop < end && bytes[stop] != '\n') {
                stop++;
            }
            int next = stop + 1;
            if (stop > line && bytes[stop - 1] == '\r') {
                stop--;
            }
            if (isData(bytes, line, stop)) {
                int from = line + 5 < stop && bytes[line + 5] == ' ' ? line + 6 : line + 5;
                Slice slice = new Slice(bytes, from, stop);
                if (data.length() == 0 && joined == null) {
                    data = slice;
                } else {
                    // Data of several lines is one text with line feeds between them.
                    if (joined == null) {
                        joined = new ByteArrayOutputStream();
                        joined.write(data.bytes(), data.start(), data.length());
                    }
                    joined.write('\n');
                    joined.write(bytes, from, stop - from);
                }
            }
            line = next;
        }
        if (joined != null) {
            byte[] all = joined.toByteArray();
            data = new Slice(all, 0, all.length);
        }
        return new SseEvent(bytes, start, end, data);
    }

    private static boolean isData(byte[] bytes, int line, int stop) {
        return stop - line >= 5
                && bytes[line] == 'd'
                && bytes[line + 1] == 'a'
                && bytes[line + 2] == 't'
                && bytes[line + 3] == 'a'
                && bytes[line + 4] == ':';
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
