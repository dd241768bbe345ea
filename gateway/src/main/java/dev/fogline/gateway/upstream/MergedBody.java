package dev.fogline.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.buffer.impl.VertxByteBufAllocator;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what one read brought of an answer's body. An upstream sends an HTTP chunk for each event, and Vert.x takes each
 * chunk all the way to its reader, which for a small one costs more than anything that the reader does. Nothing waits:
 * the end of the read passes on what there is.
 */
final class MergedBody extends ChannelInboundHandlerAdapter {
    /** As many bytes as one read may bring: more are passed on at once. */
    private static final int MOST_BYTES = 64 * 1024;

    /** The only piece so far of the read at hand. */
    private @Nullable HttpContent lone;

    /** All of its pieces, where there are several. */
    private @Nullable ByteBuf several;

    /** So many bytes came together the last time: likely as many as will. */
    private int usual;

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
            add(piece);
            if (several != null && several.readableBytes() > MOST_BYTES) {
                passOn(ctx);
            }
        } else {
            passOn(ctx);
            ctx.fireChannelRead(message);
        }
    }

    private void add(HttpContent piece) {
        if (several == null && lone == null) {
            lone = piece;
            return;
        }
        ByteBuf all = several;
        if (all == null) {
            // Vert.x' own kind of buffer, which it does not copy again.
            all = VertxByteBufAllocator.DEFAULT.heapBuffer(usual);
            several = all;
        }
        if (lone != null) {
            join(all, lone);
            lone = null;
        }
        join(all, piece);
    }

    /** At once: what the decoder makes for a piece then serves it for the next one. */
    private static void join(ByteBuf all, HttpContent piece) {
        all.writeBytes(piece.content());
        piece.release();
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
        HttpContent all = lone;
        if (several != null) {
            usual = several.readableBytes();
            all = new DefaultHttpContent(several);
        }
        lone = null;
        several = null;
        if (all != null) {
            ctx.fireChannelRead(all);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ReferenceCountUtil.release(lone);
        ReferenceCountUtil.release(several);
        lone = null;
        several = null;
    }
}
