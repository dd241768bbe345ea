package dev.fogline.edge.engine;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One chat request on its way to the engine, from the wait for a connection to the last byte. All on one context.
 *
 * <p>{@link #cancel()} works in each phase, because the request is at hand and not a future of it: while waiting for a
 * connection the request is reset as soon as it exists; afterwards the reset closes the connection, which is what makes
 * an engine stop.
 */
public final class EngineCall {
    private static final int ERROR_BODY_BYTES = 64 * 1024;
    static final int ANSWER_BYTES = 32 * 1024 * 1024;

    private final HttpClient http;
    private final Endpoint endpoint;
    private final Context context;
    private final Vertx vertx;
    private final long stallMs;
    private @Nullable HttpClientRequest request;
    private @Nullable Promise<HttpClientResponse> head;
    private @Nullable Handler<EngineFailure> onEnd;
    private boolean ended;
    private long stallTimer = -1;

    EngineCall(HttpClient http, Endpoint endpoint, Context context, Duration stall) {
        this.http = http;
        this.endpoint = endpoint;
        this.context = context;
        this.vertx = context.owner();
        this.stallMs = stall.toMillis();
    }

    /** The answer's head, paused, if the engine said 200; else an {@link EngineFailure}. */
    public Future<HttpClientResponse> open(Buffer body, boolean stream) {
        Promise<HttpClientResponse> promise = Promise.promise();
        head = promise;
        if (ended) {
            promise.tryFail(new EngineFailure.Cancelled());
            return promise.future();
        }
        http.request(endpoint.request(HttpMethod.POST, "/v1/chat/completions"))
                .onFailure(e -> end(new EngineFailure.Unreachable()))
                .onSuccess(created -> {
                    request = created;
                    created.exceptionHandler(e -> end(new EngineFailure.Broken("the engine closed the connection")));
                    if (ended) {
                        close(created);
                        return;
                    }
                    created.putHeader("Content-Type", "application/json");
                    created.putHeader("Accept", stream ? "text/event-stream" : "application/json");
                    created.putHeader("Accept-Encoding", "identity");
                    alive();
                    created.send(body)
                            .onFailure(e -> end(new EngineFailure.Broken("the engine closed the connection")))
                            .onSuccess(this::judge);
                });
        return promise.future();
    }

    private void judge(HttpClientResponse response) {
        if (ended) {
            return;
        }
        response.exceptionHandler(e -> end(new EngineFailure.Broken("the engine closed the connection")));
        if (response.statusCode() == 200) {
            response.pause();
            complete(response);
            return;
        }
        Buffer error = Buffer.buffer();
        response.handler(chunk -> {
            if (error.length() + chunk.length() <= ERROR_BODY_BYTES) {
                error.appendBuffer(chunk);
            }
        });
        response.endHandler(done -> end(EngineErrors.read(response.statusCode(), error)));
    }

    private void complete(HttpClientResponse response) {
        if (head != null) {
            head.tryComplete(response);
        }
    }

    /** An answer that comes as one, at most 32 MiB. */
    Future<Buffer> whole(HttpClientResponse response) {
        Promise<Buffer> promise = Promise.promise();
        Buffer body = Buffer.buffer();
        whenEnded(promise::tryFail);
        response.handler(chunk -> {
            alive();
            if (body.length() + chunk.length() > ANSWER_BYTES) {
                end(new EngineFailure.Broken("the engine's answer has no end"));
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.endHandler(done -> {
            finished();
            promise.tryComplete(body);
        });
        response.resume();
        return promise.future();
    }

    /** Called once when the call ends before the answer does. */
    void whenEnded(Handler<EngineFailure> handler) {
        onEnd = handler;
    }

    /** Notes a sign of life: the wait for the next one starts anew. */
    void alive() {
        if (ended) {
            return;
        }
        if (stallTimer >= 0) {
            vertx.cancelTimer(stallTimer);
        }
        stallTimer = vertx.setTimer(stallMs, late -> end(new EngineFailure.Broken("the engine stalled")));
    }

    /** The answer has been read whole; only the timer is left to end. */
    void finished() {
        ended = true;
        stopTimer();
    }

    /** The caller left. */
    public void cancel() {
        end(new EngineFailure.Cancelled());
    }

    /** Ends the call for this reason, in whatever phase it is. A second call does nothing. */
    void end(EngineFailure failure) {
        if (ended) {
            return;
        }
        ended = true;
        stopTimer();
        if (request != null) {
            close(request);
        }
        if (head != null) {
            head.tryFail(failure);
        }
        if (onEnd != null) {
            onEnd.handle(failure);
        }
    }

    /**
     * The reset closes the connection only after what is queued has been written, which an engine that stopped reading
     * puts off for ever; and not at all if nothing was sent yet. Nothing in Vert.x' public interface closes at once.
     */
    private static void close(HttpClientRequest request) {
        request.reset();
        if (request.connection() instanceof ConnectionBase connection) {
            // Not channel().close(): that would pass through the same queue.
            var unused = connection.channelHandlerContext().close();
        }
    }

    Context context() {
        return context;
    }

    private void stopTimer() {
        if (stallTimer >= 0) {
            vertx.cancelTimer(stallTimer);
            stallTimer = -1;
        }
    }
}
