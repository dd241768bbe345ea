package dev.fogline.edge.engine;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.WriteStream;
import java.util.function.LongSupplier;

/**
 * One small real generation. A health page says that a server listens; only this says that it answers, and whether its
 * token probabilities are real: some engines return exactly 0.0 for every token.
 */
public final class Canary {
    private final EngineClient client;
    private final LongSupplier nanos;

    /**
     * What the generation showed.
     *
     * @param firstTokenMs from sending to the first token, in milliseconds
     * @param tokensPerSecond 0 when there were too few tokens to say
     */
    public record Sight(double firstTokenMs, double tokensPerSecond, boolean logprobs) {}

    Canary(EngineClient client, LongSupplier nanos) {
        this.client = client;
        this.nanos = nanos;
    }

    /** Fails with an {@link EngineFailure}. The call ends by the client's own limit when the engine stalls. */
    Future<Sight> sing(Endpoint endpoint, Context context) {
        Promise<Sight> sight = Promise.promise();
        context.runOnContext(turn -> generate(endpoint, context).onComplete(sight));
        return sight.future();
    }

    private Future<Sight> generate(Endpoint endpoint, Context context) {
        Buffer body = new JsonObject()
                .put("model", endpoint.model())
                .put(
                        "messages",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("role", "user")
                                        .put("content", "Write one sentence about the sea.")))
                .put("max_tokens", 12)
                .put("stream", true)
                .put("stream_options", new JsonObject().put("include_usage", true))
                .put("logprobs", true)
                .put("top_logprobs", 1)
                .toBuffer();
        EngineCall call = client.call(endpoint, context);
        long start = nanos.getAsLong();
        return call.open(body, true).compose(head -> {
            AnswerStream stream = new AnswerStream(call, head, true, nanos);
            return stream.firstEvent()
                    .compose(first -> stream.pipe(new Nowhere()).compose(tally -> {
                        if (tally.firstTokenAt() == 0) {
                            return Future.failedFuture(new EngineFailure.Broken("the engine generated nothing"));
                        }
                        double firstTokenMs = (tally.firstTokenAt() - start) / 1e6;
                        return Future.succeededFuture(
                                new Sight(firstTokenMs, tally.tokensPerSecond(), tally.realLogprobs()));
                    }));
        });
    }

    /** Takes everything and keeps nothing. */
    private static final class Nowhere implements WriteStream<Buffer> {
        @Override
        public WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
            return this;
        }

        @Override
        public Future<Void> write(Buffer data) {
            return Future.succeededFuture();
        }

        @Override
        public void write(Buffer data, Handler<AsyncResult<Void>> handler) {
            handler.handle(Future.succeededFuture());
        }

        @Override
        public void end(Handler<AsyncResult<Void>> handler) {
            handler.handle(Future.succeededFuture());
        }

        @Override
        public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
            return this;
        }

        @Override
        public boolean writeQueueFull() {
            return false;
        }

        @Override
        public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
            return this;
        }
    }
}
