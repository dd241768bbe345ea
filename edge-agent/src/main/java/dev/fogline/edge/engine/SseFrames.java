package dev.fogline.edge.engine;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/**
 * Cuts a byte stream into server-sent events, for any chunking. An event ends at an empty line; lines end with LF or
 * CRLF. Not thread-safe.
 */
public final class SseFrames {
    private final int limit;
    private Buffer rest = Buffer.buffer();
    private int scanned;
    private boolean lineHasContent;

    /** @param limit the most bytes that one event may have */
    public SseFrames(int limit) {
        this.limit = limit;
    }

    /**
     * Takes the next bytes and hands out each event that is now whole.
     *
     * @return false when an event is longer than the limit; nothing more can be read then
     */
    public boolean feed(Buffer chunk, Consumer<SseEvent> events) {
        Buffer bytes = rest.length() == 0 ? chunk : rest.appendBuffer(chunk);
        int start = 0;
        for (int i = scanned; i < bytes.length(); i++) {
            byte b = bytes.getByte(i);
            if (b == '\n') {
                if (!lineHasContent) {
                    if (i + 1 - start > limit) {
                        return false;
                    }
                    events.accept(new SseEvent(bytes.getBuffer(start, i + 1)));
                    start = i + 1;
                }
                lineHasContent = false;
            } else if (b != '\r') {
                lineHasContent = true;
            }
        }
        rest = start == bytes.length() ? Buffer.buffer() : bytes.getBuffer(start, bytes.length());
        scanned = rest.length();
        return rest.length() <= limit;
    }
}
