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

    /** What has come and is not done with: from {@link #done} to {@link #length}. */
    private byte[] bytes = NOTHING;

    private int done;
    private int length;
    /** Where the line begins that the last byte belongs to. */
    private int line;

    /**
     * Takes one chunk and hands over every event that it completes. The bytes of an event stay what
     * they are until this returns.
     *
     * @return false when an event grows beyond {@link #MAX_EVENT}
     */
    boolean feed(Buffer chunk, Consumer<SseEvent> sink) {
        int scan = append(chunk);
        for (int i = scan; i < length; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            boolean blank = i == line || (i == line + 1 && bytes[line] == '\r');
            line = i + 1;
            if (blank) {
                sink.accept(event(bytes, done, line));
                done = line;
            }
        }
        return length - done <= MAX_EVENT;
    }

    /** Returns where the chunk begins. */
    private int append(Buffer chunk) {
        drop();
        int from = length;
        int needed = from + chunk.length();
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * from));
        }
        chunk.getBytes(bytes, from);
        length = needed;
        return from;
    }

    /** Not before the next chunk: the sink may still hold what was handed over. */
    private void drop() {
        int left = length - done;
        if (left == 0 && bytes.length > KEPT) {
            bytes = NOTHING;
        } else if (done > 0 && left > 0) {
            System.arraycopy(bytes, done, bytes, 0, left);
        }
        length = left;
        line -= done;
        done = 0;
    }

    /** What stands after the last blank line when the stream has ended: some servers leave out the last one. */
    Optional<SseEvent> end() {
        drop();
        if (length == 0) {
            return Optional.empty();
        }
        SseEvent rest = event(bytes, 0, length);
        done = length;
        line = length;
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
