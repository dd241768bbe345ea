package dev.fogline.edge.engine;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A llama-server that this process starts, watches, starts again and ends. All of that happens in one thread that may
 * block; everybody else reads the snapshot.
 *
 * <p>The life of a child: started; it says where it listens, or exits, or is silent for the stall limit; its health page
 * says that the model is loaded; a canary generation succeeds: ready. When it ends, or hangs ({@link Watchdog}),
 * {@link CrashLoop} decides.
 */
public final class SupervisedEngine implements Engine {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration MEMORY_EVERY = Duration.ofSeconds(1);

    /**
     * Not more often: llama-server looks whether the caller of a whole answer has left only after a second without a
     * result of any of its tasks, and a question about its slots is one.
     */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final ChildChoice choice;
    private final EngineSettings settings;
    private final Duration stall;
    private final Consumer<EngineStatus> onChange;
    private final EngineClient client;
    private final WebClient web;
    private final CrashLoop crashLoop =
            CrashLoop.usual(() -> ThreadLocalRandom.current().nextDouble());
    private final Thread thread;
    private volatile EngineStatus status;
    private volatile boolean closed;
    private volatile @Nullable Child child;

    /**
     * @param stall how long a start may go without any output, and a running child without an answer about its slots,
     *     before it counts as hung: a big model on a slow disk takes minutes, but it does not take them silently
     * @param onChange called in the supervising thread when the state changes
     */
    public SupervisedEngine(
            Vertx vertx, ChildChoice choice, EngineSettings settings, Duration stall, Consumer<EngineStatus> onChange) {
        this.vertx = vertx;
        this.choice = choice;
        this.settings = settings;
        this.stall = stall;
        this.onChange = onChange;
        this.client = new EngineClient(vertx, 1, stall);
        this.web = WebClient.create(vertx, new WebClientOptions().setKeepAlive(false));
        this.status = EngineStatus.starting(EngineKind.XLLAMACPP, true, settings.model());
        this.thread = Thread.ofPlatform().name("engine-supervisor").daemon().unstarted(this::supervise);
    }

    @Override
    public EngineStatus status() {
        return status;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        Child running = child;
        if (running != null) {
            running.end();
        }
        client.close();
        web.close();
    }

    private void supervise() {
        ChildChoice.Found found = choice.find();
        if (found instanceof ChildChoice.Found.Nothing nothing) {
            publish(status.failed(nothing.sentence()));
            return;
        }
        ChildPlan plan = ((ChildChoice.Found.Plan) found).plan();
        publish(status.identified(plan.kind(), plan.detail()));
        try {
            while (!closed) {
                String end = live(plan);
                if (closed) {
                    return;
                }
                switch (crashLoop.ended(System.nanoTime())) {
                    case CrashLoop.Verdict.GiveUp() -> {
                        publish(status.failed("the engine ended again and again; the last time: " + end));
                        return;
                    }
                    case CrashLoop.Verdict.TryAgain(Duration pause) -> {
                        publish(status.restarting(end));
                        Thread.sleep(pause);
                    }
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** One child from start to end; returns why it ended. */
    private String live(ChildPlan plan) throws InterruptedException {
        String key = randomKey();
        Child running;
        try {
            running = Child.start(plan.launch(settings, key));
        } catch (IOException cannotStart) {
            return "the engine could not be started";
        }
        child = running;
        // close() may have looked for a child just before there was one.
        if (closed) {
            running.end();
            return "closed";
        }
        try {
            String failure = bringUp(running, key);
            if (failure != null) {
                return running.alive() ? failure : failure + ": " + epitaph(running);
            }
            return watch(running);
        } finally {
            running.end();
            child = null;
        }
    }

    /** Until it ends or hangs. */
    private String watch(Child running) throws InterruptedException {
        Watchdog watchdog = new Watchdog(LOOK_EVERY, stall, System.nanoTime());
        CompletableFuture<Integer> look = CompletableFuture.completedFuture(0);
        while (running.alive()) {
            status = status.memory(running.memory());
            Serving serving = status.serving();
            if (serving != null && look.isDone() && watchdog.due(System.nanoTime())) {
                // Waits as long as it may: the batch that is being computed comes first.
                look = ask(serving.endpoint(), "/slots", stall);
            }
            if (look.isDone() && look.join() > 0) {
                watchdog.answered(System.nanoTime());
            }
            if (watchdog.hangs(System.nanoTime())) {
                return "it hung";
            }
            awaitExit(running, MEMORY_EVERY);
        }
        return epitaph(running);
    }

    private static String epitaph(Child ended) throws InterruptedException {
        try {
            // Its last words may still be on their way.
            ended.outputRead().get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException silent) {
            return ended.epitaph(ended.exit().join());
        }
        return ended.epitaph(ended.exit().join());
    }

    /** Null when it is ready, else what went wrong. */
    private @Nullable String bringUp(Child running, String key) throws InterruptedException {
        while (!running.address().isDone()) {
            if (!running.alive()) {
                return "it ended before it was ready";
            }
            if (System.nanoTime() - running.lastOutput() > stall.toNanos()) {
                return "the start hung";
            }
            awaitExit(running, POLL);
        }
        URI root = running.address().join();
        try {
            Endpoint endpoint = new Endpoint(root, InetAddress.getByName(root.getHost()), key, settings.model());
            while (!healthy(endpoint)) {
                if (!running.alive()) {
                    return "it ended while loading the model";
                }
                if (System.nanoTime() - running.lastOutput() > stall.toNanos()) {
                    return "loading the model hung";
                }
                awaitExit(running, POLL);
            }
            Canary.Sight sight = new Canary(client, System::nanoTime)
                    .sing(endpoint, vertx.getOrCreateContext())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(stall.toMillis(), TimeUnit.MILLISECONDS);
            status = status.memory(running.memory());
            publish(status.ready(new Serving(endpoint, settings.context(), settings.slots(), false, sight)));
            return null;
        } catch (IOException | ExecutionException | TimeoutException failed) {
            return "the first generation failed";
        }
    }

    private boolean healthy(Endpoint endpoint) throws InterruptedException {
        try {
            return ask(endpoint, "/health", Duration.ofSeconds(1)).get(2, TimeUnit.SECONDS) == 200;
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        }
    }

    /** The status of its answer, 0 if there was none within that time. */
    private CompletableFuture<Integer> ask(Endpoint endpoint, String page, Duration within) {
        return web.request(HttpMethod.GET, endpoint.request(HttpMethod.GET, page))
                .timeout(within.toMillis())
                .send()
                .map(HttpResponse::statusCode)
                .otherwise(0)
                .toCompletionStage()
                .toCompletableFuture();
    }

    private static void awaitExit(Child running, Duration most) throws InterruptedException {
        try {
            running.exit().get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillThere) {
            return;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void publish(EngineStatus next) {
        status = next;
        onChange.accept(next);
    }

    private static String randomKey() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
