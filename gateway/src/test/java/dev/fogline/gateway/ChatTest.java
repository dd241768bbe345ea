package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static dev.fogline.gateway.GatewayFixture.HI_STREAMED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Availability;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of a chat request, from a client's and an upstream's point of view. */
class ChatTest {
    private static final String CN_ID = "11010519491231002X";

    private GatewayFixture fogline;

    @BeforeEach
    void start() {
        fogline = new GatewayFixture();
    }

    @AfterEach
    void stop() {
        fogline.close();
    }

    @Test
    void an_ordinary_prompt_goes_to_the_edge_byte_for_byte_but_for_the_model() {
        String body = "{ \"model\" : \"gpt-5.4\", \"x_future\":[1.50,{\"a\":null}], "
                + "\"messages\":[{\"role\":\"user\",\"content\":\"caf\\u00e9\"}] }";
        HttpResponse<String> answer = fogline.chat(body);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(ScriptedUpstream.WHOLE);
        assertThat(header(answer, "X-Fogline-Tier")).isEqualTo("edge");
        assertThat(header(answer, "X-Fogline-Target")).isEqualTo("edge/small");
        assertThat(header(answer, "X-Fogline-Reason")).isEqualTo("preference");
        assertThat(header(answer, "x-request-id")).isEqualTo(header(answer, "X-Fogline-Decision"));
        assertThat(fogline.edge.seen().getFirst().body().toString()).isEqualTo(body.replace("gpt-5.4", "small"));
        assertThat(fogline.cloud.seen()).isEmpty();
    }

    @Test
    void only_allowed_headers_go_up_with_the_targets_own_key() {
        fogline.chat(
                HI.replace("auto", "cloud"),
                "Authorization",
                "Bearer of-the-client",
                "Cookie",
                "a=b",
                "X-Forwarded-For",
                "10.0.0.1");
        var seen = fogline.cloud.seen().getFirst();
        assertThat(seen.path()).isEqualTo("/some/path/chat/completions");
        assertThat(seen.headers().get("Authorization")).isEqualTo("Bearer secret-1");
        assertThat(seen.headers().get("Accept-Encoding")).isEqualTo("identity");
        assertThat(seen.headers().contains("Cookie")).isFalse();
        assertThat(seen.headers().contains("X-Forwarded-For")).isFalse();
        assertThat(seen.json().getString("model")).isEqualTo("large-1");
    }

    @Test
    void what_an_application_calls_its_users_leaves_only_as_a_digest() {
        String body = HI.replace("{\"model\"", "{\"user\":\"al\\u0069ce\",\"safety_identifier\":\"bob\",\"model\"");
        fogline.chat(body);
        assertThat(fogline.edge.seen().getFirst().json().getString("user")).isEqualTo("alice");

        fogline.chat(body.replace("auto", "cloud"));
        fogline.chat(body.replace("auto", "cloud"));
        JsonObject first = fogline.cloud.seen().getFirst().json();
        assertThat(first.getString("user")).matches("[0-9a-f]{32}").isNotEqualTo(first.getString("safety_identifier"));
        assertThat(fogline.cloud.seen().getLast().json()).isEqualTo(first);
        assertThat(fogline.cloud.seen().toString()).doesNotContain("alice").doesNotContain("bob");
    }

    @Test
    void a_stream_is_relayed_unchanged_and_the_usage_event_nobody_asked_for_is_swallowed() {
        HttpResponse<String> answer = fogline.chat(HI_STREAMED);
        assertThat(header(answer, "content-type")).isEqualTo("text/event-stream");
        assertThat(answer.body())
                .isEqualTo(ScriptedUpstream.chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null")
                        + ScriptedUpstream.chunk("{\"content\":\"Hel\"}", "null")
                        + ScriptedUpstream.chunk("{\"content\":\"lo\"}", "null")
                        + ScriptedUpstream.chunk("{}", "\"stop\"")
                        + "data: [DONE]\n\n");
        JsonObject sent = fogline.edge.seen().getFirst().json();
        assertThat(sent.getJsonObject("stream_options").getBoolean("include_usage"))
                .isTrue();
        assertThat(fogline.registry
                        .get("gen_ai.client.token.usage")
                        .tag("gen_ai_token_type", "output")
                        .summary()
                        .totalAmount())
                .isEqualTo(2);
    }

    @Test
    void a_client_that_asks_for_usage_gets_it() {
        HttpResponse<String> answer = fogline.chat(
                HI_STREAMED.replace("{\"model\"", "{\"stream_options\":{\"include_usage\":true},\"model\""));
        assertThat(answer.body()).contains("\"usage\":{").endsWith("data: [DONE]\n\n");
    }

    @Test
    void a_private_prompt_stays_at_the_edge_and_is_refused_at_the_cloud() {
        String body = HI.replace("Hi", "我的身份证号是" + CN_ID);
        HttpResponse<String> kept = fogline.chat(body);
        assertThat(header(kept, "X-Fogline-Tier")).isEqualTo("edge");
        assertThat(header(kept, "X-Fogline-Reason")).isEqualTo("privacy");

        HttpResponse<String> refused = fogline.chat(body, "X-Fogline-Tier", "cloud");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(code(refused)).isEqualTo("policy_refused");
        assertThat(header(refused, "x-should-retry")).isEqualTo("false");
        assertThat(refused.body()).doesNotContain(CN_ID);
        assertThat(fogline.cloud.seen()).isEmpty();
    }

    @Test
    void a_private_prompt_never_falls_back_to_the_cloud() {
        fogline.edge.answersStatus(500, "{}");
        HttpResponse<String> failed = fogline.chat(HI.replace("Hi", CN_ID));
        assertThat(failed.statusCode()).isEqualTo(502);
        assertThat(code(failed)).isEqualTo("upstream_failed");

        fogline.edge.status(ScriptedUpstream.agentStatus().put("state", "restarting"));
        fogline.awaitEdge(Availability.NOT_READY);
        HttpResponse<String> waiting = fogline.chat(HI.replace("Hi", CN_ID));
        assertThat(waiting.statusCode()).isEqualTo(503);
        assertThat(header(waiting, "Retry-After")).isNotEmpty();
        assertThat(header(waiting, "X-Fogline-Reason")).isEqualTo("privacy");
        assertThat(fogline.cloud.seen()).isEmpty();
    }

    @Test
    void a_caller_can_raise_the_sensitivity_and_not_lower_it() {
        HttpResponse<String> raised = fogline.chat(HI, "X-Fogline-Sensitivity", "restricted");
        assertThat(header(raised, "X-Fogline-Reason")).isEqualTo("privacy");
        HttpResponse<String> lowered =
                fogline.chat(HI.replace("Hi", CN_ID), "X-Fogline-Sensitivity", "public", "X-Fogline-Tier", "cloud");
        assertThat(lowered.statusCode()).isEqualTo(422);
        assertThat(fogline.counter("fogline.sensitivity.lowering.ignored")).isEqualTo(1);
    }

    @Test
    void what_the_edge_cannot_serve_goes_to_the_cloud() {
        String tools = HI.replace("{\"model\"", "{\"tools\":[{\"type\":\"function\"}],\"model\"");
        assertThat(header(fogline.chat(tools), "X-Fogline-Reason")).isEqualTo("capability");
        String wordy = HI.replace("Hi", "many words ".repeat(1000));
        HttpResponse<String> answer = fogline.chat(wordy);
        assertThat(header(answer, "X-Fogline-Reason")).isEqualTo("context");
        assertThat(header(answer, "X-Fogline-Tier")).isEqualTo("cloud");

        HttpResponse<String> pinned = fogline.chat(wordy, "X-Fogline-Tier", "edge");
        assertThat(pinned.statusCode()).isEqualTo(400);
        assertThat(code(pinned)).isEqualTo("context_length_exceeded");
        assertThat(fogline.chat(tools, "X-Fogline-Tier", "edge").statusCode()).isEqualTo(400);
    }

    @Test
    void remote_media_never_reaches_an_edge() {
        String image = HI.replace(
                "\"Hi\"", "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.org/a.png\"}}]");
        fogline.edge.status(ScriptedUpstream.agentStatus().put("refuses", List.of()));
        assertThat(header(fogline.chat(image), "X-Fogline-Tier")).isEqualTo("cloud");
        assertThat(fogline.chat(image, "X-Fogline-Tier", "edge").statusCode()).isEqualTo(400);
    }

    @Test
    void before_the_first_event_the_next_target_is_tried() {
        fogline.edge.answersStatus(500, "{}");
        HttpResponse<String> answer = fogline.chat(HI_STREAMED);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "X-Fogline-Tier")).isEqualTo("cloud");
        assertThat(header(answer, "X-Fogline-Reason")).isEqualTo("failover");
        assertThat(fogline.counter("fogline.failovers", "from", "edge/small", "to", "cloud/large", "cause", "5xx"))
                .isEqualTo(1);
    }

    @Test
    void a_pin_has_no_fallback() {
        fogline.edge.answersStatus(500, "{}");
        assertThat(fogline.chat(HI, "X-Fogline-Tier", "edge").statusCode()).isEqualTo(502);
        assertThat(fogline.chat(HI.replace("auto", "mine")).statusCode()).isEqualTo(502);
        assertThat(fogline.cloud.seen()).isEmpty();
    }

    @Test
    void a_captive_portals_page_is_no_answer() {
        fogline.edge.answers((request, body) ->
                request.response().putHeader("content-type", "text/html").end("<html>log in</html>"));
        assertThat(header(fogline.chat(HI), "X-Fogline-Tier")).isEqualTo("cloud");
        assertThat(header(fogline.chat(HI_STREAMED), "X-Fogline-Tier")).isEqualTo("cloud");
    }

    @Test
    void after_the_first_event_a_failure_is_an_error_event_and_never_done() {
        fogline.edge.answers((request, body) -> {
            var response = request.response().setChunked(true).putHeader("content-type", "text/event-stream");
            response.write(ScriptedUpstream.chunk("{\"content\":\"Hel\"}", "null"))
                    .onSuccess(written -> fogline.vertx.setTimer(
                            50, later -> request.connection().close()));
        });
        HttpResponse<String> answer = fogline.chat(HI_STREAMED);
        assertThat(answer.body())
                .startsWith(ScriptedUpstream.chunk("{\"content\":\"Hel\"}", "null"))
                .contains("data: {\"error\":")
                .contains("\"code\":\"upstream_failed\"")
                .doesNotContain("[DONE]");
        assertThat(fogline.cloud.seen()).isEmpty();
    }

    @Test
    void a_stream_with_its_finish_reason_gets_the_done_that_its_target_forgot() {
        fogline.edge.answers((request, body) -> {
            var response = request.response().setChunked(true).putHeader("content-type", "text/event-stream");
            response.write(ScriptedUpstream.chunk("{\"content\":\"Hel\"}", "null"));
            response.end(ScriptedUpstream.chunk("{}", "\"stop\""));
        });
        assertThat(fogline.chat(HI_STREAMED).body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void a_gateway_that_is_asked_to_end_lets_its_streams_finish_and_takes_nothing_new() throws Exception {
        var finish = new java.util.concurrent.CompletableFuture<Runnable>();
        fogline.edge.answers((request, body) -> {
            var response = request.response().setChunked(true).putHeader("content-type", "text/event-stream");
            response.write(ScriptedUpstream.chunk("{\"content\":\"Hel\"}", "null"));
            finish.complete(() -> response.end(ScriptedUpstream.chunk("{}", "\"stop\"")));
        });
        var streaming = java.util.concurrent.CompletableFuture.supplyAsync(() -> fogline.chat(HI_STREAMED));
        Runnable last = finish.get(10, java.util.concurrent.TimeUnit.SECONDS);
        var stopped = fogline.gateway.stop();
        HttpResponse<String> late = fogline.chat(HI);
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(stopped.isComplete()).isFalse();
        last.run();
        assertThat(streaming.get(10, java.util.concurrent.TimeUnit.SECONDS).body())
                .endsWith("data: [DONE]\n\n");
        Blocking.get(stopped);
    }

    @Test
    void a_target_that_goes_on_after_done_is_let_go() {
        fogline.edge.answers((request, body) -> {
            var response = request.response().setChunked(true).putHeader("content-type", "text/event-stream");
            response.write(ScriptedUpstream.chunk("{\"content\":\"Hel\"}", "\"stop\"") + "data: [DONE]\n\n");
            fogline.vertx.setPeriodic(20, more -> response.write(": more\n\n"));
        });
        assertThat(fogline.chat(HI_STREAMED).body())
                .endsWith("data: [DONE]\n\n")
                .doesNotContain("more");
        Blocking.until("its connection is closed", () -> fogline.edge.closedConnections() > 0);
    }

    @Test
    void what_an_upstream_says_of_a_bad_request_is_passed_on() {
        String words = "{\"error\":{\"message\":\"temperature is odd\"}}";
        fogline.edge.answersStatus(400, words);
        HttpResponse<String> answer = fogline.chat(HI);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(words);
        assertThat(fogline.cloud.seen()).isEmpty();
    }

    @Test
    void refused_credentials_are_ours_to_mend_and_take_the_target_out() {
        fogline.cloud.answersStatus(401, "{}");
        HttpResponse<String> answer = fogline.chat(HI, "X-Fogline-Tier", "cloud");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(code(answer)).isEqualTo("upstream_rejected");
        assertThat(answer.body()).doesNotContain("secret-1");
        assertThat(fogline.chat(HI, "X-Fogline-Tier", "cloud").statusCode()).isEqualTo(503);
    }

    @Test
    void a_busy_fleet_is_429_with_the_upstreams_retry_after() {
        fogline.edge.answers((request, body) -> request.response()
                .setStatusCode(429)
                .putHeader("Retry-After", "7")
                .end("{}"));
        HttpResponse<String> answer = fogline.chat(HI, "X-Fogline-Tier", "edge");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(header(answer, "Retry-After")).isEqualTo("7");
    }

    @Test
    void a_sick_target_is_left_alone_after_some_failures() {
        fogline.edge.answersStatus(500, "{}");
        for (int i = 0; i < 10; i++) {
            assertThat(header(fogline.chat(HI), "X-Fogline-Tier")).isEqualTo("cloud");
        }
        assertThat(fogline.edge.seen()).hasSize(6);
        assertThat(header(fogline.chat(HI), "X-Fogline-Reason")).isEqualTo("availability");
    }

    @Test
    void a_target_that_served_well_for_long_is_left_alone_when_half_of_its_last_calls_fail() {
        for (int i = 0; i < 20; i++) {
            assertThat(header(fogline.chat(HI), "X-Fogline-Tier")).isEqualTo("edge");
        }
        fogline.edge.answersStatus(500, "{}");
        for (int i = 0; i < 5; i++) {
            assertThat(header(fogline.chat(HI), "X-Fogline-Tier")).isEqualTo("cloud");
        }
        assertThat(fogline.edge.seen()).hasSize(23);
    }

    @Test
    void a_deadline_ends_the_wait() {
        fogline.edge.answers((request, body) -> {});
        HttpResponse<String> answer = fogline.chat(HI, "X-Fogline-Deadline-Ms", "200");
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(code(answer)).isEqualTo("deadline_exceeded");
        assertThat(fogline.cloud.seen()).isEmpty();
    }

    @Test
    void a_cost_limit_leaves_out_the_cloud_until_prices_are_counted() {
        assertThat(header(fogline.chat(HI, "X-Fogline-Max-Cost-Usd", "0.01"), "X-Fogline-Tier"))
                .isEqualTo("edge");
        assertThat(fogline.chat(HI, "X-Fogline-Max-Cost-Usd", "0.01", "X-Fogline-Tier", "cloud")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void contradictions_and_malformed_headers_are_named() {
        assertThat(fogline.chat(HI.replace("auto", "edge"), "X-Fogline-Tier", "cloud")
                        .statusCode())
                .isEqualTo(400);
        for (String name :
                List.of("X-Fogline-Tier", "X-Fogline-Sensitivity", "X-Fogline-Deadline-Ms", "X-Fogline-Max-Cost-Usd")) {
            HttpResponse<String> answer = fogline.chat(HI, name, "blue");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains(name);
        }
    }

    @Test
    void an_unknown_model_is_404_with_what_there_is() {
        HttpResponse<String> answer = fogline.chat(HI.replace("auto", "nobody"));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(code(answer)).isEqualTo("model_not_found");
        assertThat(answer.body()).contains("edge/small").contains("cloud/large");
    }

    @Test
    void every_exchange_is_remembered_without_its_content() {
        HttpResponse<String> answer = fogline.chat(HI.replace("Hi", "the secret word is " + CN_ID));
        String id = header(answer, "X-Fogline-Decision");
        // The answer is written first; what is remembered of it may follow a moment later.
        Blocking.until(
                "the exchange has ended",
                () -> fogline.gateway.memory().find(id).orElseThrow().outcome() != null);
        var remembered = fogline.gateway.memory().find(id).orElseThrow();
        assertThat(remembered.outcome()).isEqualTo("success");
        assertThat(remembered.sensitivity()).isEqualTo("restricted");
        assertThat(remembered.findings()).containsEntry("cn_id", 1);
        assertThat(remembered.plan()).containsExactly("edge/small");
        assertThat(remembered.toString()).doesNotContain("secret word").doesNotContain(CN_ID);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String code(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getJsonObject("error").getString("code");
    }
}
