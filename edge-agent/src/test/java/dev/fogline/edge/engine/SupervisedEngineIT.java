package dev.fogline.edge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fogline.edge.model.EngineStore;
import dev.fogline.edge.model.ModelStore;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real engine with the real small model, as far as both are in the cache. */
class SupervisedEngineIT {
    /** Takes the small model some ten seconds: whoever sees a free slot before that has seen a cancelled one. */
    private static final JsonObject LONG_ANSWER = new JsonObject()
            .put("max_tokens", 1500)
            .put("ignore_eos", true)
            .put("messages", List.of(new JsonObject().put("role", "user").put("content", "Count as far as you can.")));

    /**
     * llama-server looks whether the caller of a whole answer is still there after a second without a result of any task,
     * and a question about its slots is a task: who asks more often than that keeps it from looking.
     */
    private static final Duration SLOWER_THAN_ITS_LOOK = Duration.ofMillis(1300);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = vertx.createHttpClient();
    private final List<EngineState> states = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void it_becomes_ready_by_a_generation_comes_back_after_a_kill_and_leaves_no_process() throws Exception {
        SupervisedEngine engine = engine();
        engine.start();
        until(() -> engine.status().state() == EngineState.READY);
        Serving serving = Objects.requireNonNull(engine.status().serving());
        assertThat(serving.canary().logprobs()).isTrue();
        assertThat(serving.canary().firstTokenMs()).isPositive();
        assertThat(serving.canary().tokensPerSecond()).isPositive();

        List<ProcessHandle> first = ProcessHandle.current().descendants().toList();
        first.stream()
                .filter(process -> process.info().command().orElse("").contains("python"))
                .forEach(ProcessHandle::destroyForcibly);
        until(() -> engine.status().restarts() == 1 && engine.status().state() == EngineState.READY);
        assertThat(engine.status().lastError()).startsWith("SIGKILL");
        assertThat(states)
                .containsExactly(EngineState.STARTING, EngineState.READY, EngineState.RESTARTING, EngineState.READY);

        engine.close();
        until(() -> ProcessHandle.current().descendants().findAny().isEmpty());
    }

    @Test
    void a_cancelled_call_frees_the_engine_s_slot_long_before_its_answer_would_have_ended() throws Exception {
        SupervisedEngine engine = engine();
        engine.start();
        until(() -> engine.status().state() == EngineState.READY);
        Endpoint endpoint = Objects.requireNonNull(engine.status().serving()).endpoint();
        Context context = vertx.getOrCreateContext();
        try (EngineClient client = new EngineClient(vertx, 2, Duration.ofSeconds(30))) {
            for (boolean stream : new boolean[] {true, false}) {
                EngineCall call = client.call(endpoint, context);
                CompletableFuture<Void> firstEvent = new CompletableFuture<>();
                context.runOnContext(turn -> call.open(
                                LONG_ANSWER.copy().put("stream", stream).toBuffer(), stream)
                        .compose(head -> new AnswerStream(call, head, false, System::nanoTime).firstEvent())
                        .onSuccess(firstEvent::complete));
                if (stream) {
                    firstEvent.get(30, TimeUnit.SECONDS);
                }
                until(() -> busySlots(endpoint) == 1);
                context.runOnContext(turn -> call.cancel());
                until(Duration.ofSeconds(4), SLOWER_THAN_ITS_LOOK, () -> busySlots(endpoint) == 0);
            }
        } finally {
            engine.close();
        }
    }

    @Test
    void an_engine_that_hangs_is_killed_and_started_again() throws Exception {
        SupervisedEngine engine = engine(Duration.ofSeconds(10));
        engine.start();
        until(() -> engine.status().state() == EngineState.READY);
        ProcessHandle child = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("python"))
                .findFirst()
                .orElseThrow();
        new ProcessBuilder("kill", "-STOP", "" + child.pid()).start().waitFor();

        until(() -> engine.status().restarts() == 1 && engine.status().state() == EngineState.READY);

        assertThat(engine.status().lastError()).isEqualTo("it hung");
        assertThat(child.isAlive()).isFalse();
        engine.close();
    }

    private SupervisedEngine engine() {
        return engine(Duration.ofMinutes(2));
    }

    private SupervisedEngine engine(Duration stall) {
        Path cache = ModelStore.cache();
        Optional<Path> model = ModelStore.of(cache).find("smollm2-135m");
        Optional<Path> library = EngineStore.of(cache).xllamacpp();
        assumeTrue(model.isPresent() && library.isPresent(), "engine and model are not in " + cache);
        return new SupervisedEngine(
                vertx,
                new ChildChoice(System.getenv(), library.orElseThrow()),
                new EngineSettings("smollm2-135m", model.orElseThrow(), 2, 2048, 1, 256),
                stall,
                status -> states.add(status.state()));
    }

    private long busySlots(Endpoint endpoint) {
        try {
            return WebClient.wrap(http)
                    .request(HttpMethod.GET, endpoint.request(HttpMethod.GET, "/slots"))
                    .send()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(5, TimeUnit.SECONDS)
                    .bodyAsJsonArray()
                    .stream()
                    .filter(slot -> ((JsonObject) slot).getBoolean("is_processing"))
                    .count();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        until(Duration.ofMinutes(3), Duration.ofMillis(20), condition);
    }

    private static void until(Duration limit, Duration pause, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not within " + limit).isLessThan(end);
            Thread.sleep(pause);
        }
    }
}
