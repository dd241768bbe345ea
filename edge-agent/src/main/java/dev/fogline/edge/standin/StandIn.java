package dev.fogline.edge.standin;

import dev.fogline.edge.engine.ChildChoice;
import dev.fogline.edge.engine.EngineClient;
import dev.fogline.edge.engine.EngineSettings;
import dev.fogline.edge.engine.EngineState;
import dev.fogline.edge.engine.EngineStatus;
import dev.fogline.edge.engine.SupervisedEngine;
import dev.fogline.edge.model.EngineStore;
import dev.fogline.edge.model.ModelStore;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * A process of its own that plays a cloud: the same small model behind the API that a cloud has, with a longer context,
 * a delay, and a URL. Everything it prints says what it is.
 */
public final class StandIn {
    private static final Duration STALL = Duration.ofMinutes(5);

    private StandIn() {}

    public static void main(String[] arguments) throws Exception {
        // Before the first logger: the class path is Quarkus', which expects its own log manager.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        StandInOptions options = new StandInOptions();
        CommandLine commandLine = new CommandLine(options);
        try {
            commandLine.parseArgs(arguments);
        } catch (CommandLine.ParameterException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        }
        if (options.help) {
            commandLine.usage(System.out);
            return;
        }
        String failure = run(options);
        if (failure != null) {
            System.err.println("stand-in: " + failure);
            System.exit(1);
        }
    }

    /** Returns while the server goes on; what stood in the way otherwise. */
    private static @Nullable String run(StandInOptions options) throws Exception {
        Path cache = ModelStore.cache();
        Path model = ModelStore.of(cache).find(options.model).orElse(null);
        if (model == null) {
            return "there is no model " + options.model + ": run ./fogline model pull " + options.model;
        }
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        CompletableFuture<EngineStatus> settled = new CompletableFuture<>();
        SupervisedEngine engine = new SupervisedEngine(
                vertx,
                new ChildChoice(
                        System.getenv(), EngineStore.of(cache).xllamacpp().orElse(null)),
                new EngineSettings(
                        StandInHandler.MODEL,
                        model,
                        1,
                        options.context,
                        EngineSettings.usualThreads(Runtime.getRuntime().availableProcessors()),
                        256),
                STALL,
                status -> {
                    if (status.state() == EngineState.READY || status.state() == EngineState.FAILED) {
                        settled.complete(status);
                    }
                });
        Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
        engine.start();
        EngineStatus status = settled.get();
        if (status.state() == EngineState.FAILED) {
            return Objects.requireNonNullElse(status.lastError(), "the engine failed");
        }
        EngineClient client = new EngineClient(vertx, 64, STALL);
        StandInHandler handler = new StandInHandler(vertx, engine, client, options.context, options.delayMs);
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0).setHandle100ContinueAutomatically(true))
                .requestHandler(handler::handle)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        String url = "http://127.0.0.1:" + server.actualPort() + "/v1";
        announce(Objects.requireNonNull(options.urlFile), url);
        System.out.println("stand-in cloud at " + url + ": NOT a cloud model, but the small local model "
                + options.model + " playing one, with " + options.delayMs + " ms of delay");
        return null;
    }

    /** Whole or not at all: somebody may be waiting for the file. */
    private static void announce(Path file, String url) throws IOException {
        Path target = file.toAbsolutePath();
        Path draft = Files.createTempFile(target.getParent(), ".stand-in", ".url");
        Files.writeString(draft, url + "\n");
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
