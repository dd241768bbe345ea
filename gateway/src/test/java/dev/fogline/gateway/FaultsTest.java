package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static dev.fogline.gateway.GatewayFixture.HI_STREAMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What providers do on bad days, one target behind the other. */
class FaultsTest {
    private static final String FILTERED =
            "{\"error\":{\"message\":\"filtered\",\"type\":\"invalid_request_error\",\"code\":\"content_filter\"}}";
    private static final String PRICED = "price: { input: 100, output: 200, source: test, date: 2026-11-01 }";

    private static final String UNREADABLE =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel}\n\ndata: [DONE]\n\n";

    private @Nullable GatewayFixture started;

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void a_filter_of_content_is_not_routed_around() {
        GatewayFixture fogline = start("");
        fogline.edge.answersStatus(400, FILTERED);
        HttpResponse<String> refused = fogline.chat(HI);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("content_filter");

        fogline.edge.answersStatus(200, ScriptedUpstream.WHOLE.replace("\"stop\"", "\"content_filter\""));
        assertThat(fogline.chat(HI).body()).contains("\"finish_reason\":\"content_filter\"");

        fogline.edge.answers((request, body) -> {
            ScriptedUpstream.begin(request);
            request.response().end(ScriptedUpstream.chunk("{}", "\"content_filter\"") + "data: [DONE]\n\n");
        });
        assertThat(fogline.chat(HI_STREAMED).body())
                .contains("\"finish_reason\":\"content_filter\"")
                .endsWith("data: [DONE]\n\n");
        assertThat(fogline.cloud.seen()).isEmpty();
    }

    @Test
    void a_chunk_that_cannot_be_read_leads_to_the_next_target_if_it_is_the_first() {
        GatewayFixture fogline = start("");
        fogline.edge.answers((request, body) -> request.response()
                .setChunked(true)
                .putHeader("content-type", "text/event-stream")
                .end(UNREADABLE));
        HttpResponse<String> answer = fogline.chat(HI_STREAMED);
        assertThat(answer.headers().firstValue("X-Fogline-Target")).contains("cloud/large");
        assertThat(answer.body()).doesNotContain("\"Hel}").endsWith("data: [DONE]\n\n");
    }

    @Test
    void a_chunk_that_cannot_be_read_leads_to_the_next_target_if_the_client_has_nothing_yet() {
        GatewayFixture fogline = start("");
        fogline.edge.answers((request, body) -> request.response()
                .setChunked(true)
                .putHeader("content-type", "text/event-stream")
                .end(ScriptedUpstream.chunk("{\"content\":\"Hel\"}", "null") + UNREADABLE));
        HttpResponse<String> answer = fogline.chat(HI_STREAMED);
        assertThat(answer.headers().firstValue("X-Fogline-Target")).contains("cloud/large");
        assertThat(answer.body()).containsOnlyOnce("\"Hel\"").endsWith("data: [DONE]\n\n");
    }

    @Test
    void a_chunk_that_cannot_be_read_ends_a_stream_that_has_begun() throws IOException {
        GatewayFixture fogline = start("");
        var begun = new CompletableFuture<HttpServerResponse>();
        fogline.edge.answers((request, body) -> {
            ScriptedUpstream.begin(request);
            begun.complete(request.response());
        });
        try (InputStream answer = fogline.openChat(HI_STREAMED).body()) {
            byte[] first = new byte[4096];
            int seen = answer.read(first);
            var unused = begun.join().end(UNREADABLE);

            assertThat(new String(first, 0, seen, StandardCharsets.UTF_8)).contains("\"Hel\"");
            assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("\"upstream_failed\"")
                    .doesNotContain("[DONE]");
        }
        assertThat(fogline.cloud.seen()).isEmpty();
    }

    @Test
    void a_fleet_that_fails_is_asked_once_each() {
        GatewayFixture fogline = start("");
        fogline.edge.answersStatus(500, "{}");
        fogline.cloud.answersStatus(503, "{}");
        assertThat(fogline.chat(HI).statusCode()).isEqualTo(502);
        assertThat(fogline.edge.seen()).hasSize(1);
        assertThat(fogline.cloud.seen()).hasSize(1);
    }

    @Test
    void an_exchange_that_two_targets_had_is_counted_and_paid_once() {
        GatewayFixture fogline = start(PRICED);
        fogline.edge.answersStatus(500, "{}");
        HttpResponse<String> answer = fogline.chat(HI);
        assertThat(new JsonObject(answer.body()).getJsonObject("usage").getInteger("total_tokens"))
                .isEqualTo(7);
        Blocking.until("it is counted", () -> fogline.counter("fogline.requests") > 0);
        assertThat(fogline.counter("fogline.requests", "tier", "cloud", "outcome", "success", "reason", "failover"))
                .isEqualTo(fogline.counter("fogline.requests"))
                .isOne();
        assertThat(fogline.counter("fogline.attempts", "tier", "edge", "result", "5xx"))
                .isOne();
        assertThat(fogline.counter("fogline.attempts")).isEqualTo(2);
        assertThat(fogline.counter("fogline.cost.usd")).isEqualTo((5 * 100 + 2 * 200) / 1e6, within(1e-9));
        assertThat(fogline.registry.find("gen_ai.client.token.usage").summaries())
                .allMatch(usage -> "cloud".equals(usage.getId().getTag("tier")) || usage.count() == 0);
    }

    private GatewayFixture start(String cloudLines) {
        GatewayFixture fixture = GatewayFixture.withPolicy("version: 1\nname: test", cloudLines);
        started = fixture;
        return fixture;
    }
}
