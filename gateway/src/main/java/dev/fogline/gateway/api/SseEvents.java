package dev.fogline.gateway.api;

import dev.fogline.gateway.api.SseEvent.Slice;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into server-sent events, for any chunking. Lines end with LF or CRLF; the lone CR that the
 * specification also allows is used by no model server.
 */
final class SseEvents {
    /** An event larger than this is no chunk of an answer. */
    static final int MAX_EVENT = 4 * 1024 * 1024;

    /** A buffer that one large event made larger is let go after it. */
    private static final int KEPT = 64 * 1024;

    private static final byte[] NOTHING = {};

    /** What has come of the event that is not complete: the first {@link #length} bytes. */
    private byte[] bytes = NOTHING;

    private int length;
    /** Where the line begins that the last byte belongs to. */
    private int line;

    /**
     * Takes one chunk and hands over every event that it completes. The bytes of an event are those of the caller only until
     * the sink returns.
     *
     * @return false when an event grows beyond {@link #MAX_EVENT}
     */
    boolean feed(Buffer chunk, Consumer<SseEvent> sink) {
        int scan = length;
        append(chunk);
        int start = 0;
        for (int i = scan; i < length; i++) {
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
        drop(start);
        return length <= MAX_EVENT;
    }

    private void append(Buffer chunk) {
        int needed = length + chunk.length();
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * length));
        }
        chunk.getBytes(bytes, length);
        length = needed;
    }

    private void drop(int done) {
        length -= done;
        line -= done;
        if (length == 0 && bytes.length > KEPT) {
            bytes = NOTHING;
        } else if (done > 0 && length > 0) {
            System.arraycopy(bytes, done, bytes, 0, length);
        }
    }

    /** What stands after the last blank line when the stream has ended: some servers leave out the last one. */
    Optional<SseEvent> end() {
        if (length == 0) {
            return Optional.empty();
        }
        SseEvent rest = event(bytes, 0, length);
        length = 0;
        line = 0;
        return rest.isComment() ? Optional.empty() : Optional.of(rest);
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
}
