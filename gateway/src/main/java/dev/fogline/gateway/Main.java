package dev.fogline.gateway;

import dev.fogline.gateway.audit.egress.EgressAudit;
import dev.fogline.gateway.config.ConfigException;
import dev.fogline.gateway.config.ConfigReader;
import dev.fogline.gateway.config.GatewayConfig;
import dev.fogline.gateway.config.LogLock;
import dev.fogline.gateway.training.TrainingRun;
import dev.fogline.policies.privacy.Detectors;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the configuration first, so that a mistake in it is one sentence and exit status 2 instead of a stack trace. */
@QuarkusMain
public final class Main {
    /** Held until the process ends: one that nobody refers to any more would be given back. */
    @SuppressWarnings("unused")
    private static @Nullable LogLock decisionLog;

    /** Handed on to {@link Assembly}, which Quarkus makes. */
    private static @Nullable GatewayConfig read;

    private Main() {}

    public static void main(String... args) {
        // Most policies use them, and they take a tenth of the start to be made: whoever reads the policy waits for
        // what is left.
        Thread.ofPlatform().name("fogline-detectors").daemon().start(Detectors::standard);
        Thread.ofPlatform().name("fogline-quarkus").daemon().start(Main::prepareQuarkus);
        boolean training = List.of(args).contains("--train");
        Optional<Path> file = training ? Optional.of(TrainingRun.prepare(trainingState())) : configArgument(args);
        GatewayConfig config;
        try {
            config = ConfigReader.ofProcess().read(file);
            decisionLog = config.decisionLog().map(LogLock::of).orElse(null);
            if (config.audit().folder().filter(EgressAudit::isWritten).isPresent()) {
                System.err.println("fogline: another gateway is writing the egress audit "
                        + config.audit().folder().get() + "; give this one a directory of its own with audit.path, or"
                        + " with FOGLINE_STATE");
                System.exit(2);
            }
        } catch (ConfigException e) {
            System.err.println("fogline: " + e.getMessage());
            System.exit(2);
            return;
        }
        read = config;
        System.setProperty("quarkus.http.host", config.operators().host());
        System.setProperty(
                "quarkus.http.port", Integer.toString(config.operators().port()));
        // Quarkus would start two event loops for each core, which costs a third of the throughput.
        int cores = Runtime.getRuntime().availableProcessors();
        System.setProperty("quarkus.vertx.event-loops-pool-size", Integer.toString(cores));
        if (training) {
            System.setProperty(
                    "fogline.training.gateway", Integer.toString(config.users().port()));
            Quarkus.run(TrainingRun.class);
        } else {
            Quarkus.run(args);
        }
    }

    /** What Quarkus does before it knows any configuration; {@link Quarkus#run} waits for what is left of it. */
    private static void prepareQuarkus() {
        try {
            Class.forName(Application.APP_CLASS_NAME);
        } catch (ClassNotFoundException | LinkageError e) {
            // Quarkus will meet it again, and say so.
        }
    }

    /** What the process was started with; empty where Quarkus was started in another way, as by its tests. */
    static Optional<GatewayConfig> config() {
        return Optional.ofNullable(read);
    }

    /** A training run writes there what a gateway keeps, so it must not be the one of a gateway that serves. */
    private static Path trainingState() {
        String state = System.getenv("FOGLINE_STATE");
        if (state == null || state.isEmpty()) {
            System.err.println("fogline: --train needs FOGLINE_STATE, set to a directory that nobody else uses");
            System.exit(2);
        }
        return Path.of(state == null ? "" : state);
    }

    private static Optional<Path> configArgument(String... args) {
        for (int i = 0; i + 1 < args.length; i++) {
            if (args[i].equals("--config")) {
                return Optional.of(Path.of(args[i + 1]));
            }
        }
        return Optional.empty();
    }
}
