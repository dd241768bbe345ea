package dev.fogline.gateway;

import dev.fogline.gateway.api.ChatRequest;
import dev.fogline.gateway.api.ChatRequestReader;
import dev.fogline.gateway.api.Failure;
import dev.fogline.gateway.api.FailureException;
import dev.fogline.gateway.api.RequestBody;
import dev.fogline.policies.Policy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** From a connection to a checked request. */
final class Intake {
    /** Small bodies are read where they arrive; larger ones, or names, would hold up the other exchanges of the event loop. */
    private static final int ON_THE_EVENT_LOOP = 32 * 1024;

    private final Vertx vertx;
    private final RequestBody bodies;
    private final Supplier<Policy> inForce;
    private final Executor pool;
    private final Reporting reporting;
    private final ActiveExchanges active;

    /**
     * A request as the detectors of one policy read it.
     *
     * @param policy that must decide about it: another might rely on what its detectors did not look for
     */
    record Read(Policy policy, ChatRequest request) {}

    /** @param pool bounded: it throws {@link RejectedExecutionException} when it is full */
    Intake(
            Vertx vertx,
            RequestBody bodies,
            Supplier<Policy> inForce,
            Executor pool,
            Reporting reporting,
            ActiveExchanges active) {
        this.active = active;
        this.reporting = reporting;
        this.vertx = vertx;
        this.bodies = bodies;
        this.inForce = inForce;
        this.pool = pool;
    }

    ChatExchange open(HttpServerRequest http) {
        var exchange = new ChatExchange(ExchangeIds.next(System.currentTimeMillis()), http, vertx, System.nanoTime());
        active.begin();
        exchange.atEnd(active::end);
        return exchange;
    }

    Future<Read> read(ChatExchange exchange) {
        return arrival(exchange)
                .compose(received -> {
                    exchange.atEnd(received.share()::close);
                    return parse(received.bytes());
                })
                .onSuccess(read -> exchange.read(read.request().body().length, read.request().stream()));
    }

    /** The whole body, or why the exchange was stopped before it had come. */
    private Future<RequestBody.Received> arrival(ChatExchange exchange) {
        Promise<RequestBody.Received> arrived = Promise.promise();
        exchange.running(() -> exchange.stopped().ifPresent(why -> arrived.tryFail(new FailureException(why))));
        bodies.read(exchange.http()).onFailure(arrived::tryFail).onSuccess(received -> {
            if (!arrived.tryComplete(received)) {
                received.share().close();
            }
        });
        return arrived.future();
    }

    private Read timed(Policy policy, byte[] bytes) {
        long start = System.nanoTime();
        ChatRequest request = new ChatRequestReader(policy.detectors()).read(bytes);
        reporting.read(System.nanoTime() - start);
        return new Read(policy, request);
    }

    private Future<Read> parse(byte[] bytes) {
        // Once for the exchange: whatever is loaded later is for later requests.
        Policy policy = inForce.get();
        if (bytes.length <= ON_THE_EVENT_LOOP && !policy.detectors().slow()) {
            return Future.succeededFuture(timed(policy, bytes));
        }
        // Completed through the context, so that the exchange stays on its event loop.
        var context = vertx.getOrCreateContext();
        Promise<Read> read = Promise.promise();
        try {
            pool.execute(() -> {
                try {
                    Read done = timed(policy, bytes);
                    context.runOnContext(back -> read.complete(done));
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
