package dev.fogline.edge.standin;

import dev.fogline.edge.engine.AnswerStream;
import dev.fogline.edge.engine.Engine;
import dev.fogline.edge.engine.EngineCall;
import dev.fogline.edge.engine.EngineClient;
import dev.fogline.edge.engine.EngineFailure;
import dev.fogline.edge.engine.Serving;
import dev.fogline.edge.engine.WholeAnswer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.ThreadLocalRandom;

/** What a cloud would answer to: chat and the list of models, after a delay like that of a wide network. */
final class StandInHandler {
    static final String MODEL = "stand-in";
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final Vertx vertx;
    private final Engine engine;
    private final EngineClient client;
    private final int context;
    private final int delayMs;

    StandInHandler(Vertx vertx, Engine engine, EngineClient client, int context, int delayMs) {
        this.vertx = vertx;
        this.engine = engine;
        this.client = client;
        this.context = context;
        this.delayMs = delayMs;
    }

    void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (request.method().equals(HttpMethod.GET) && "/v1/models".equals(request.path())) {
            json(
                    response,
                    new JsonObject()
                            .put("object", "list")
                            .put(
                                    "data",
                                    new JsonArray()
                                            .add(new JsonObject()
                                                    .put("id", MODEL)
                                                    .put("object", "model")
                                                    .put("created", 0)
                                                    .put("owned_by", "fogline")))
                            .toBuffer());
        } else if (request.method().equals(HttpMethod.POST) && "/v1/chat/completions".equals(request.path())) {
            chat(request);
        } else {
            error(response, 404, "not_found", "There is nothing at this path.");
        }
    }

    private void chat(HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() > MOST_BYTES) {
                request.connection().close();
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> delayed(request.response(), body));
    }

    private void delayed(HttpServerResponse response, Buffer body) {
        StandInRequest chat = StandInRequest.read(body, MODEL, context);
        if (chat == null) {
            error(response, 400, "invalid_request", "The body is no chat request.");
            return;
        }
        Context here = vertx.getOrCreateContext();
        long delay =
                Math.max(1, Math.round(delayMs * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
        vertx.setTimer(delay, arrived -> {
            if (!response.closed()) {
                ask(response, chat, here);
            }
        });
    }

    private void ask(HttpServerResponse response, StandInRequest chat, Context here) {
        Serving serving = engine.status().serving();
        if (serving == null) {
            error(response, 503, "no_target_available", "The stand-in's engine is not ready.");
            return;
        }
        EngineCall call = client.call(serving.endpoint(), here);
        response.closeHandler(gone -> call.cancel());
        // Always asked for a stream: only then does the engine notice that a caller has left.
        call.open(chat.body(), true).onFailure(e -> fail(response, e)).onSuccess(head -> {
            if (!chat.stream()) {
                WholeAnswer.read(call, head)
                        .onFailure(e -> fail(response, e))
                        .onSuccess(answer -> json(response, answer));
                return;
            }
            AnswerStream stream = new AnswerStream(call, head, chat.usageWanted(), System::nanoTime);
            stream.firstEvent().onFailure(e -> fail(response, e)).onSuccess(first -> relay(response, stream));
        });
    }

    private static void relay(HttpServerResponse response, AnswerStream stream) {
        response.setChunked(true).putHeader("Content-Type", "text/event-stream").putHeader("Cache-Control", "no-cache");
        stream.pipe(response)
                .onSuccess(tally -> response.end())
                // No clean end after a cut: the connection says it.
                .onFailure(cut -> response.reset());
    }

    private static void fail(HttpServerResponse response, Throwable cause) {
        if (response.closed()) {
            return;
        }
        switch (cause) {
            case EngineFailure.ContextExceeded tooLong ->
                error(
                        response,
                        400,
                        "context_length_exceeded",
                        "The prompt has " + tooLong.promptTokens() + " tokens; this model's context is "
                                + tooLong.context() + " tokens.");
            case EngineFailure.Refused refused
            when refused.status() < 500 -> error(response, 400, "invalid_request", "The engine refused this request.");
            default -> error(response, 500, "server_error", "The engine failed.");
        }
    }

    private static void error(HttpServerResponse response, int status, String code, String message) {
        JsonObject error = new JsonObject()
                .put("message", message)
                .put("type", status < 500 ? "invalid_request_error" : "server_error")
                .putNull("param")
                .put("code", code);
        response.setStatusCode(status);
        json(response, new JsonObject().put("error", error).toBuffer());
    }

    private static void json(HttpServerResponse response, Buffer body) {
        response.putHeader("Content-Type", "application/json").end(body);
    }
}
