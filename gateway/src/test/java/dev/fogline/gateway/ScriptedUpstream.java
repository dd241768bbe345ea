package dev.fogline.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A real server on a free port that answers as a test says and remembers every byte it got. */
final class ScriptedUpstream implements AutoCloseable {
    /** What came with one chat request. */
    record Seen(String path, io.vertx.core.MultiMap headers, Buffer body) {
        JsonObject json() {
            return body.toJsonObject();
        }
    }

    private final HttpServer server;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<String> statusCredentials = new CopyOnWriteArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger arrived = new AtomicInteger();
    private volatile BiConsumer<HttpServerRequest, Buffer> script = ScriptedUpstream::hello;
    private volatile JsonObject status = agentStatus();

    ScriptedUpstream(Vertx vertx) {
        this(vertx, new HttpServerOptions());
    }

    ScriptedUpstream(Vertx vertx, HttpServerOptions options) {
        server =
                Blocking.get(vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0))
                        .connectionHandler(connection -> connection.closeHandler(gone -> closed.incrementAndGet()))
                        .requestHandler(this::handle)
                        .listen());
    }

    private void handle(HttpServerRequest request) {
        if (request.path().equals("/status")) {
            statusCredentials.add(String.valueOf(request.getHeader("Authorization")));
            request.response().end(status.toBuffer());
            return;
        }
        arrived.incrementAndGet();
        request.body().onSuccess(body -> {
            seen.add(new Seen(request.path(), request.headers(), body));
            script.accept(request, body);
        });
    }

    /** What an edge-agent with one small model says of itself. */
    static JsonObject agentStatus() {
        return new JsonObject("""
                {"version":1,"state":"ready","model":"small","context":2048,"max_tokens":1024,
                 "slots":{"total":2,"busy":0},"queue":{"length":0,"capacity":16,"oldest_wait_ms":0},
                 "refuses":["audio","file","functions","image","n","remote_media","tools"]}""");
    }

    void status(JsonObject now) {
        status = now;
    }

    void answers(BiConsumer<HttpServerRequest, Buffer> now) {
        script = now;
    }

    void answersStatus(int code, String body) {
        answers((request, sent) -> request.response()
                .setStatusCode(code)
                .putHeader("content-type", "application/json")
                .end(body));
    }

    int port() {
        return server.actualPort();
    }

    List<Seen> seen() {
        return seen;
    }

    /** The Authorization of every question for the status. */
    List<String> statusCredentials() {
        return statusCredentials;
    }

    /** How many requests' heads came since this was last asked, with their bodies or not. */
    int arrivalsUntilNow() {
        return arrived.getAndSet(0);
    }

    int closedConnections() {
        return closed.get();
    }

    /** A short answer, whole or streamed as asked, with usage when asked. */
    static void hello(HttpServerRequest request, Buffer body) {
        JsonObject asked = body.toJsonObject();
        if (!asked.getBoolean("stream", false)) {
            request.response().putHeader("content-type", "application/json").end(WHOLE);
            return;
        }
        boolean usage = asked.getJsonObject("stream_options", new JsonObject()).getBoolean("include_usage", false);
        var response = request.response().setChunked(true).putHeader("content-type", "text/event-stream");
        response.write(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
        response.write(chunk("{\"content\":\"Hel\"}", "null"));
        response.write(chunk("{\"content\":\"lo\"}", "null"));
        response.write(chunk("{}", "\"stop\""));
        if (usage) {
            response.write(USAGE);
        }
        response.end("data: [DONE]\n\n");
    }

    /** The head and the first event of a stream. */
    static void begin(HttpServerRequest request) {
        request.response()
                .setChunked(true)
                .putHeader("content-type", "text/event-stream")
                .write(chunk("{\"content\":\"Hel\"}", "null"));
    }

    static final String WHOLE = """
            {"id":"c1","object":"chat.completion","model":"small-2026","choices":[{"index":0,"message":{"role":"assistant",\
            "content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}""";

    static final String USAGE = """
            data: {"id":"c1","object":"chat.completion.chunk","model":"small-2026","choices":[],"usage":{"prompt_tokens":5,\
            "completion_tokens":2,"total_tokens":7}}

            """;

    static String chunk(String delta, String finish) {
        return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"small-2026\",\"choices\":[{\"index\":0,"
                + "\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }

    @Override
    public void close() {
        Blocking.get(server.close());
    }
}
