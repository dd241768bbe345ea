package dev.fogline.gateway.api;

import dev.fogline.gateway.api.SseEvent.Slice;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into server-sent events, for any chunking. Lines end with LF or CRLF; the lone CR that the
 * specification also allows is used by no model server.
 */
final class SseEvents {
    /** An event larger than this is no chunk of an answer. */
    static final int MAX_EVENT = 4 * 1024 * 1024;

    private static final byte[] NOTHING = {};

    private final SameChunk same;

    /**
     * What has come and is not done with: from {@link #done} to {@link #length}. A chunk that begins with an event is read where
     * it stands; one that goes on with an event is put behind what has come of it.
     */
    private byte[] bytes = NOTHING;

    /** The chunk whose own bytes those are. */
    private @Nullable Buffer chunk;

    /** Where it begins in them. */
    private int chunkStart;

    private int done;
    private int length;
    /** Where the line begins that the last byte belongs to. */
    private int line;
    /** Where the first line of the event at hand ends, behind its line feed; not above {@link #done} until it has. */
    private int firstLine;

    /** @param same knows most events by those before them */
    SseEvents(SameChunk same) {
        this.same = same;
    }

    /**
     * Takes one chunk, which must not change any more, and hands over every event that it completes. The bytes of an event stay
     * what they are until the next chunk.
     *
     * @param known gets those that the {@link SameChunk} knows
     * @return false when an event grows beyond {@link #MAX_EVENT}
     */
    boolean feed(Buffer chunk, Consumer<SseEvent> sink, Consumer<SseEvent> known) {
        int scan = append(chunk);
        for (int i = scan; i < length; i++) {
            if (i == done) {
                i = known(known);
                if (i == length) {
                    break;
                }
            }
            if (bytes[i] != '\n') {
                continue;
            }
            boolean blank = i == line || (i == line + 1 && bytes[line] == '\r');
            if (blank) {
                // Nearly every event is one line, which needs no second look for where its lines end.
                sink.accept(line == firstLine ? oneLine(bytes, done, firstLine, i + 1) : event(bytes, done, i + 1));
                done = i + 1;
            } else if (firstLine <= done) {
                firstLine = i + 1;
            }
            line = i + 1;
        }
        return length - done <= MAX_EVENT;
    }

    /** Hands over the known events that stand next, and returns where the first one begins that is not. */
    private int known(Consumer<SseEvent> sink) {
        for (int end = same.end(bytes, done, length); end > 0; end = same.end(bytes, done, length)) {
            sink.accept(same.event(bytes, done, end));
            done = end;
            line = end;
        }
        return done;
    }

    /** Returns where the chunk begins. */
    private int append(Buffer next) {
        int left = length - done;
        ByteBuf own = next.getByteBuf();
        if (left == 0 && own.hasArray()) {
            bytes = own.array();
            chunk = next;
            chunkStart = own.arrayOffset() + own.readerIndex();
            done = chunkStart;
            line = done;
            firstLine = done;
            length = done + next.length();
            return done;
        }
        int needed = left + next.length();
        if (needed > bytes.length) {
            moveTo(new byte[Math.max(needed, 2 * left)]);
        } else if (done > 0) {
            moveTo(bytes);
        }
        next.getBytes(bytes, left);
        length = needed;
        return left;
    }

    /** Moves what is left to the start of an array, which may be the one that it stands in. */
    private void moveTo(byte[] to) {
        System.arraycopy(bytes, done, to, 0, length - done);
        bytes = to;
        line -= done;
        firstLine -= done;
        length -= done;
        done = 0;
    }

    /** Some bytes of the events just handed over: of the chunk itself where that is possible. */
    Buffer part(int start, int end) {
        return chunk == null
                ? Buffer.buffer(end - start).appendBytes(bytes, start, end - start)
                : chunk.slice(start - chunkStart, end - chunkStart);
    }

    /** Nobody looks any longer at what was handed over. Of a chunk nothing is kept but what no event ends in. */
    void letGo() {
        if (done == length) {
            moveTo(NOTHING);
        } else if (chunk != null) {
            moveTo(new byte[length - done]);
        }
        chunk = null;
    }

    /** What stands after the last blank line when the stream has ended: some servers leave out the last one. */
    Optional<SseEvent> end() {
        if (length == done) {
            return Optional.empty();
        }
        SseEvent rest = event(bytes, done, length);
        done = length;
        line = length;
        return rest.isComment() ? Optional.empty() : Optional.of(rest);
    }

    /** An event whose only line ends, with its line feed, at {@code lineEnd}. */
    private static SseEvent oneLine(byte[] bytes, int start, int lineEnd, int end) {
        int stop = withoutLineEnd(bytes, start, lineEnd - 1);
        return new SseEvent(
                bytes,
                start,
                end,
                isData(bytes, start, stop) ? new Slice(bytes, dataStart(bytes, start, stop), stop) : Slice.EMPTY);
    }

    private static int withoutLineEnd(byte[] bytes, int line, int stop) {
        return stop > line && bytes[stop - 1] == '\r' ? stop - 1 : stop;
    }

    private static int dataStart(byte[] bytes, int line, int stop) {
        return line + 5 < stop && bytes[line + 5] == ' ' ? line + 6 : line + 5;
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
            stop = withoutLineEnd(bytes, line, stop);
            if (isData(bytes, line, stop)) {
                int from = dataStart(bytes, line, stop);
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
