package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static dev.fogline.gateway.GatewayFixture.HI_STREAMED;
import static dev.fogline.gateway.ScriptedUpstream.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When an answer begins, what of it is relayed, and when it is whole. */
class StreamsTest {
    private static final String HEL = chunk("{\"content\":\"Hel\"}", "null");
    private static final String STOP = chunk("{}", "\"stop\"");
    private static final String DONE = "data: [DONE]\n\n";
    private static final int MIB_32 = 32 * 1024 * 1024;

    private final GatewayFixture fogline = new GatewayFixture();

    @AfterEach
    void stop() {
        fogline.close();
    }

    @Test
    void nothing_reaches_the_client_before_the_first_event_not_even_the_status() throws Exception {
        waitsFor(HI_STREAMED, "text/event-stream", ": thinking\n\n", HEL + STOP + DONE);
        waitsFor(HI, "application/json", ScriptedUpstream.WHOLE.substring(0, 40), ScriptedUpstream.WHOLE.substring(40));
    }

    private void waitsFor(String body, String type, String first, String rest) throws Exception {
        var begun = new CompletableFuture<HttpServerResponse>();
        fogline.edge.answers((request, sent) -> {
            var response = request.response().setChunked(true).putHeader("content-type", type);
            response.write(first).onSuccess(written -> begun.complete(response));
        });
        try (var caller = new RawCaller(fogline.vertx, fogline.port)) {
            caller.post(body);
            HttpServerResponse target = begun.get(10, TimeUnit.SECONDS);
            // Meanwhile others come and go.
            assertThat(fogline.chat(HI.replace("auto", "cloud")).statusCode()).isEqualTo(200);
            assertThat(caller.got()).isEmpty();
            target.end(rest);
            caller.await("Hel");
            assertThat(caller.got()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void comments_neither_commit_nor_reach_the_client() {
        fogline.edge.answers((request, body) -> stream(request)
                .write(": one\n\n: two\n\n")
                .onSuccess(written -> request.connection().close()));
        HttpResponse<String> answer = fogline.chat(HI_STREAMED);
        assertThat(header(answer, "X-Fogline-Tier")).isEqualTo("cloud");
        assertThat(answer.body()).endsWith(DONE).doesNotContain("one", "two");

        fogline.cloud.answers((request, body) -> stream(request).end(": a\n\n" + HEL + ": b\n\n" + STOP + DONE));
        assertThat(fogline.chat(HI_STREAMED.replace("auto", "cloud")).body()).isEqualTo(HEL + STOP + DONE);
    }

    @Test
    void a_whole_answer_that_is_cut_is_taken_over_by_the_next_target() {
        fogline.edge.answers((request, body) -> request.response()
                .setChunked(true)
                .putHeader("content-type", "application/json")
                .write(ScriptedUpstream.WHOLE.substring(0, 40))
                .onSuccess(written -> request.connection().close()));
        HttpResponse<String> answer = fogline.chat(HI);
        assertThat(answer.body()).isEqualTo(ScriptedUpstream.WHOLE);
        assertThat(header(answer, "X-Fogline-Tier")).isEqualTo("cloud");
        assertThat(header(answer, "X-Fogline-Reason")).isEqualTo("failover");
    }

    @Test
    void a_whole_answer_over_32_mib_is_a_failure_of_its_target() {
        String padding = " ".repeat(MIB_32 - ScriptedUpstream.WHOLE.length());
        fogline.edge.answersStatus(200, ScriptedUpstream.WHOLE + padding);
        HttpResponse<String> largest = fogline.chat(HI);
        assertThat(header(largest, "X-Fogline-Tier")).isEqualTo("edge");
        assertThat(largest.body()).hasSize(MIB_32);

        fogline.edge.answersStatus(200, ScriptedUpstream.WHOLE + padding + " ");
        HttpResponse<String> next = fogline.chat(HI);
        assertThat(header(next, "X-Fogline-Tier")).isEqualTo("cloud");
        assertThat(next.body()).isEqualTo(ScriptedUpstream.WHOLE);
    }

    @Test
    void usage_null_on_every_chunk_is_relayed_and_the_usage_at_the_end_is_read() {
        String hel = HEL.replace("]}", "],\"usage\":null}");
        String stop = STOP.replace("]}", "],\"usage\":null}");
        fogline.edge.answers((request, body) -> stream(request).end(hel + stop + ScriptedUpstream.USAGE + DONE));
        assertThat(fogline.chat(HI_STREAMED).body()).isEqualTo(hel + stop + DONE);
        Blocking.until("its tokens are counted", () -> outputTokens() == 2);
    }

    @Test
    void usage_on_the_chunk_with_the_finish_reason_is_read_and_relayed() {
        String stop =
                STOP.replace("]}", "],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}}");
        fogline.edge.answers((request, body) -> stream(request).end(HEL + stop + DONE));
        assertThat(fogline.chat(HI_STREAMED).body()).isEqualTo(HEL + stop + DONE);
        Blocking.until("its tokens are counted", () -> outputTokens() == 2);
    }

    @Test
    void a_200_in_another_form_than_asked_is_a_failure_of_its_target() {
        foreign(HI_STREAMED, "application/json", ScriptedUpstream.WHOLE);
        foreign(HI_STREAMED, "text/event-stream", "<html>log in</html>");
        foreign(HI, "text/event-stream", HEL + STOP + DONE);
        foreign(HI, "application/json", "<html>log in</html>");
        foreign(HI, "application/json", "{\"status\":\"ok\"}");
        assertThat(fogline.counter("fogline.attempts", "target", "edge/small", "result", "foreign"))
                .isEqualTo(5);
    }

    private void foreign(String asked, String type, String body) {
        fogline.edge.answers((request, sent) ->
                request.response().putHeader("content-type", type).end(body));
        HttpResponse<String> answer = fogline.chat(asked);
        assertThat(header(answer, "X-Fogline-Tier")).as(type).isEqualTo("cloud");
        assertThat(answer.body()).doesNotContain("html", "\"status\"");
    }

    @Test
    void a_stream_without_done_and_without_finish_reason_is_a_failure() {
        fogline.edge.answers((request, body) -> stream(request).end(HEL));
        String answer = fogline.chat(HI_STREAMED).body();
        assertThat(answer)
                .startsWith(HEL + "data: {\"error\":{")
                .contains("\"code\":\"upstream_failed\"")
                .doesNotContain("[DONE]");
    }

    @Test
    void events_of_one_read_leave_in_one_write_and_a_lone_one_at_once() throws Exception {
        var begun = new CompletableFuture<HttpServerResponse>();
        fogline.edge.answers((request, body) -> {
            HttpServerResponse response = stream(request);
            response.write(HEL).onSuccess(written -> begun.complete(response));
        });
        try (var caller = new RawCaller(fogline.vertx, fogline.port)) {
            caller.post(HI_STREAMED);
            HttpServerResponse target = begun.get(10, TimeUnit.SECONDS);
            // The target says nothing more until its first event has arrived.
            caller.await(asOneChunk(HEL));
            target.write(HEL + HEL + HEL + HEL);
            caller.await(asOneChunk(HEL + HEL + HEL + HEL));
            target.end(STOP + DONE);
            caller.await("[DONE]");
        }
    }

    /** As HTTP/1.1 frames what is written at once. */
    private static String asOneChunk(String events) {
        return Integer.toHexString(events.length()) + "\r\n" + events + "\r\n";
    }

    private double outputTokens() {
        return fogline
                .registry
                .find("gen_ai.client.token.usage")
                .tags("gen_ai_token_type", "output", "target", "edge/small")
                .summaries()
                .stream()
                .mapToDouble(summary -> summary.totalAmount())
                .sum();
    }

    private static HttpServerResponse stream(HttpServerRequest request) {
        return request.response().setChunked(true).putHeader("content-type", "text/event-stream");
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
