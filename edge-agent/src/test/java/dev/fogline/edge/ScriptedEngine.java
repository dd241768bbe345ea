package dev.fogline.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A real HTTP server that passes for a llama-server and answers chat as a test says. */
final class ScriptedEngine {
    static final String TOKEN = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"sea\"},\"logprobs\":"
            + "{\"content\":[{\"token\":\"sea\",\"logprob\":-0.5}]}}]}\n\n";
    static final String FINISH = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    static final String USAGE = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2},"
            + "\"timings\":{\"predicted_n\":20,\"predicted_per_second\":50.0}}\n\n";
    static final String DONE = "data: [DONE]\n\n";

    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger connectionsClosed = new AtomicInteger();
    final List<JsonObject> bodies = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final String owner;
    private volatile Consumer<HttpServerRequest> script = ScriptedEngine::answer;

    private ScriptedEngine(Vertx vertx, String owner) throws Exception {
        this.owner = owner;
        server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    static ScriptedEngine start(Vertx vertx) throws Exception {
        return start(vertx, "llamacpp");
    }

    /** @param owner by which the agent knows what server it is */
    static ScriptedEngine start(Vertx vertx, String owner) throws Exception {
        return new ScriptedEngine(vertx, owner);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/v1");
    }

    /** How the next chat requests are answered. Counters start anew. */
    void answers(Consumer<HttpServerRequest> next) {
        asked.set(0);
        connectionsClosed.set(0);
        bodies.clear();
        script = next;
    }

    /** Reads the body first, then answers. */
    void answersOnceRead(Consumer<HttpServerRequest> next) {
        answers(request -> request.bodyHandler(body -> {
            bodies.add(body.toJsonObject());
            next.accept(request);
        }));
    }

    Future<Void> close() {
        return server.close();
    }

    private void handle(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.POST)) {
            asked.incrementAndGet();
            request.connection().closeHandler(closed -> connectionsClosed.incrementAndGet());
            script.accept(request);
            return;
        }
        String body = switch (String.valueOf(request.path())) {
            case "/v1/models" -> "{\"data\":[{\"id\":\"tiny\",\"owned_by\":\"" + owner + "\"}]}";
            case "/props" ->
                "{\"build_info\":\"b1-x\",\"total_slots\":4,\"default_generation_settings\":{\"n_ctx\":512}}";
            default -> "";
        };
        request.response().setStatusCode(body.isEmpty() ? 404 : 200).end(body);
    }

    private static void answer(HttpServerRequest request) {
        request.bodyHandler(body -> sse(request, TOKEN + TOKEN + FINISH + USAGE + DONE, true));
    }

    static void sse(HttpServerRequest request, String events, boolean end) {
        request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
        if (end) {
            request.response().end(events);
        } else {
            request.response().write(events);
        }
    }
}
