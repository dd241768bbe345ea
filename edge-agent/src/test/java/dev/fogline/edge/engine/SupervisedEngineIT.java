package dev.fogline.edge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fogline.edge.model.EngineStore;
import dev.fogline.edge.model.ModelStore;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real engine with the real small model, as far as both are in the cache. */
class SupervisedEngineIT {
    private final Vertx vertx = Vertx.vertx();
    private final List<EngineState> states = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void it_becomes_ready_by_a_generation_comes_back_after_a_kill_and_leaves_no_process() throws Exception {
        Path cache = ModelStore.cache();
        Optional<Path> model = ModelStore.of(cache).find("smollm2-135m");
        Optional<Path> library = EngineStore.of(cache).xllamacpp();
        assumeTrue(model.isPresent() && library.isPresent(), "engine and model are not in " + cache);
        SupervisedEngine engine = new SupervisedEngine(
                vertx,
                new ChildChoice(System.getenv(), library.orElseThrow()),
                new EngineSettings("smollm2-135m", model.orElseThrow(), 2, 2048, 1, 256),
                Duration.ofMinutes(2),
                status -> states.add(status.state()));
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

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            Thread.sleep(20);
        }
    }
}
