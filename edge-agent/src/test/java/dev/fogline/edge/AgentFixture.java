package dev.fogline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.edge.engine.AttachedEngine;
import dev.fogline.edge.engine.Engine;
import dev.fogline.edge.engine.EngineClient;
import dev.fogline.edge.engine.EngineState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The real request path on a bare Vert.x, with room for one who waits. */
final class AgentFixture {
    static final String STREAM = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true}";
    static final String WHOLE = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    final Vertx vertx;
    final Admission admission;
    final Speed speed = new Speed();
    final Engine engine;
    final HttpServer server;

    /** @param url of an engine that answers already, of which one slot is used */
    AgentFixture(Vertx vertx, URI url) throws Exception {
        this(vertx, new AttachedEngine(vertx, url, null, Duration.ofSeconds(10), status -> {}), 1);
    }

    AgentFixture(Vertx vertx, Engine engine, int slots) throws Exception {
        this.vertx = vertx;
        this.engine = engine;
        admission = new Admission(slots, 1, System::nanoTime);
        engine.start();
        within(Duration.ofMinutes(1), () -> engine.status().state() == EngineState.READY);
        ServiceLimits limits = new ServiceLimits(OptionalInt.empty(), 2048, 1024);
        InferenceHandler inference = new InferenceHandler(
                vertx,
                engine,
                new EngineClient(vertx, 4, Duration.ofSeconds(30)),
                admission,
                limits,
                speed,
                new EdgeMetrics(new SimpleMeterRegistry(), "tiny"));
        Routes routes =
                new Routes(inference, new StatusPage(engine, admission, limits, speed), new Callers(Optional.empty()));
        server = get(vertx.createHttpServer().requestHandler(routes::handle).listen(0, "127.0.0.1"));
    }

    /** Somebody who has sent this request and may hang up. */
    Socket caller(String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream()
                .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + bytes.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return socket;
    }

    static void until(BooleanSupplier condition) {
        within(Duration.ofSeconds(10), condition);
    }

    static void within(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not within " + limit).isLessThan(end);
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    void stop() throws Exception {
        engine.close();
        get(vertx.close());
    }
}
