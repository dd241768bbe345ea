package dev.fogline.edge;

import dev.fogline.edge.engine.AttachedEngine;
import dev.fogline.edge.engine.ChildChoice;
import dev.fogline.edge.engine.Engine;
import dev.fogline.edge.engine.EngineClient;
import dev.fogline.edge.engine.EngineSettings;
import dev.fogline.edge.engine.EngineStatus;
import dev.fogline.edge.engine.Serving;
import dev.fogline.edge.engine.SupervisedEngine;
import dev.fogline.edge.model.EngineStore;
import dev.fogline.edge.model.ModelStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** The only wiring: turns configuration and environment into the objects of the request path, and starts and ends them. */
@ApplicationScoped
class Assembly {
    private static final Logger LOG = Logger.getLogger("fogline.edge");
    private static final String DEFAULT_MODEL = "smollm2-135m";
    private static final int USUAL_CONTEXT = 2048;
    private static final Duration DRAIN = Duration.ofSeconds(25);

    private final Vertx vertx;
    private final EdgeConfig config;
    private final Engine engine;
    private final EngineClient client;
    private final Admission admission;
    private final ServiceLimits limits;
    private final Speed speed = new Speed();
    private final MeterRegistry registry;

    Assembly(Vertx vertx, EdgeConfig config, MeterRegistry registry) {
        this.vertx = vertx;
        this.config = config;
        this.registry = registry;
        try {
            refuseNonsense(config, System.getenv());
        } catch (IllegalArgumentException mistake) {
            throw new RefusedStart(String.valueOf(mistake.getMessage()));
        }
        this.admission = new Admission(config.slots(), config.queue(), System::nanoTime);
        this.limits = new ServiceLimits(config.context(), USUAL_CONTEXT, config.maxTokens());
        this.client = new EngineClient(vertx, 2 * config.slots() + 4, config.stall());
        this.engine = config.engine().map(this::attached).orElseGet(this::supervised);
    }

    EngineStatus engineStatus() {
        return engine.status();
    }

    boolean draining() {
        return limits.draining();
    }

    void start(@Observes StartupEvent event) throws Exception {
        engine.start();
        if (engine instanceof AttachedEngine attached) {
            refuse(firstVerdict(attached));
        }
        String model = Optional.ofNullable(engine.status().model()).orElse("attached");
        EdgeMetrics metrics = new EdgeMetrics(registry, model);
        metrics.watch(admission, engine, speed);
        InferenceHandler inference = new InferenceHandler(vertx, engine, client, admission, limits, speed, metrics);
        Routes routes =
                new Routes(inference, new StatusPage(engine, admission, limits, speed), new Callers(config.token()));
        new UserPlane(vertx, config.host(), config.port(), routes::handle)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        LOG.infof(
                "edge-agent listens on http://%s:%d, operators on %d",
                config.host(), config.port(), config.operatorPort());
    }

    /** Streams have a while to end; the child goes last. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        limits.drain();
        long end = System.nanoTime() + DRAIN.toNanos();
        while (admission.load().running() + admission.load().waiting() > 0 && System.nanoTime() < end) {
            Thread.sleep(Duration.ofMillis(50));
        }
        engine.close();
        client.close();
    }

    private Engine attached(URI url) {
        return new AttachedEngine(vertx, url, config.model().orElse(null), config.stall(), this::changed);
    }

    private Engine supervised() {
        Path cache = ModelStore.cache();
        ModelStore models = ModelStore.of(cache);
        String named = models.name(config.model().orElse(DEFAULT_MODEL));
        Path file = models.find(named)
                .orElseThrow(() -> new RefusedStart(
                        "there is no model " + named + " in " + cache + ": run ./fogline model pull " + named));
        EngineSettings settings = new EngineSettings(
                publicName(named),
                file,
                config.slots(),
                config.context().orElse(USUAL_CONTEXT),
                config.threads()
                        .orElse(EngineSettings.usualThreads(Runtime.getRuntime().availableProcessors())),
                config.cacheRamMib());
        return new SupervisedEngine(
                vertx,
                new ChildChoice(
                        System.getenv(), EngineStore.of(cache).xllamacpp().orElse(null)),
                settings,
                config.stall(),
                this::changed);
    }

    /** A path must not show in answers: its file name stands for it. */
    private static String publicName(String named) {
        return named.endsWith(".gguf")
                ? String.valueOf(Path.of(named).getFileName()).replace(".gguf", "")
                : named;
    }

    private void changed(EngineStatus status) {
        Serving serving = status.serving();
        if (serving != null) {
            speed.seed(serving.canary().firstTokenMs(), serving.canary().tokensPerSecond());
            Integer slots = serving.slots();
            admission.slots(slots == null ? config.slots() : Math.min(slots, config.slots()));
        }
        LOG.infof(
                "engine %s (%s %s, model %s)%s",
                status.state().label(),
                status.kind().label(),
                status.detail(),
                status.model(),
                status.lastError() == null || serving != null ? "" : ": " + status.lastError());
    }

    private static Optional<String> firstVerdict(AttachedEngine engine)
            throws ExecutionException, InterruptedException {
        try {
            return engine.firstVerdict().get(20, TimeUnit.SECONDS);
        } catch (TimeoutException later) {
            return Optional.empty();
        }
    }

    private static void refuse(Optional<String> sentence) {
        if (sentence.isPresent()) {
            throw new RefusedStart(sentence.get());
        }
    }

    private static void refuseNonsense(EdgeConfig config, Map<String, String> environment) {
        Settings.check(config, environment);
        refuseOpen("FOGLINE_AGENT_HOST", config.host(), "FOGLINE_AGENT_TOKEN", config.token());
        refuseOpen(
                "FOGLINE_AGENT_OPERATOR_HOST",
                config.operatorHost(),
                "FOGLINE_OPERATOR_TOKEN",
                Optional.ofNullable(environment.get("FOGLINE_OPERATOR_TOKEN")));
    }

    /** Nothing listens beyond this machine without a credential. */
    static void refuseOpen(String name, String host, String credential, Optional<String> secret) {
        if (!Callers.LOOPBACK.contains(host)
                && secret.filter(text -> !text.isBlank()).isEmpty()) {
            throw new IllegalArgumentException(
                    name + "=" + host + " is beyond this machine, for everybody: set " + credential + " as well");
        }
    }
}
