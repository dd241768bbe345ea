package dev.fogline.gateway.upstream;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call to an upstream with the request at hand, so that it can be cancelled in every phase: waiting for a connection,
 * waiting until it may send, sending, waiting for the head, reading. A future alone cannot be cancelled.
 *
 * <p>Used by one event loop only.
 */
public final class UpstreamCall {
    private static final long CANCEL = 0x8; // HTTP/2 CANCEL; on HTTP/1.1 the connection is closed

    private final Upstream upstream;
    private final RequestOptions options;
    private final Consumer<MultiMap> headers;
    private final Buffer body;
    private final Clearance clearance;
    private final Promise<HttpClientResponse> response = Promise.promise();
    private @Nullable HttpClientRequest request;
    private @Nullable UpstreamFailure stopped;
    private boolean repeated;

    UpstreamCall(
            Upstream upstream, RequestOptions options, Consumer<MultiMap> headers, Buffer body, Clearance clearance) {
        this.clearance = clearance;
        this.upstream = upstream;
        this.options = options;
        this.headers = headers;
        this.body = body;
        connect();
    }

    private void connect() {
        upstream.connect(options)
                .onFailure(cause -> response.tryFail(new UpstreamException(new UpstreamFailure.Refused(
                        "no connection: " + cause.getClass().getSimpleName(), true, false))))
                .onSuccess(this::connected);
    }

    private void connected(HttpClientRequest connected) {
        // What fails is told by the response's future; without a handler our own resets would be logged as errors.
        connected.exceptionHandler(ignored -> {});
        if (stopped != null) {
            close(connected);
            return;
        }
        boolean reused = upstream.reused(connected.connection());
        if (!upstream.mayTalkTo(connected.connection())) {
            stop(connected, new UpstreamFailure.Refused("its address is not local", false, false));
            return;
        }
        request = connected;
        // Not by the options: Vert.x would copy each, looking for another one first.
        headers.accept(connected.headers());
        connected.response().onComplete(head -> {
            if (head.failed()) {
                failedBeforeTheHead(reused);
                return;
            }
            // Nobody reads yet; without the pause the first chunk would be lost on its way to whoever will.
            head.result().pause();
            // Whoever reads sets a handler of its own; an answer that nobody reads is reset, and that is no error to
            // log.
            head.result().exceptionHandler(ignored -> {});
            response.tryComplete(head.result());
        });
        clearance.toSend(repeated).onComplete(cleared -> {
            if (request != connected || response.future().isComplete()) {
                return; // stopped or broken in the meantime
            }
            if (cleared.failed()) {
                // After a reset, what was sent the first time counts.
                stop(connected, repeated ? new UpstreamFailure.Reset() : new UpstreamFailure.Unaudited());
                return;
            }
            var unused = body.length() == 0 ? connected.send() : connected.send(body);
        });
    }

    /** A kept connection may have been closed by its other end just now; that says nothing of the target. */
    private void failedBeforeTheHead(boolean reused) {
        if (stopped == null && reused && !repeated) {
            repeated = true;
            request = null;
            connect();
        } else {
            // A stop fails the request first of all, and is no fault of the target.
            response.tryFail(new UpstreamException(stopped != null ? stopped : new UpstreamFailure.Reset()));
        }
    }

    /** The head of the answer, paused; fails with {@link UpstreamException}. */
    public Future<HttpClientResponse> response() {
        return response.future();
    }

    /** The whole of an answer, read from its paused head; fails with {@link UpstreamException}, also if it is longer. */
    public Future<Buffer> whole(HttpClientResponse head, int maxBytes) {
        Promise<Buffer> whole = Promise.promise();
        var read = new Pieces();
        head.handler(chunk -> {
            if (read.length() + chunk.length() > maxBytes) {
                var failure = new UpstreamFailure.Foreign("an answer of more than " + maxBytes + " bytes");
                stop(failure);
                whole.tryFail(new UpstreamException(failure));
            } else {
                read.add(chunk);
            }
        });
        head.endHandler(end -> whole.tryComplete(read.all()));
        head.exceptionHandler(cause -> whole.tryFail(new UpstreamException(failure(cause))));
        head.resume();
        return whole.future();
    }

    /** What has come; most answers come in one piece, which is not copied. */
    private static final class Pieces {
        private Buffer first = Buffer.buffer(0);
        private @Nullable Buffer more;

        int length() {
            return more == null ? first.length() : more.length();
        }

        void add(Buffer piece) {
            if (more != null) {
                more.appendBuffer(piece);
            } else if (first.length() == 0) {
                first = piece;
            } else {
                more = Buffer.buffer(2 * (first.length() + piece.length()))
                        .appendBuffer(first)
                        .appendBuffer(piece);
            }
        }

        Buffer all() {
            return more == null ? first : more;
        }
    }

    /** Whether the request was sent again because a kept connection turned out to be closed. */
    public boolean repeated() {
        return repeated;
    }

    /** Stops the call and makes the upstream see it: its connection or stream is closed. */
    public void stop(UpstreamFailure why) {
        if (stopped == null) {
            stop(request, why);
        }
    }

    private void stop(@Nullable HttpClientRequest running, UpstreamFailure why) {
        stopped = why;
        if (running != null) {
            close(running);
        }
        response.tryFail(new UpstreamException(why));
    }

    /**
     * On HTTP/1.1 a reset closes the connection only after what is queued has been written, which an upstream that stopped
     * reading puts off for ever, and not at all while nothing was sent. Nothing in Vert.x' public interface closes at once.
     */
    private static void close(HttpClientRequest request) {
        request.reset(CANCEL);
        if (request.version() != HttpVersion.HTTP_2 && request.connection() instanceof ConnectionBase connection) {
            // Not channel().close(): that would pass through the same queue.
            var unused = connection.channelHandlerContext().close();
        }
    }

    /** What a failure while reading means: our own stop, or the upstream's. */
    public UpstreamFailure failure(Throwable cause) {
        if (stopped != null) {
            return stopped;
        }
        return cause instanceof StreamResetException ? new UpstreamFailure.Reset() : UpstreamException.of(cause);
    }
}
