package dev.fogline.edge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attaching to model servers of several kinds, each played by a real server with that kind's pages. */
class AttachedEngineTest {
    private static final String OLLAMA_TAGS = """
            {"models":[
              {"name":"gpt-oss:120b-cloud"},
              {"name":"big:latest","remote_host":"https://ollama.com:443","remote_model":"big"},
              {"name":"llama3.2:1b"},
              {"name":"qwen:latest"}]}""";

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private volatile String logprob = "-0.5";
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LLAMA_SERVER|/v1/models|{\"data\":[{\"id\":\"m\",\"owned_by\":\"llamacpp\"}]}",
                "VLLM|/v1/models|{\"data\":[{\"id\":\"m\",\"owned_by\":\"vllm\",\"max_model_len\":4096}]}",
                "OPENAI|/v1/models|{\"data\":[{\"id\":\"m\",\"owned_by\":\"me\"}]}",
            })
    void a_server_is_known_by_its_pages(EngineKind kind, String path, String body) throws Exception {
        pages.put(path, body);
        try (AttachedEngine engine = attach(null)) {
            until(() -> engine.status().state() == EngineState.READY);
            assertThat(engine.status().kind()).isEqualTo(kind);
            assertThat(engine.status().model()).isEqualTo("m");
            Serving serving = Objects.requireNonNull(engine.status().serving());
            assertThat(serving.context()).isEqualTo(kind == EngineKind.VLLM ? 4096 : null);
        }
    }

    @Test
    void lm_studio_tells_the_context_of_what_it_has_loaded() throws Exception {
        pages.put("/v1/models", "{\"data\":[{\"id\":\"m\",\"owned_by\":\"organization_owner\"}]}");
        pages.put("/api/v0/models", "{\"data\":[{\"id\":\"m\",\"loaded_context_length\":8192}]}");
        try (AttachedEngine engine = attach(null)) {
            until(() -> engine.status().state() == EngineState.READY);
            assertThat(engine.status().kind()).isEqualTo(EngineKind.LM_STUDIO);
            Serving serving = Objects.requireNonNull(engine.status().serving());
            assertThat(serving.context()).isEqualTo(8192);
        }
    }

    @Test
    void at_ollama_the_first_model_that_runs_here_is_taken() throws Exception {
        ollama();
        try (AttachedEngine engine = attach(null)) {
            until(() -> engine.status().state() == EngineState.READY);
            assertThat(engine.status().model()).isEqualTo("llama3.2:1b");
        }
        try (AttachedEngine engine = attach("qwen")) {
            until(() -> engine.status().state() == EngineState.READY);
            assertThat(engine.status().model()).isEqualTo("qwen:latest");
        }
    }

    @ParameterizedTest
    @CsvSource({"gpt-oss:120b-cloud,somebody else's machine", "big,somebody else's machine", "none,has no model none"})
    void a_model_that_ollama_runs_elsewhere_or_has_not_is_refused_with_a_sentence(String model, String sentence)
            throws Exception {
        ollama();
        try (AttachedEngine engine = attach(model)) {
            Optional<String> verdict = engine.firstVerdict().get(10, TimeUnit.SECONDS);
            assertThat(verdict).hasValueSatisfying(text -> assertThat(text).contains(sentence));
            assertThat(engine.status().state()).isEqualTo(EngineState.FAILED);
        }
    }

    @Test
    void a_public_address_is_never_an_edge() throws Exception {
        try (AttachedEngine engine =
                new AttachedEngine(vertx, URI.create("http://192.0.2.1/v1"), null, Duration.ofSeconds(5), s -> {})) {
            engine.start();
            assertThat(engine.firstVerdict().get(10, TimeUnit.SECONDS))
                    .hasValueSatisfying(text -> assertThat(text).contains("neither on this machine nor in a private"));
        }
    }

    @Test
    void token_probabilities_that_are_all_zero_are_none() throws Exception {
        pages.put("/v1/models", "{\"data\":[{\"id\":\"m\",\"owned_by\":\"me\"}]}");
        logprob = "0.0";
        try (AttachedEngine engine = attach(null)) {
            until(() -> engine.status().state() == EngineState.READY);
            Serving serving = Objects.requireNonNull(engine.status().serving());
            assertThat(serving.canary().logprobs()).isFalse();
        }
    }

    @Test
    void a_server_that_goes_away_is_waited_for() throws Exception {
        pages.put("/v1/models", "{\"data\":[{\"id\":\"m\",\"owned_by\":\"me\"}]}");
        try (AttachedEngine engine = attach(null)) {
            until(() -> engine.status().state() == EngineState.READY);
            int port = server.actualPort();
            server.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
            until(() -> engine.status().state() == EngineState.RESTARTING);
            assertThat(engine.status().serving()).isNull();
            // A closed server's port is free only once its event loop has looked at its sockets again.
            until(() -> listensAt(port));
            until(() -> engine.status().state() == EngineState.READY);
            assertThat(engine.status().restarts()).isEqualTo(1);
        }
    }

    private boolean listensAt(int port) {
        try {
            vertx.createHttpServer()
                    .requestHandler(this::answer)
                    .listen(port, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(5, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException stillTaken) {
            return false;
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private void ollama() {
        pages.put("/api/version", "{\"version\":\"0.32.0\"}");
        pages.put("/api/tags", OLLAMA_TAGS);
        pages.put("/v1/models", "{\"data\":[]}");
    }

    private AttachedEngine attach(@Nullable String model) {
        AttachedEngine engine = new AttachedEngine(
                vertx,
                URI.create("http://127.0.0.1:" + server.actualPort() + "/v1/"),
                model,
                Duration.ofSeconds(10),
                status -> {});
        engine.start();
        return engine;
    }

    private void answer(HttpServerRequest request) {
        if ("/v1/chat/completions".equals(request.path())) {
            String token = "data: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"logprobs\":{\"content\":[{\"logprob\":"
                    + logprob + "}]}}]}\n\n";
            request.bodyHandler(body -> request.response()
                    .putHeader("Content-Type", "text/event-stream")
                    .end(token + "data: [DONE]\n\n"));
            return;
        }
        String page = pages.get(String.valueOf(request.path()));
        request.response().setStatusCode(page == null ? 404 : 200).end(page == null ? "" : page);
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            Thread.sleep(10);
        }
    }
}
