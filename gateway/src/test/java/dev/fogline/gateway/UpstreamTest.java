package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static dev.fogline.gateway.GatewayFixture.HI_STREAMED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.upstream.UpstreamAddress;
import dev.fogline.policies.Availability;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections to targets, and what goes over them. */
class UpstreamTest {
    private final Vertx vertx = Vertx.vertx();
    private final ScriptedUpstream other = new ScriptedUpstream(vertx);
    private @Nullable GatewayFixture started;

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
        other.close();
        Blocking.get(vertx.close());
    }

    @Test
    void a_target_gets_as_many_calls_at_once_as_it_may_have_and_none_waits() {
        GatewayFixture fogline = start("cloud/other", "limits: { concurrent: 12 }");
        other.answers((request, body) -> {});
        String body = HI.replace("auto", "cloud/other");
        var callers = new ArrayList<RawCaller>();
        for (int i = 0; i < 12; i++) {
            callers.add(new RawCaller(fogline.vertx, fogline.port).post(body));
        }
        Blocking.until("all twelve have arrived", () -> other.seen().size() == 12);
        assertThat(fogline.chat(body).statusCode()).isEqualTo(503);
        assertThat(other.seen()).hasSize(12);
        callers.forEach(RawCaller::close);
    }

    @Test
    void the_status_is_asked_while_every_call_is_taken() {
        GatewayFixture fogline = start("edge/other", "limits: { concurrent: 1 }");
        other.answers((request, body) -> {});
        try (var caller = new RawCaller(fogline.vertx, fogline.port)) {
            caller.post(HI.replace("auto", "edge/other"));
            Blocking.until("its one call is taken", () -> other.seen().size() == 1);
            other.status(ScriptedUpstream.agentStatus().put("state", "restarting"));
            awaitOther(fogline, Availability.NOT_READY);
        }
    }

    @Test
    void idle_connections_are_kept_4_s_to_an_edge_and_30_s_to_a_cloud() {
        GatewayFixture fogline = start("cloud/other", "usage: ask");
        List<UpstreamAddress> addresses = fogline.gateway.config().targets().stream()
                .map(Targets::address)
                .toList();
        assertThat(addresses)
                .extracting(UpstreamAddress::keepAlive)
                .containsExactly(Duration.ofSeconds(4), Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    @Test
    void a_reset_on_a_kept_connection_is_repeated_once_and_counted() {
        GatewayFixture fogline = start("cloud/other", "usage: ask");
        AtomicBoolean cut = new AtomicBoolean();
        other.answers((request, body) -> {
            if (cut.getAndSet(false)) {
                request.connection().close();
            } else {
                ScriptedUpstream.hello(request, body);
            }
        });
        String body = HI.replace("auto", "cloud/other");
        // Each of the two event loops gets a connection of its own to keep.
        for (int i = 0; i < 4; i++) {
            try (var caller = new RawCaller(fogline.vertx, fogline.port)) {
                caller.post(body).await("Hello");
            }
        }
        cut.set(true);
        assertThat(fogline.chat(body).statusCode()).isEqualTo(200);
        assertThat(fogline.counter("fogline.repeats", "target", "cloud/other")).isEqualTo(1);
        assertThat(other.seen()).hasSize(6);
    }

    @Test
    void a_reset_on_a_fresh_connection_is_not_repeated() {
        GatewayFixture fogline = start("cloud/other", "usage: ask");
        other.answers((request, body) -> request.connection().close());
        assertThat(fogline.chat(HI.replace("auto", "cloud/other")).statusCode()).isEqualTo(502);
        assertThat(other.seen()).hasSize(1);
        assertThat(fogline.counter("fogline.repeats", "target", "cloud/other")).isZero();
    }

    @Test
    void a_target_gets_the_fields_that_its_provider_understands() {
        GatewayFixture fogline = start("cloud/other", "usage: never, max-tokens-field: max_tokens, drop: [seed]");
        String body = HI_STREAMED.replace(
                "{\"model\"",
                "{\"seed\":1,\"top_p\":1,\"max_completion_tokens\":7,\"stream_options\":{\"include_usage\":true},"
                        + "\"model\"");
        fogline.chat(body.replace("auto", "cloud/other"));
        fogline.chat(body.replace("auto", "cloud/large"));
        JsonObject particular = other.seen().getFirst().json();
        assertThat(particular.fieldNames())
                .containsExactlyInAnyOrder("model", "stream", "messages", "top_p", "max_tokens");
        assertThat(particular.getInteger("max_tokens")).isEqualTo(7);
        assertThat(fogline.cloud.seen().getFirst().json().fieldNames())
                .contains("seed", "max_completion_tokens", "stream_options");
    }

    private static void awaitOther(GatewayFixture fogline, Availability availability) {
        Blocking.until(
                "the other edge is " + availability,
                () -> fogline.gateway.fleet().snapshot().candidates().stream()
                        .filter(candidate -> candidate.target().id().equals("edge/other"))
                        .allMatch(candidate -> candidate.status().availability() == availability));
    }

    private GatewayFixture start(String id, String settings) {
        GatewayFixture fixture = new GatewayFixture(
                "  - { id: " + id + ", base-url: 'http://127.0.0.1:" + other.port() + "/v1', " + settings + " }",
                Map.of());
        started = fixture;
        if (id.startsWith("edge/")) {
            awaitOther(fixture, Availability.READY);
        }
        return fixture;
    }
}
