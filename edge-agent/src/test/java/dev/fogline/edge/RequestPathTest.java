package dev.fogline.edge;

import static dev.fogline.edge.AgentFixture.STREAM;
import static dev.fogline.edge.AgentFixture.WHOLE;
import static dev.fogline.edge.AgentFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The request path over real sockets, between a real client and an engine that does as it is told. */
class RequestPathTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private ScriptedEngine upstream;
    private AgentFixture agent;

    @BeforeEach
    void start() throws Exception {
        upstream = ScriptedEngine.start(vertx);
        agent = new AgentFixture(vertx, upstream.url());
    }

    @AfterEach
    void stop() throws Exception {
        agent.stop();
    }

    @Test
    void a_stream_arrives_byte_for_byte_without_comments_and_without_the_usage_nobody_asked_for() throws Exception {
        upstream.answersOnceRead(request -> ScriptedEngine.sse(
                request,
                ": ping\n\n" + ScriptedEngine.TOKEN + ScriptedEngine.FINISH + ScriptedEngine.USAGE
                        + ScriptedEngine.DONE,
                true));

        HttpResponse<String> response = post(STREAM);

        assertThat(response.body()).isEqualTo(ScriptedEngine.TOKEN + ScriptedEngine.FINISH + ScriptedEngine.DONE);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(upstream.bodies.getFirst().getString("model")).isEqualTo("tiny");
        assertThat(agent.speed.tokensPerSecond()).isEqualTo(50.0);
    }

    @Test
    void the_usage_event_is_relayed_to_whom_asks() throws Exception {
        upstream.answersOnceRead(request ->
                ScriptedEngine.sse(request, ScriptedEngine.FINISH + ScriptedEngine.USAGE + ScriptedEngine.DONE, true));
        assertThat(post(STREAM.replace("}]", "}],\"stream_options\":{\"include_usage\":true}"))
                        .body())
                .isEqualTo(ScriptedEngine.FINISH + ScriptedEngine.USAGE + ScriptedEngine.DONE);
    }

    @Test
    void a_finished_stream_without_its_last_word_gets_it() throws Exception {
        upstream.answersOnceRead(
                request -> ScriptedEngine.sse(request, ScriptedEngine.TOKEN + ScriptedEngine.FINISH, true));
        assertThat(post(STREAM).body()).isEqualTo(ScriptedEngine.TOKEN + ScriptedEngine.FINISH + ScriptedEngine.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"end", "reset", "error", "nonsense"})
    void an_engine_that_fails_inside_a_stream_ends_in_an_error_event_and_never_in_done(String how) throws Exception {
        upstream.answersOnceRead(request -> {
            ScriptedEngine.sse(request, ScriptedEngine.TOKEN, false);
            vertx.setTimer(100, later -> {
                switch (how) {
                    case "end" -> request.response().end();
                    case "reset" -> request.connection().close();
                    case "error" -> request.response().write("data: {\"error\":{\"message\":\"quoted prompt\"}}\n\n");
                    default -> request.response().write("data: <html>\n\n");
                }
            });
        });

        String body = post(STREAM).body();

        assertThat(body)
                .startsWith(ScriptedEngine.TOKEN + "data: {\"error\":{")
                .contains("\"code\":\"upstream_failed\"")
                .doesNotContain("[DONE]", "quoted prompt", "html");
        until(() -> agent.admission.load().running() == 0);
    }

    @Test
    void an_engine_that_fails_before_the_first_event_is_502_or_503_and_not_a_stream() throws Exception {
        upstream.answers(request -> request.connection().close());
        assertThat(post(STREAM).statusCode()).isEqualTo(502);
        upstream.answersOnceRead(
                request -> request.response().setStatusCode(500).end("a quoted prompt"));
        assertThat(post(WHOLE).statusCode()).isEqualTo(502);
        assertThat(post(STREAM).body()).doesNotContain("quoted");
        upstream.answersOnceRead(
                request -> request.response().setStatusCode(503).end());
        assertThat(post(STREAM).statusCode()).isEqualTo(503);
        upstream.answersOnceRead(request ->
                request.response().putHeader("Content-Type", "text/html").end("<html>sign in</html>"));
        assertThat(post(STREAM).statusCode()).isEqualTo(502);
        assertThat(post(WHOLE).statusCode()).isEqualTo(502);
    }

    @Test
    void a_prompt_over_the_context_is_400_with_the_engine_s_figures_and_none_of_its_words() throws Exception {
        upstream.answersOnceRead(request -> request.response()
                .setStatusCode(400)
                .end(
                        "{\"error\":{\"type\":\"exceed_context_size_error\",\"message\":\"hi hi\",\"n_prompt_tokens\":3031,"
                                + "\"n_ctx\":2048}}"));

        HttpResponse<String> response = post(STREAM);

        assertThat(response.statusCode()).isEqualTo(400);
        JsonObject error = new JsonObject(response.body()).getJsonObject("error");
        assertThat(error.getString("code")).isEqualTo("context_length_exceeded");
        assertThat(error.getString("message")).contains("3031", "2048").doesNotContain("hi hi");
    }

    @Test
    void beyond_slots_and_queue_it_is_429_with_retry_after_and_the_others_are_served() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        upstream.answersOnceRead(request -> {
            var opened = gate.thenRun(() -> ScriptedEngine.sse(
                    request, ScriptedEngine.TOKEN + ScriptedEngine.FINISH + ScriptedEngine.DONE, true));
            assertThat(opened).isNotCancelled();
        });
        CompletableFuture<HttpResponse<String>> running = postAsync(STREAM);
        until(() -> agent.admission.load().running() == 1);
        CompletableFuture<HttpResponse<String>> waiting = postAsync(STREAM);
        until(() -> agent.admission.load().waiting() == 1);

        HttpResponse<String> third = post(STREAM);

        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue("Retry-After")).isPresent();
        assertThat(third.body()).contains("\"code\":\"rate_limited\"");
        assertThat(upstream.asked.get()).isEqualTo(1);
        assertThat(status().getJsonObject("queue").getInteger("length")).isEqualTo(1);
        gate.complete(null);
        assertThat(running.get(5, TimeUnit.SECONDS).body()).endsWith(ScriptedEngine.DONE);
        assertThat(waiting.get(5, TimeUnit.SECONDS).body()).endsWith(ScriptedEngine.DONE);
    }

    @Test
    void the_user_port_has_no_operator_page_and_speaks_in_the_envelope() throws Exception {
        for (String path : new String[] {"/metrics", "/health/ready", "/q/health", "/admin/v1/targets", "/"}) {
            HttpResponse<String> response = get(path);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(new JsonObject(response.body()).getJsonObject("error").getString("message"))
                    .isNotBlank();
        }
        assertThat(get("/v1/chat/completions").statusCode()).isEqualTo(405);
        HttpRequest text = request("/v1/chat/completions")
                .POST(HttpRequest.BodyPublishers.ofString(WHOLE))
                .setHeader("Content-Type", "text/plain")
                .build();
        assertThat(http.send(text, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(415);
        HttpRequest foreign =
                request("/status").setHeader("Origin", "https://example.org").build();
        assertThat(http.send(foreign, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void one_byte_too_many_is_413_that_the_caller_reads() throws Exception {
        String long16 = "x".repeat(BodyReader.MOST_BYTES + 1);
        assertThat(post(long16).statusCode()).isEqualTo(413);
        assertThat(upstream.asked.get()).as("the canary only").isEqualTo(1);
    }

    @Test
    void the_status_tells_what_the_engine_can_do() throws Exception {
        JsonObject status = status();
        assertThat(status.getString("state")).isEqualTo("ready");
        assertThat(status.getString("model")).isEqualTo("tiny");
        assertThat(status.getJsonObject("engine"))
                .isEqualTo(new JsonObject()
                        .put("kind", "llama-server")
                        .put("supervised", false)
                        .put("detail", "b1-x"));
        assertThat(status.getInteger("context")).isEqualTo(512);
        assertThat(status.getInteger("max_tokens")).isEqualTo(512);
        assertThat(status.getBoolean("logprobs")).isTrue();
        assertThat(status.getJsonArray("refuses"))
                .contains("tools", "n", "remote_media")
                .doesNotContain("logprobs");
        assertThat(new JsonObject(get("/v1/models").body())
                        .getJsonArray("data")
                        .getJsonObject(0)
                        .getString("id"))
                .isEqualTo("tiny");
    }

    private JsonObject status() throws Exception {
        return new JsonObject(get("/status").body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body) throws Exception {
        return postAsync(body).get(20, TimeUnit.SECONDS);
    }

    private CompletableFuture<HttpResponse<String>> postAsync(String body) {
        return http.sendAsync(
                request("/v1/chat/completions")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + agent.server.actualPort() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json");
    }
}
