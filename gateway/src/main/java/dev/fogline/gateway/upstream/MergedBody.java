package dev.fogline.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.buffer.impl.VertxByteBufAllocator;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts together what one read brought of an answer's body. An upstream sends an HTTP chunk for each event, and Vert.x takes each
 * chunk all the way to its reader, which for a small one costs more than anything that the reader does. Nothing waits:
 * the end of the read passes on what there is.
 */
final class MergedBody extends ChannelInboundHandlerAdapter {
    /** As many bytes as one read may bring: more are passed on at once. */
    private static final int MOST_BYTES = 64 * 1024;

    private final List<HttpContent> pieces = new ArrayList<>();
    private int bytes;

    MergedBody() {}

    /** On HTTP/1.1; HTTP/2 has frames, of which a server makes fewer. Nothing in Vert.x' public interface leads to the channel. */
    static void of(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            ChannelHandlerContext reader = base.channelHandlerContext();
            if (reader.pipeline().get(HttpClientCodec.class) != null) {
                reader.pipeline().addBefore(reader.name(), "merged-body", new MergedBody());
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpContent piece && isPiece(piece)) {
            pieces.add(piece);
            bytes += piece.content().readableBytes();
            if (bytes > MOST_BYTES) {
                passOn(ctx);
            }
        } else {
            passOn(ctx);
            ctx.fireChannelRead(message);
        }
    }

    /** The last one may have trailers, and one that could not be decoded says so itself. */
    private static boolean isPiece(HttpContent content) {
        return !(content instanceof LastHttpContent) && content.decoderResult().isSuccess();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        passOn(ctx);
        ctx.fireChannelReadComplete();
    }

    private void passOn(ChannelHandlerContext ctx) {
        if (pieces.isEmpty()) {
            return;
        }
        HttpContent all = pieces.size() == 1 ? pieces.getFirst() : merged();
        pieces.clear();
        bytes = 0;
        ctx.fireChannelRead(all);
    }

    private HttpContent merged() {
        // Vert.x' own kind of buffer, which it does not copy again.
        ByteBuf merged = VertxByteBufAllocator.DEFAULT.heapBuffer(bytes);
        for (HttpContent piece : pieces) {
            merged.writeBytes(piece.content());
            piece.release();
        }
        return new DefaultHttpContent(merged);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        pieces.forEach(HttpContent::release);
        pieces.clear();
    }
}
