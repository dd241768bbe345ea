package dev.fogline.gateway;

import dev.fogline.gateway.api.ChatRequest;
import dev.fogline.gateway.api.ChatRequestReader;
import dev.fogline.gateway.api.Failure;
import dev.fogline.gateway.api.FailureException;
import dev.fogline.gateway.api.RequestBody;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** From a connection to a checked request. */
final class Intake {
    /** Small bodies are read where they arrive; larger ones would hold up the other exchanges of the event loop. */
    private static final int ON_THE_EVENT_LOOP = 32 * 1024;

    private final Vertx vertx;
    private final RequestBody bodies;
    private final ChatRequestReader reader;
    private final Executor pool;
    private final Reporting reporting;
    private final ActiveExchanges active;

    /** @param pool bounded: it throws {@link RejectedExecutionException} when it is full */
    Intake(
            Vertx vertx,
            RequestBody bodies,
            ChatRequestReader reader,
            Executor pool,
            Reporting reporting,
            ActiveExchanges active) {
        this.active = active;
        this.reporting = reporting;
        this.vertx = vertx;
        this.bodies = bodies;
        this.reader = reader;
        this.pool = pool;
    }

    ChatExchange open(HttpServerRequest http) {
        var exchange = new ChatExchange(ExchangeIds.next(System.currentTimeMillis()), http, vertx, System.nanoTime());
        active.begin();
        exchange.atEnd(active::end);
        return exchange;
    }

    Future<ChatRequest> read(ChatExchange exchange) {
        return arrival(exchange)
                .compose(received -> {
                    exchange.atEnd(received.share()::close);
                    return parse(received.bytes());
                })
                .onSuccess(request -> exchange.read(request.body().length, request.stream()));
    }

    /** The whole body, or why the exchange was stopped before it had come. */
    private Future<RequestBody.Received> arrival(ChatExchange exchange) {
        Promise<RequestBody.Received> arrived = Promise.promise();
        // That the client left the body's reader sees too, and it knows bad chunks from a closed connection.
        exchange.running(() -> exchange.stopped()
                .filter(why -> !(why instanceof Failure.ClientGone))
                .ifPresent(why -> arrived.tryFail(new FailureException(why))));
        bodies.read(exchange.http()).onFailure(arrived::tryFail).onSuccess(received -> {
            if (!arrived.tryComplete(received)) {
                received.share().close();
            }
        });
        return arrived.future();
    }

    private ChatRequest timed(byte[] bytes) {
        long start = System.nanoTime();
        ChatRequest request = reader.read(bytes);
        reporting.read(System.nanoTime() - start);
        return request;
    }

    private Future<ChatRequest> parse(byte[] bytes) {
        if (bytes.length <= ON_THE_EVENT_LOOP) {
            return Future.succeededFuture(timed(bytes));
        }
        // Completed through the context, so that the exchange stays on its event loop.
        var context = vertx.getOrCreateContext();
        Promise<ChatRequest> read = Promise.promise();
        try {
            pool.execute(() -> {
                try {
                    ChatRequest request = timed(bytes);
                    context.runOnContext(back -> read.complete(request));
                } catch (RuntimeException | StackOverflowError e) {
                    context.runOnContext(back -> read.fail(e));
                }
            });
        } catch (RejectedExecutionException e) {
            read.fail(new FailureException(
                    new Failure.Shed("large_requests", "too many large requests are being read; try again")));
        }
        return read.future();
    }
}
