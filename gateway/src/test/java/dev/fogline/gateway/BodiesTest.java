package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.api.BodyBudget;
import dev.fogline.gateway.api.FailureException;
import dev.fogline.gateway.api.RequestBody;
import dev.fogline.gateway.api.Waits;
import dev.fogline.gateway.audit.DecisionMemory;
import dev.fogline.gateway.audit.GatewayMetrics;
import dev.fogline.policies.Policy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much is taken of a body, and of all bodies together. */
class BodiesTest {
    private static final int MIB = 1024 * 1024;
    private static final int KIB_32 = 32 * 1024;

    private final GatewayFixture fogline = new GatewayFixture();

    @AfterEach
    void stop() {
        fogline.close();
    }

    @Test
    void sixteen_mebibytes_are_taken() {
        String body = ofLength(16 * MIB);
        assertThat(fogline.chat(body).statusCode()).isEqualTo(200);
        assertThat(fogline.cloud.seen().getFirst().body().length()).isGreaterThanOrEqualTo(16 * MIB);
    }

    @Test
    void what_follows_a_413_is_read_for_one_mebibyte_and_no_longer_than_two_seconds() {
        try (var talkative = new RawCaller(fogline.vertx, fogline.port);
                var silent = new RawCaller(fogline.vertx, fogline.port)) {
            String tooLong = RawCaller.head(20L * MIB);
            silent.send(tooLong).await("request_too_large");
            talkative.send(tooLong).await("request_too_large");
            for (int i = 0; i < 15; i++) {
                talkative.send("x".repeat(64 * 1024));
            }
            assertThat(talkative.closed()).as("after 960 KiB").isFalse();
            talkative.send("x".repeat(128 * 1024)).awaitClosed();
            silent.awaitClosed();
        }
    }

    @Test
    void a_body_announced_too_long_gets_413_and_no_100() {
        try (var caller = new RawCaller(fogline.vertx, fogline.port)) {
            caller.send(RawCaller.head(16L * MIB + 1, "Expect: 100-continue\r\n"))
                    .await("request_too_large");
            assertThat(caller.got()).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void all_bodies_in_flight_are_bounded_by_what_they_announce() {
        var callers = new ArrayList<RawCaller>();
        for (int i = 0; i < 4; i++) {
            var caller = new RawCaller(fogline.vertx, fogline.port);
            callers.add(caller.send(RawCaller.head(16L * MIB, "Expect: 100-continue\r\n"))
                    .await("100 Continue"));
        }
        HttpResponse<String> shed = fogline.chat(HI);
        assertThat(shed.statusCode()).isEqualTo(503);
        assertThat(shed.headers().firstValue("Retry-After")).isPresent();
        assertThat(shed.body()).contains("no_target_available");
        assertThat(fogline.edge.seen()).isEmpty();

        callers.forEach(RawCaller::close);
        Blocking.until("their shares are given back", () -> fogline.chat(HI).statusCode() == 200);
    }

    @Test
    void nesting_of_128_is_taken_and_129_is_400() {
        assertThat(fogline.chat(nested(128)).statusCode()).isEqualTo(200);
        HttpResponse<String> deeper = fogline.chat(nested(129));
        assertThat(deeper.statusCode()).isEqualTo(400);
        assertThat(deeper.body()).contains("invalid_request");
    }

    @Test
    void bodies_over_32_kib_go_to_a_pool_and_a_full_pool_is_503() {
        AtomicInteger taken = new AtomicInteger();
        int port = serve(work -> {
            if (taken.incrementAndGet() > 1) {
                throw new RejectedExecutionException();
            }
            work.run();
        });
        assertThat(answer(port, ofLength(KIB_32))).startsWith("HTTP/1.1 200");
        assertThat(taken).hasValue(0);
        assertThat(answer(port, ofLength(KIB_32 + 1))).startsWith("HTTP/1.1 200");
        assertThat(taken).hasValue(1);
        assertThat(answer(port, ofLength(KIB_32 + 1)))
                .startsWith("HTTP/1.1 503")
                .containsIgnoringCase("Retry-After:");
    }

    @Test
    void with_names_on_every_body_is_read_on_the_pool_and_decided_by_the_policy_that_it_was_read_for()
            throws Exception {
        Policy names = Policy.load("names", """
                version: 1
                name: names
                privacy: { detectors: [pii-en, pii-zh, secrets, names] }
                """);
        var inForce = new AtomicReference<>(names);
        var decides = new AtomicReference<@Nullable Policy>();
        int port = serve(
                work -> {
                    inForce.set(Policy.builtIn());
                    work.run();
                },
                inForce::get,
                decides::set);
        assertThat(answer(port, HI)).startsWith("HTTP/1.1 200");
        assertThat(decides).hasValue(names);
        assertThat(inForce).doesNotHaveValue(names);
    }

    private int serve(Executor pool) {
        return serve(pool, Policy::builtIn, policy -> {});
    }

    /**
     * Nothing but the intake, with a pool of the test's own.
     *
     * @param read is told for which policy each request was read
     */
    private int serve(Executor pool, Supplier<Policy> inForce, Consumer<Policy> read) {
        var metrics = new GatewayMetrics(new SimpleMeterRegistry());
        var intake = new Intake(
                fogline.vertx,
                new RequestBody(
                        fogline.vertx,
                        new BodyBudget(MIB),
                        new Waits(fogline.vertx, Duration.ofMinutes(1), System::nanoTime)),
                inForce,
                pool,
                new Reporting(metrics, new DecisionMemory(feature -> false), ended -> {}),
                new ActiveExchanges());
        return Blocking.get(fogline.vertx
                        .createHttpServer()
                        .requestHandler(http -> intake.read(intake.open(http)).onComplete(done -> {
                            if (done.failed()) {
                                refuse(http, (FailureException) done.cause());
                            } else {
                                read.accept(done.result().policy());
                                http.response().end("read");
                            }
                        }))
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    private static void refuse(HttpServerRequest http, FailureException why) {
        ResponseHeaders.failure(http.response(), why.failure());
        http.response().setStatusCode(why.failure().status()).end();
    }

    private String answer(int port, String body) {
        try (var caller = new RawCaller(fogline.vertx, port)) {
            return caller.post(body).await("\r\n\r\n").got();
        }
    }

    /** A request of so many bytes, for the cloud. */
    private static String ofLength(int bytes) {
        String body = HI.replace("auto", "cloud");
        return body.replace("Hi", "a ".repeat(bytes).substring(0, bytes - body.length() + 2));
    }

    /** The object itself is the first level. */
    private static String nested(int levels) {
        return HI.replace("{\"model\"", "{\"x\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + ",\"model\"");
    }
}
