package dev.fogline.edge;

import static dev.fogline.edge.AgentFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fogline.edge.engine.ChildChoice;
import dev.fogline.edge.engine.Endpoint;
import dev.fogline.edge.engine.EngineSettings;
import dev.fogline.edge.engine.SupervisedEngine;
import dev.fogline.edge.model.EngineStore;
import dev.fogline.edge.model.ModelStore;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole answers of the real engine, which the agent asks for streams. */
class WholeAnswerIT {
    /** What differs between any two answers, however they are asked for. */
    private static final List<String> OF_ITS_MOMENT = List.of("id", "created", "timings");

    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static AgentFixture agent;

    @BeforeAll
    static void start() throws Exception {
        Path cache = ModelStore.cache();
        Optional<Path> model = ModelStore.of(cache).find("smollm2-135m");
        Optional<Path> library = EngineStore.of(cache).xllamacpp();
        assumeTrue(model.isPresent() && library.isPresent(), "engine and model are not in " + cache);
        SupervisedEngine engine = new SupervisedEngine(
                VERTX,
                new ChildChoice(System.getenv(), library.orElseThrow()),
                new EngineSettings("smollm2-135m", model.orElseThrow(), 2, 2048, 1, 256),
                Duration.ofMinutes(2),
                status -> {});
        agent = new AgentFixture(VERTX, engine, 2);
    }

    @AfterAll
    static void stop() throws Exception {
        if (agent != null) {
            agent.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'max_tokens':40",
                "'max_tokens':1",
                "'max_tokens':12,'logprobs':true,'top_logprobs':2",
                "'max_tokens':12,'logprobs':true,'stop':'sea'",
                "'max_tokens':40,'stop':['sea','a']",
                "'max_tokens':24,'response_format':{'type':'json_object'}",
                "'max_tokens':24,'logprobs':true,'response_format':{'type':'json_object'}",
            })
    void it_is_the_answer_that_the_engine_itself_gives(String fields) throws Exception {
        String body = ("{'model':'smollm2-135m','temperature':0,'seed':1,'messages':[{'role':'user','content':"
                        + "'Write one sentence about the sea.'}]," + fields + "}")
                .replace('\'', '"');
        Endpoint engine =
                Objects.requireNonNull(agent.engine.status().serving()).endpoint();
        // The first fills the prompt cache, which shows in the usage of the others.
        ask(engine.root(), engine.key(), body);
        JsonObject own = ask(engine.root(), engine.key(), body);
        JsonObject through = ask(URI.create("http://127.0.0.1:" + agent.server.actualPort()), null, body);

        assertThat(through.fieldNames()).isEqualTo(own.fieldNames());
        assertThat(through.getString("id")).startsWith("chatcmpl-");
        assertThat(through.getLong("created")).isBetween(own.getLong("created"), own.getLong("created") + 60);
        assertThat(through.getJsonObject("timings").fieldNames())
                .isEqualTo(own.getJsonObject("timings").fieldNames());
        OF_ITS_MOMENT.forEach(own::remove);
        OF_ITS_MOMENT.forEach(through::remove);
        assertThat(through).isEqualTo(own);
    }

    @Test
    void the_slot_of_an_abandoned_one_is_free_while_the_engine_works_for_others() throws Exception {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"Write a novel.\"}],\"max_tokens\":1900,"
                + "\"logit_bias\":{\"2\":-100,\"0\":-100},\"stream\":";
        try (Socket other = agent.caller(body + "true}")) {
            Socket caller = agent.caller(body + "false}");
            until(() -> busySlots() == 2);
            caller.close();
            until(() -> busySlots() == 1);
            assertThat(agent.admission.load().running()).as("the other goes on").isEqualTo(1);
            assertThat(other.isConnected()).isTrue();
        }
    }

    private static long busySlots() {
        Endpoint engine =
                Objects.requireNonNull(agent.engine.status().serving()).endpoint();
        try {
            HttpRequest request = HttpRequest.newBuilder(engine.root().resolve("/slots"))
                    .header("Authorization", "Bearer " + engine.key())
                    .build();
            String slots =
                    HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return new JsonArray(slots)
                    .stream()
                            .filter(slot -> ((JsonObject) slot).getBoolean("is_processing"))
                            .count();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static JsonObject ask(URI root, @Nullable String key, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve("/v1/chat/completions"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }
}
