package dev.fogline.edge;

import dev.fogline.edge.EngineGuard.Opened;
import dev.fogline.edge.engine.AnswerStream;
import dev.fogline.edge.engine.Chunk;
import dev.fogline.edge.engine.Engine;
import dev.fogline.edge.engine.EngineCall;
import dev.fogline.edge.engine.EngineClient;
import dev.fogline.edge.engine.EngineFailure;
import dev.fogline.edge.engine.EngineKind;
import dev.fogline.edge.engine.EngineStatus;
import dev.fogline.edge.engine.Serving;
import dev.fogline.edge.engine.WholeAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/**
 * The way of one request: read it once, wait for a slot, ask the engine, relay. Reads from top to bottom; each step may
 * end it, and {@link Exchange} sees to it that it ends once.
 */
final class InferenceHandler {
    /** A longer body is parsed off the event loop. */
    private static final int PARSED_HERE_BYTES = 32 * 1024;

    private final Vertx vertx;
    private final Engine engine;
    private final EngineClient client;
    private final EngineGuard guard;
    private final Admission admission;
    private final ServiceLimits limits;
    private final Speed speed;
    private final EdgeMetrics metrics;
    private final LongSupplier nanos;
    private final BodyReader bodies;
    private final ChatRequestReader reader = new ChatRequestReader();

    InferenceHandler(
            Vertx vertx,
            Engine engine,
            EngineClient client,
            Admission admission,
            ServiceLimits limits,
            Speed speed,
            EdgeMetrics metrics) {
        this.vertx = vertx;
        this.engine = engine;
        this.client = client;
        this.guard = new EngineGuard();
        this.admission = admission;
        this.limits = limits;
        this.speed = speed;
        this.metrics = metrics;
        this.nanos = System::nanoTime;
        this.bodies = new BodyReader(vertx);
    }

    void handle(HttpServerRequest request) {
        Exchange exchange = new Exchange(request.response(), vertx.getOrCreateContext(), metrics);
        Failure objection = BodyReader.objection(request.headers());
        if (objection != null) {
            exchange.fail(objection);
            return;
        }
        bodies.read(request, body -> parse(exchange, body), exchange::fail);
    }

    private void parse(Exchange exchange, BodyReader.Body body) {
        exchange.whenOver(body.release());
        EngineStatus status = engine.status();
        Serving serving = status.serving();
        if (serving == null || limits.draining()) {
            exchange.fail(notReady(status));
            return;
        }
        Capabilities capabilities = limits.capabilities(status.kind(), serving);
        byte[] bytes = body.bytes().getBytes();
        Future<ChatRequestReader.Reading> reading = bytes.length <= PARSED_HERE_BYTES
                ? Future.succeededFuture(reader.read(bytes, capabilities))
                : vertx.executeBlocking(() -> reader.read(bytes, capabilities), false);
        reading.onFailure(bug -> exchange.fail(new Failure.Invalid("The request could not be read.")))
                .onSuccess(result -> {
                    switch (result) {
                        case ChatRequestReader.Reading.Rejected(Failure failure) -> exchange.fail(failure);
                        case ChatRequestReader.Reading.Accepted(ChatRequest chat) -> admit(exchange, chat);
                    }
                });
    }

    private void admit(Exchange exchange, ChatRequest chat) {
        metrics.dropped(chat.dropped());
        if (exchange.over()) {
            return;
        }
        // The start may be called in another request's event loop.
        Admission.Ticket ticket = admission.enter(() -> exchange.context().runOnContext(turn -> ask(exchange, chat)));
        if (ticket == null) {
            exchange.fail(new Failure.QueueFull(admission.load().capacity()));
            return;
        }
        exchange.whenOver(ticket::leave);
    }

    private void ask(Exchange exchange, ChatRequest chat) {
        EngineStatus status = engine.status();
        Serving serving = status.serving();
        if (exchange.over()) {
            return;
        }
        if (serving == null) {
            exchange.fail(notReady(status));
            return;
        }
        EngineCall call = client.call(serving.endpoint(), exchange.context());
        exchange.whenOver(call::cancel);
        long start = nanos.getAsLong();
        guard.call(exchange.context(), () -> open(call, chat, status.kind(), serving))
                .onFailure(e -> exchange.fail(failure(e, status, serving)))
                .onSuccess(opened -> {
                    if (exchange.over()) {
                        return;
                    }
                    if (opened.stream() != null) {
                        relay(exchange, opened.stream(), start);
                    } else if (opened.whole() != null) {
                        answer(exchange, opened.whole());
                    }
                });
    }

    private Future<Opened> open(EngineCall call, ChatRequest chat, EngineKind kind, Serving serving) {
        boolean streamed = chat.stream() || (kind.noticesLeavingOnlyInStreams() && chat.sameWhenStreamed());
        Buffer body = chat.body(serving.endpoint().model(), streamed);
        return call.open(body, streamed).compose(head -> {
            if (!chat.stream()) {
                return WholeAnswer.read(call, head).map(whole -> new Opened(head, null, whole));
            }
            AnswerStream stream = new AnswerStream(call, head, chat.usageWanted(), nanos);
            return stream.firstEvent().map(first -> new Opened(head, stream, null));
        });
    }

    private void relay(Exchange exchange, AnswerStream stream, long start) {
        HttpServerResponse response = exchange.response();
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-cache")
                .putHeader("X-Accel-Buffering", "no");
        stream.pipe(response)
                .onSuccess(tally -> {
                    speed.note(
                            tally.firstTokenAt() == 0 ? 0 : (tally.firstTokenAt() - start) / 1e6,
                            tally.tokensPerSecond());
                    metrics.tokens(tally.usage());
                    exchange.succeed(Buffer.buffer());
                })
                .onFailure(cut -> exchange.breakOff(
                        new Failure.EngineFailed("The model server failed in the middle of its answer.")));
    }

    private void answer(Exchange exchange, Buffer whole) {
        try {
            Chunk chunk = Chunk.read(whole.toString(StandardCharsets.UTF_8));
            speed.note(0, chunk.usage().tokensPerSecond());
            metrics.tokens(chunk.usage());
        } catch (Chunk.NoChunk nonsense) {
            exchange.fail(new Failure.EngineFailed("The model server sent what is no answer."));
            return;
        }
        exchange.response().putHeader("Content-Type", "application/json");
        exchange.succeed(whole);
    }

    private Failure notReady(EngineStatus status) {
        return new Failure.NotReady(
                limits.draining() ? "stopping" : status.state().label(), 2);
    }

    private Failure failure(Throwable cause, EngineStatus status, Serving serving) {
        if (EngineGuard.open(cause)) {
            return new Failure.NotReady("it failed too often", EngineGuard.PAUSE_SECONDS);
        }
        return switch (cause) {
            case EngineFailure.ContextExceeded tooLong ->
                new Failure.TooLong(
                        tooLong.promptTokens(),
                        tooLong.context() > 0
                                ? tooLong.context()
                                : limits.capabilities(status.kind(), serving).context());
            case EngineFailure.Refused refused -> refused(refused.status(), status.kind());
            case EngineFailure.Unreachable none -> new Failure.NotReady("no connection", 1);
            case EngineFailure other ->
                new Failure.EngineFailed("The model server failed: " + other.getMessage() + ".");
            default -> new Failure.EngineFailed("The model server failed.");
        };
    }

    private static Failure refused(int status, EngineKind kind) {
        return switch (status) {
            // Its own words stay here: they may quote the prompt.
            case 400, 413, 422 ->
                new Failure.Invalid("The model server (" + kind.label() + ") refused this request with status " + status
                        + "; often the response_format is one it does not support.");
            case 429, 503 -> new Failure.NotReady("busy", 1);
            default -> new Failure.EngineFailed("The model server answered with status " + status + ".");
        };
    }
}
