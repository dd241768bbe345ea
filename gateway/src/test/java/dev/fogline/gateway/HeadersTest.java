package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static dev.fogline.gateway.GatewayFixture.HI_STREAMED;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which headers pass, in both directions, and what else would name somebody. */
class HeadersTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final GatewayFixture fogline = new GatewayFixture();

    @AfterEach
    void stop() {
        fogline.close();
    }

    @Test
    void a_target_gets_these_headers_and_no_others() {
        var uri = new CompletableFuture<String>();
        fogline.cloud.answers((request, body) -> {
            uri.complete(request.uri());
            ScriptedUpstream.hello(request, body);
        });
        HttpResponse<String> answer = fogline.send(fogline.request("/v1/chat/completions?api-version=1&user=alice")
                .headers("Content-Type", "application/json", "Authorization", "Bearer of-the-client")
                .headers("Idempotency-Key", "once-1", "Cookie", "a=b", "Referer", "http://intranet/page")
                .headers("X-Forwarded-For", "10.0.0.1", "Forwarded", "for=10.0.0.1", "X-Api-Key", "k")
                .headers("OpenAI-Organization", "org-1", "baggage", "user=alice", "Accept-Language", "zh")
                .POST(BodyPublishers.ofString(HI.replace("auto", "cloud")))
                .build());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(uri).isCompletedWithValue("/some/path/chat/completions");

        MultiMap got = fogline.cloud.seen().getFirst().headers();
        assertThat(names(got.names()))
                .containsExactlyInAnyOrder(
                        "host",
                        "content-length",
                        "content-type",
                        "accept",
                        "accept-encoding",
                        "user-agent",
                        "authorization",
                        "idempotency-key",
                        "via");
        assertThat(got.get("Content-Type")).isEqualTo("application/json");
        assertThat(got.get("Accept")).isEqualTo("application/json");
        assertThat(got.get("Accept-Encoding")).isEqualTo("identity");
        assertThat(got.get("User-Agent")).isEqualTo("fogline");
        assertThat(got.get("Authorization")).isEqualTo("Bearer secret-1");
        assertThat(got.get("Idempotency-Key")).isEqualTo("once-1");
        assertThat(got.get("Via")).startsWith("1.1 fogline-");
    }

    @Test
    void an_idempotency_key_that_says_something_leaves_for_a_cloud_as_a_digest() {
        String telling = "remind-li.na@example.org";
        fogline.chat(HI.replace("auto", "edge"), "Idempotency-Key", telling);
        fogline.chat(HI.replace("auto", "cloud"), "Idempotency-Key", telling);
        fogline.chat(HI.replace("auto", "cloud"), "Idempotency-Key", telling);
        assertThat(fogline.edge.seen().getFirst().headers().get("Idempotency-Key"))
                .isEqualTo(telling);
        String left = fogline.cloud.seen().getFirst().headers().get("Idempotency-Key");
        assertThat(left).matches("[0-9a-f]{32}");
        assertThat(fogline.cloud.seen().getLast().headers().get("Idempotency-Key"))
                .isEqualTo(left);
    }

    @Test
    void traceparent_goes_to_an_edge_and_to_no_cloud() {
        fogline.chat(HI, "traceparent", TRACE, "tracestate", "a=b");
        fogline.chat(HI.replace("auto", "cloud"), "traceparent", TRACE);
        assertThat(fogline.edge.seen().getFirst().headers().get("traceparent")).isEqualTo(TRACE);
        assertThat(fogline.edge.seen().getFirst().headers().contains("tracestate"))
                .isFalse();
        assertThat(fogline.cloud.seen().getFirst().headers().contains("traceparent"))
                .isFalse();
    }

    @Test
    void these_headers_of_a_target_come_back_and_no_others() {
        fogline.edge.answers((request, body) -> {
            request.response()
                    .putHeader("Retry-After", "3")
                    .putHeader("x-ratelimit-remaining-requests", "7")
                    .putHeader("openai-processing-ms", "12")
                    .putHeader("x-request-id", "of-the-target")
                    .putHeader("Set-Cookie", "a=b")
                    .putHeader("Server", "secret-server/1.0")
                    .putHeader("openai-organization", "org-1");
            ScriptedUpstream.hello(request, body);
        });
        HttpResponse<String> answer = fogline.chat(HI);
        assertThat(names(answer.headers().map().keySet()))
                .containsExactlyInAnyOrder(
                        "content-type",
                        "content-length",
                        "retry-after",
                        "x-ratelimit-remaining-requests",
                        "openai-processing-ms",
                        "x-request-id",
                        "x-fogline-decision",
                        "x-fogline-tier",
                        "x-fogline-target",
                        "x-fogline-reason");
        assertThat(header(answer, "Retry-After")).isEqualTo("3");
        assertThat(header(answer, "x-request-id")).isNotEqualTo("of-the-target");
    }

    @Test
    void every_answer_has_the_id_of_its_decision() {
        var ids = new HashSet<String>();
        for (String body : List.of(HI, HI_STREAMED, "{", HI.replace("auto", "nobody"))) {
            HttpResponse<String> answer = fogline.chat(body);
            assertThat(header(answer, "x-request-id")).isNotEmpty().isEqualTo(header(answer, "X-Fogline-Decision"));
            ids.add(header(answer, "x-request-id"));
        }
        assertThat(ids).hasSize(4);
        assertThat(fogline.gateway.memory().find(header(fogline.chat(HI), "x-request-id")))
                .isPresent();
    }

    @Test
    void a_stream_says_that_nobody_may_cache_or_buffer_it() {
        HttpResponse<String> answer = fogline.chat(HI_STREAMED);
        assertThat(header(answer, "Content-Type")).isEqualTo("text/event-stream");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(answer, "X-Accel-Buffering")).isEqualTo("no");
    }

    @Test
    void what_names_a_user_leaves_for_a_cloud_as_a_digest() {
        Set<String> fields = Set.of("user", "safety_identifier", "prompt_cache_key");
        String named = fields.stream()
                .map(field -> "\"" + field + "\":\"alice\",")
                .collect(Collectors.joining("", "{", "\"model\""));
        String body = HI.replace("{\"model\"", named);
        fogline.chat(body);
        fogline.chat(body.replace("auto", "cloud"));
        JsonObject near = fogline.edge.seen().getFirst().json();
        JsonObject far = fogline.cloud.seen().getFirst().json();
        for (String field : fields) {
            assertThat(near.getString(field)).isEqualTo("alice");
            assertThat(far.getString(field)).as(field).matches("[0-9a-f]{32}");
        }
    }

    @Test
    void metadata_counts_as_text() {
        String body = HI.replace("{\"model\"", "{\"metadata\":{\"patient\":\"11010519491231002X\"},\"model\"");
        assertThat(header(fogline.chat(body), "X-Fogline-Reason")).isEqualTo("privacy");
        assertThat(fogline.chat(body.replace("auto", "cloud")).statusCode()).isEqualTo(422);
        assertThat(fogline.cloud.seen()).isEmpty();
    }

    private static Set<String> names(Set<String> headers) {
        return headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
