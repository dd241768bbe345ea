package dev.fogline.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A target that records every byte as it comes, of requests too that never become whole, and says again what it was told, or
 * fails in one of the ways in which targets fail.
 */
final class FaultyUpstream implements AutoCloseable {
    enum Fault {
        NONE,
        ERROR,
        RESET,
        CUT,
        SILENT,
        FULL,
        UNAVAILABLE,
        FOREIGN,
        /** As providers do: it quotes what it was sent. */
        REFUSED
    }

    /** What goes wrong with the next call; asked on event loops. */
    @FunctionalInterface
    interface Weather {
        Fault next();
    }

    private final HttpServer server;
    private final Queue<Buffer> recorded = new ConcurrentLinkedQueue<>();
    private final Map<Fault, AtomicInteger> happened = new ConcurrentHashMap<>();
    private volatile Weather weather = () -> Fault.NONE;
    private volatile boolean ready = true;
    private int asked;

    FaultyUpstream(Vertx vertx, int port) {
        server = Blocking.get(vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                .requestHandler(this::handle)
                .listen());
    }

    int port() {
        return server.actualPort();
    }

    void weather(Weather now) {
        weather = now;
    }

    /** What its status says, where it is an edge. */
    void ready(boolean now) {
        ready = now;
    }

    /** One of each request: its head, and what came of its body. */
    Queue<Buffer> recorded() {
        return recorded;
    }

    Map<Fault, Integer> happened() {
        var counts = new EnumMap<Fault, Integer>(Fault.class);
        happened.forEach((fault, count) -> counts.put(fault, count.get()));
        return counts;
    }

    private void handle(HttpServerRequest request) {
        if (request.path().equals("/status")) {
            // Another queue each time, so that now this and now that edge is the first choice.
            JsonObject status = ScriptedUpstream.agentStatus().put("state", ready ? "ready" : "starting");
            status.getJsonObject("queue").put("length", asked++ * 7 % 5);
            request.response().end(status.toBuffer());
            return;
        }
        Buffer all = Buffer.buffer(request.method() + " " + request.uri() + '\n' + head(request.headers()));
        int body = all.length();
        recorded.add(all);
        request.handler(all::appendBuffer);
        request.endHandler(end -> answer(request, all.getBuffer(body, all.length())));
        request.exceptionHandler(gone -> {});
    }

    private static String head(MultiMap headers) {
        var head = new StringBuilder();
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append('\n'));
        return head.toString();
    }

    /** What parts of one message say together. */
    private void record(JsonObject asked) {
        for (Object message : asked.getJsonArray("messages")) {
            if (((JsonObject) message).getValue("content") instanceof JsonArray parts) {
                var joined = new StringBuilder();
                parts.forEach(part -> joined.append(((JsonObject) part).getString("text", "")));
                recorded.add(Buffer.buffer(joined.toString()));
            }
        }
    }

    private void answer(HttpServerRequest request, Buffer body) {
        Fault fault = weather.next();
        happened.computeIfAbsent(fault, none -> new AtomicInteger()).incrementAndGet();
        HttpServerResponse response = request.response().putHeader("content-type", "application/json");
        response.exceptionHandler(gone -> {});
        JsonObject asked = body.toJsonObject();
        record(asked);
        switch (fault) {
            case ERROR -> response.setStatusCode(500).end(quoting(body));
            case RESET -> request.connection().close();
            case SILENT -> {}
            case FULL ->
                response.setStatusCode(429).putHeader("Retry-After", "1").end("{}");
            case UNAVAILABLE -> response.setStatusCode(503).end(quoting(body));
            case FOREIGN -> response.putHeader("content-type", "text/html").end("<html>" + body + "</html>");
            case REFUSED -> response.setStatusCode(400).end(quoting(body));
            case NONE -> say(response, asked, said(asked), false);
            case CUT -> {
                say(response, asked, said(asked), true);
                request.connection().close();
            }
        }
    }

    private static String quoting(Buffer body) {
        return new JsonObject()
                .put("error", new JsonObject().put("message", "bad: " + body))
                .encode();
    }

    /** All texts of all messages. */
    private static String said(JsonObject asked) {
        var said = new StringBuilder();
        for (Object message : asked.getJsonArray("messages")) {
            texts(((JsonObject) message).getMap(), said);
        }
        return said.toString();
    }

    private static void texts(@Nullable Object in, StringBuilder said) {
        switch (in) {
            case String text -> said.append(text).append('\n');
            case Map<?, ?> object -> object.values().forEach(value -> texts(value, said));
            case Iterable<?> list -> list.forEach(value -> texts(value, said));
            case null, default -> {}
        }
    }

    private static void say(HttpServerResponse response, JsonObject asked, String said, boolean cut) {
        if (!asked.getBoolean("stream", false)) {
            JsonObject message = new JsonObject().put("role", "assistant").put("content", said);
            String whole = new JsonObject(ScriptedUpstream.WHOLE)
                    .put(
                            "choices",
                            new JsonArray()
                                    .add(new JsonObject()
                                            .put("index", 0)
                                            .put("message", message)
                                            .put("finish_reason", "stop")))
                    .encode();
            if (cut) {
                response.setChunked(true).write(whole.substring(0, whole.length() / 2));
            } else {
                response.end(whole);
            }
            return;
        }
        response.setChunked(true).putHeader("content-type", "text/event-stream");
        var stream = Buffer.buffer();
        int from = 0;
        for (int piece = 1; from < said.length(); piece = piece % 11 + 3) {
            int to = Math.min(said.length(), from + piece);
            stream.appendString(ScriptedUpstream.chunk(
                    new JsonObject().put("content", said.substring(from, to)).encode(), "null"));
            from = to;
        }
        if (cut) {
            response.write(stream.slice(0, stream.length() / 2));
        } else {
            stream.appendString(ScriptedUpstream.chunk("{}", "\"stop\"")).appendString("data: [DONE]\n\n");
            response.end(stream);
        }
    }

    @Override
    public void close() {
        Blocking.get(server.close());
    }
}
