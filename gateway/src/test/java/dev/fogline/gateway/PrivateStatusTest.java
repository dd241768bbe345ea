package dev.fogline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Availability;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client is told when something that may not leave finds no edge; whatever it is, nothing has left. */
class PrivateStatusTest {
    private @Nullable GatewayFixture started;

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    private GatewayFixture start() {
        return started = new GatewayFixture("", Map.of());
    }

    /** What may never leave, and what may leave only masked and cannot be masked. */
    private static String body(String text) {
        return "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stop\":\"" + text + "\"}";
    }

    private static void isRefused(GatewayFixture fogline, HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(new JsonObject(answer.body()).getJsonObject("error").getString("code"))
                .isEqualTo(code);
        assertThat(answer.headers().firstValue("X-Fogline-Reason")).contains("privacy");
        assertThat(fogline.cloud.arrivalsUntilNow()).as("requests at the cloud").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"11010519491231002X", "li.wei@example.com"})
    void an_edge_that_is_not_ready_is_503(String text) {
        GatewayFixture fogline = start();
        fogline.edge.status(ScriptedUpstream.agentStatus().put("state", "starting"));
        fogline.awaitEdge(Availability.NOT_READY);
        HttpResponse<String> answer = fogline.chat(body(text));
        isRefused(fogline, answer, 503, "no_target_available");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"11010519491231002X", "li.wei@example.com"})
    void an_edge_that_refuses_the_connection_is_503(String text) {
        GatewayFixture fogline = start();
        fogline.edge.answersStatus(503, "{}");
        isRefused(fogline, fogline.chat(body(text)), 503, "no_target_available");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11010519491231002X", "li.wei@example.com"})
    void an_edge_whose_queue_is_full_is_429(String text) {
        GatewayFixture fogline = start();
        fogline.edge.answersStatus(429, "{}");
        isRefused(fogline, fogline.chat(body(text)), 429, "rate_limited");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11010519491231002X", "li.wei@example.com"})
    void an_edge_that_fails_is_502(String text) {
        GatewayFixture fogline = start();
        fogline.edge.answersStatus(500, "{}");
        isRefused(fogline, fogline.chat(body(text)), 502, "upstream_failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11010519491231002X", "li.wei@example.com"})
    void what_is_pinned_to_the_cloud_is_422(String text) {
        GatewayFixture fogline = start();
        HttpResponse<String> answer = fogline.chat(body(text), "X-Fogline-Tier", "cloud");
        isRefused(fogline, answer, 422, "policy_refused");
        assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11010519491231002X", "li.wei@example.com"})
    void what_is_too_long_for_the_edge_is_400(String text) {
        GatewayFixture fogline = start();
        isRefused(
                fogline,
                fogline.chat(body(text).replace("Hi", "many words ".repeat(1_000))),
                400,
                "context_length_exceeded");
    }
}
