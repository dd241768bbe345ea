package dev.fogline.gateway.api;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;

/** The bytes of a buffer that nobody writes to any more. */
final class BufferBytes {
    private BufferBytes() {}

    /** Without a copy where the buffer is just an array, as what HTTP has read is. */
    @SuppressWarnings("deprecation")
    static byte[] of(Buffer buffer) {
        ByteBuf bytes = buffer.getByteBuf();
        boolean whole = bytes.hasArray()
                && bytes.arrayOffset() + bytes.readerIndex() == 0
                && bytes.array().length == bytes.readableBytes();
        return whole ? bytes.array() : buffer.getBytes();
    }
}
