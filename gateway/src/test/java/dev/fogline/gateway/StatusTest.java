package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.api.Failure;
import dev.fogline.gateway.upstream.UpstreamFailure;
import dev.fogline.policies.Reason;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which status and code a client is told, and whether it may try again. */
class StatusTest {
    private static final String CN_ID = "11010519491231002X";

    private @Nullable GatewayFixture started;

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void a_request_that_is_only_too_long_is_told_so_pinned_or_not() {
        GatewayFixture fogline = start("");
        String wordy = "many words ".repeat(1000);
        for (String pinned : List.of("edge", "edge/small")) {
            isTooLong(fogline.chat(HI.replace("auto", pinned).replace("Hi", wordy)));
        }
        isTooLong(fogline.chat(HI.replace("Hi", CN_ID + " " + wordy)));
        assertThat(fogline.cloud.seen()).isEmpty();
    }

    private static void isTooLong(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(code(answer)).isEqualTo("context_length_exceeded");
        assertThat(header(answer, "x-should-retry")).isEqualTo("false");
    }

    @Test
    void when_every_target_answers_429_so_do_we_with_retry_after() {
        GatewayFixture fogline = start("");
        fogline.edge.answersStatus(429, "{}");
        fogline.cloud.answers((request, body) -> request.response()
                .setStatusCode(429)
                .putHeader("Retry-After", "7")
                .end());
        HttpResponse<String> answer = fogline.chat(HI);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(code(answer)).isEqualTo("rate_limited");
        assertThat(header(answer, "Retry-After")).isEqualTo("7");
        assertThat(header(answer, "x-should-retry")).isEmpty();
    }

    @Test
    void mixed_failures_are_502_before_503_before_429() {
        var busy = new UpstreamFailure.RateLimited(OptionalInt.empty());
        var refused = new UpstreamFailure.Refused("no connection", true, false);
        var broken = new UpstreamFailure.Reset();
        assertThat(PlanFailure.of(List.of(busy, refused)).status()).isEqualTo(503);
        assertThat(PlanFailure.of(List.of(refused, busy)).status()).isEqualTo(503);
        assertThat(PlanFailure.of(List.of(refused, broken)).status()).isEqualTo(502);
        assertThat(PlanFailure.of(List.of(broken, busy)).status()).isEqualTo(502);
        assertThat(PlanFailure.of(List.of(busy, busy)).status()).isEqualTo(429);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403, 404})
    void what_is_wrong_between_us_and_a_target_is_502_and_takes_it_out(int status) {
        GatewayFixture fogline = start("");
        fogline.cloud.answersStatus(status, "{\"error\":{\"message\":\"the key secret-1 is wrong\"}}");
        HttpResponse<String> rejected = fogline.chat(HI.replace("auto", "cloud"));
        assertThat(rejected.statusCode()).isEqualTo(502);
        assertThat(code(rejected)).isEqualTo("upstream_rejected");
        assertThat(header(rejected, "x-should-retry")).isEqualTo("false");
        assertThat(rejected.body()).doesNotContain("secret-1");

        assertThat(fogline.chat(HI.replace("auto", "cloud")).statusCode()).isEqualTo(503);
        assertThat(fogline.chat(HI).statusCode()).isEqualTo(200);
        assertThat(fogline.cloud.seen()).hasSize(1);
    }

    @Test
    void a_target_that_refuses_the_connection_is_503() {
        GatewayFixture fogline =
                start("  - { id: cloud/gone, base-url: 'http://127.0.0.1:" + FreePort.next() + "/v1' }");
        isUnavailable(fogline.chat(HI.replace("auto", "cloud/gone")));
    }

    @Test
    void a_target_that_failed_too_often_is_503() {
        GatewayFixture fogline = start("");
        fogline.cloud.answersStatus(500, "{}");
        for (int i = 0; i < 6; i++) {
            assertThat(fogline.chat(HI.replace("auto", "cloud")).statusCode()).isEqualTo(502);
        }
        isUnavailable(fogline.chat(HI.replace("auto", "cloud")));
    }

    @Test
    void a_target_without_a_free_permit_is_503() {
        GatewayFixture fogline = start("    limits: { concurrent: 1 }");
        fogline.cloud.answers((request, body) -> {});
        try (var caller = new RawCaller(fogline.vertx, fogline.port)) {
            caller.post(HI.replace("auto", "cloud"));
            Blocking.until("it has its one call", () -> fogline.cloud.seen().size() == 1);
            isUnavailable(fogline.chat(HI.replace("auto", "cloud")));
        }
    }

    private static void isUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(code(answer)).isEqualTo("no_target_available");
        assertThat(header(answer, "Retry-After")).isNotEmpty();
        assertThat(header(answer, "x-should-retry")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void a_targets_word_on_a_bad_request_is_passed_on(int status) {
        GatewayFixture fogline = start("");
        String words = "{\"error\":{\"message\":\"temperature is odd\",\"code\":\"odd\"}}";
        fogline.edge.answersStatus(status, words);
        HttpResponse<String> answer = fogline.chat(HI);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(words);
        assertThat(header(answer, "x-should-retry")).isEqualTo("false");
        assertThat(fogline.cloud.seen()).isEmpty();
    }

    @Test
    void what_waiting_cannot_cure_says_so_and_nothing_else_does() {
        List<Failure> lasting = List.of(
                new Failure.Invalid("m"),
                new Failure.ContextLength("m"),
                new Failure.Http(401, "c", "m"),
                new Failure.Http(403, "c", "m"),
                new Failure.ModelNotFound("m"),
                new Failure.MethodNotAllowed("POST"),
                new Failure.Http(413, "c", "m"),
                new Failure.Http(415, "c", "m"),
                new Failure.Http(421, "c", "m"),
                new Failure.PolicyRefused("m"),
                new Failure.BudgetExhausted("m", OptionalInt.of(1)),
                new Failure.UpstreamRejected("m"),
                new Failure.Deadline("m"),
                new Failure.Http(508, "c", "m"));
        assertThat(lasting).allMatch(Failure::hopeless);
        List<Failure> passing = List.of(
                new Failure.Http(408, "c", "m"),
                new Failure.RateLimited("m", OptionalInt.of(1)),
                new Failure.UpstreamFailed("m"),
                new Failure.NoTarget("m"),
                new Failure.Shed("c", "m"),
                new Failure.Internal());
        assertThat(passing).noneMatch(Failure::hopeless);

        GatewayFixture fogline = start("");
        fogline.chat(HI);
        String via = fogline.edge.seen().getFirst().headers().get("Via");
        try (var caller = new RawCaller(fogline.vertx, fogline.port)) {
            caller.post(HI, "Via: " + via + "\r\n").await("loop_detected");
            assertThat(caller.got()).containsIgnoringCase("x-should-retry: false");
        }
        fogline.edge.answersStatus(500, "{}");
        assertThat(header(fogline.chat(HI.replace("auto", "edge")), "x-should-retry"))
                .isEmpty();
    }

    @Test
    void reasons_are_a_closed_set() {
        assertThat(Arrays.stream(Reason.values()).map(Reason::label))
                .containsExactlyInAnyOrder(
                        "pinned",
                        "privacy",
                        "capability",
                        "context",
                        "availability",
                        "latency",
                        "cost",
                        "budget",
                        "quality",
                        "preference",
                        "failover",
                        "offline",
                        "escalated",
                        "hedged");
    }

    private GatewayFixture start(String settings) {
        GatewayFixture fixture = new GatewayFixture(settings, Map.of());
        started = fixture;
        return fixture;
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String code(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getJsonObject("error").getString("code");
    }
}
