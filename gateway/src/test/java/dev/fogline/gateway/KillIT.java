package dev.fogline.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** kill -9 of what serves, with the whole product, the real small model at the edge and a scripted cloud. */
class KillIT {
    private static final String PUBLIC = "Say hello.";
    private static final String PRIVATE = "My ID is 11010519491231002X, say hello.";
    /** A JVM and a model, perhaps beside other work. */
    private static final Duration START = Duration.ofMinutes(1);

    private static final Vertx VERTX = Vertx.vertx();
    private static ScriptedUpstream cloud;
    private static RunningFogline fogline;

    @BeforeAll
    static void up() {
        cloud = new ScriptedUpstream(VERTX);
        fogline = new RunningFogline("kill", agentPort -> """
                version: 1
                targets:
                  - id: edge/smollm2-135m
                    base-url: http://127.0.0.1:%d/v1
                  - id: cloud/scripted
                    base-url: http://127.0.0.1:%d/v1
                    plaintext: accepted
                """.formatted(agentPort, cloud.port()));
    }

    @AfterAll
    static void down() {
        if (fogline != null) {
            fogline.close();
        }
        cloud.close();
        Blocking.get(VERTX.close());
    }

    @Test
    void an_engine_that_is_killed_in_a_stream_ends_it_in_an_error_event_and_comes_back() throws Exception {
        ProcessHandle agent = fogline.agent().orElseThrow();
        ProcessHandle engine = fogline.engine().orElseThrow();
        String seen = streamUntilTheFirstToken(engine::destroyForcibly);

        assertThat(seen).contains("\"content\":", "data: {\"error\":{").doesNotContain("[DONE]");
        Blocking.within(
                START, "the edge serves again", () -> ask("edge", PUBLIC).statusCode() == 200);
        assertThat(fogline.engine()).isPresent().get().isNotEqualTo(engine);
        assertThat(fogline.agent()).as("only the engine was started again").contains(agent);
    }

    @Test
    void an_agent_that_is_killed_leaves_public_work_to_the_cloud_and_private_work_waits_for_its_return() {
        Blocking.until("private work is served", () -> ask("auto", PRIVATE).statusCode() == 200);
        ProcessHandle agent = fogline.agent().orElseThrow();
        ProcessHandle engine = fogline.engine().orElseThrow();
        agent.destroyForcibly();
        Blocking.until("the agent is dead", () -> !agent.isAlive());

        for (int i = 0; i < 3; i++) {
            Response open = ask("auto", PUBLIC);
            assertThat(open.statusCode()).as(open.asString()).isEqualTo(200);
            assertThat(open.header("X-Fogline-Tier")).isEqualTo("cloud");
            Response closed = ask("auto", PRIVATE);
            assertThat(closed.statusCode()).as(closed.asString()).isEqualTo(503);
            assertThat(closed.jsonPath().getString("error.code")).isEqualTo("no_target_available");
            assertThat(Integer.parseInt(closed.header("Retry-After"))).isPositive();
        }
        Blocking.until("the agent's engine went with it", () -> !engine.isAlive());
        Blocking.until(
                "private work is served again", () -> ask("auto", PRIVATE).statusCode() == 200);
        assertThat(ask("auto", PRIVATE).header("X-Fogline-Tier")).isEqualTo("edge");
        assertThat(fogline.agent()).isPresent().get().isNotEqualTo(agent);
        assertThat(cloud.seen())
                .as("requests at the cloud")
                .isNotEmpty()
                .allSatisfy(seen -> assertThat(seen.body().toString()).doesNotContain("11010519491231002X"));
    }

    /** What the client got of a long answer, to its end; something happens once its first token is there. */
    private static String streamUntilTheFirstToken(Runnable then) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(fogline.baseUrl() + "/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body("edge", PUBLIC)
                        .put("stream", true)
                        .put("max_tokens", 1500)
                        .encode()))
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var lines = new BufferedReader(new InputStreamReader(
                        client.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
            StringBuilder seen = new StringBuilder();
            Optional<Runnable> once = Optional.of(then);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                seen.append(line).append('\n');
                if (line.contains("\"content\":\"")) {
                    once.ifPresent(Runnable::run);
                    once = Optional.empty();
                }
            }
            return seen.toString();
        }
    }

    private static Response ask(String model, String prompt) {
        return given().port(fogline.port)
                .contentType(ContentType.JSON)
                .body(body(model, prompt).encode())
                .post("/v1/chat/completions");
    }

    private static JsonObject body(String model, String prompt) {
        return new JsonObject()
                .put("model", model)
                .put("max_tokens", 8)
                .put("messages", List.of(new JsonObject().put("role", "user").put("content", prompt)));
    }
}
