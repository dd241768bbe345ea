package dev.fogline.gateway.training;

import io.quarkus.runtime.QuarkusApplication;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The gateway answers a few requests of its own, from an upstream of its own, and ends: the classes that the JVM loaded and
 * linked meanwhile go into its ahead-of-time cache (JEP 483, 514), started with {@code -XX:AOTCacheOutput=FILE}. Everything
 * stays on loopback.
 */
public final class TrainingRun implements QuarkusApplication {
    /** The second one finds what only a connection that is kept needs. */
    private static final int ROUNDS = 2;

    private static final long PATIENCE_SECONDS = 20;
    private static final String UPSTREAM_PORT = "fogline.training.upstream";

    private final Vertx vertx;

    TrainingRun(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Writes the configuration of the run.
     *
     * @param state a directory that may be written
     * @return the configuration's file
     */
    public static Path prepare(Path state) {
        int upstream = freePort();
        System.setProperty(UPSTREAM_PORT, Integer.toString(upstream));
        try {
            Files.createDirectories(state);
            return Files.writeString(state.resolve("training.yaml"), """
                    version: 1
                    port: %d
                    operator-port: %d
                    targets:
                      - id: cloud/training
                        base-url: http://127.0.0.1:%d/v1
                        price: { input: 0.15, output: 0.6, source: training, date: "2026-01-01" }
                    """.formatted(freePort(), freePort(), upstream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int run(String... args) throws Exception {
        int gateway = Integer.getInteger("fogline.training.gateway");
        int operators = Integer.getInteger("quarkus.http.port");
        join(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    boolean stream = body.toString().contains("\"stream\":true");
                    request.response()
                            .putHeader("Content-Type", stream ? "text/event-stream" : "application/json")
                            .end(stream ? Script.STREAM : Script.WHOLE);
                }))
                .listen(Integer.getInteger(UPSTREAM_PORT), "127.0.0.1"));
        WebClient client = WebClient.create(vertx);
        for (int i = 0; i < ROUNDS; i++) {
            for (String body : Script.REQUESTS) {
                join(client.post(gateway, "127.0.0.1", "/v1/chat/completions")
                        .putHeader("Content-Type", "application/json")
                        .sendBuffer(Buffer.buffer(body)));
            }
        }
        join(client.get(gateway, "127.0.0.1", "/v1/models").send());
        for (String path : new String[] {"/metrics", "/health/ready", "/admin/v1/targets"}) {
            join(client.get(operators, "127.0.0.1", path).send());
        }
        client.close();
        return 0;
    }

    private static void join(Future<?> work) throws Exception {
        work.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
