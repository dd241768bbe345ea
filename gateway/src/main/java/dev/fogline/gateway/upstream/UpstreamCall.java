package dev.fogline.gateway.upstream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.StreamResetException;
import org.jspecify.annotations.Nullable;

/**
 * One call to an upstream with the request at hand, so that it can be cancelled in every phase: waiting for a connection,
 * sending, waiting for the head, reading. A future alone cannot be cancelled.
 *
 * <p>Used by one event loop only.
 */
public final class UpstreamCall {
    private static final long CANCEL = 0x8; // HTTP/2 CANCEL; on HTTP/1.1 the connection is closed

    private final Promise<HttpClientResponse> response = Promise.promise();
    private @Nullable HttpClientRequest request;
    private @Nullable UpstreamFailure stopped;

    UpstreamCall(Future<HttpClientRequest> connecting, Buffer body) {
        connecting
                .onFailure(cause -> response.tryFail(new UpstreamException(new UpstreamFailure.Refused(
                        "no connection: " + cause.getClass().getSimpleName(), true))))
                .onSuccess(connected -> connected(connected, body));
    }

    private void connected(HttpClientRequest connected, Buffer body) {
        if (stopped != null) {
            connected.reset(CANCEL);
            return;
        }
        request = connected;
        connected.response().onComplete(head -> {
            if (head.failed()) {
                response.tryFail(new UpstreamException(new UpstreamFailure.Reset()));
                return;
            }
            // Nobody reads yet; without the pause the first chunk would be lost on its way to whoever will.
            head.result().pause();
            // Whoever reads sets a handler of its own; an answer that nobody reads is reset, and that is no error to
            // log.
            head.result().exceptionHandler(ignored -> {});
            response.tryComplete(head.result());
        });
        connected.send(body);
    }

    /** The head of the answer, paused; fails with {@link UpstreamException}. */
    public Future<HttpClientResponse> response() {
        return response.future();
    }

    /** Stops the call and makes the upstream see it: its connection or stream is closed. */
    public void stop(UpstreamFailure why) {
        if (stopped != null) {
            return;
        }
        stopped = why;
        if (request != null) {
            request.reset(CANCEL);
        }
        response.tryFail(new UpstreamException(why));
    }

    /** What a failure while reading means: our own stop, or the upstream's. */
    public UpstreamFailure failure(Throwable cause) {
        if (stopped != null) {
            return stopped;
        }
        return cause instanceof StreamResetException ? new UpstreamFailure.Reset() : UpstreamException.of(cause);
    }
}
