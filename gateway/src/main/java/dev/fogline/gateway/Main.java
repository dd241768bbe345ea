package dev.fogline.gateway;

import dev.fogline.gateway.config.ConfigException;
import dev.fogline.gateway.config.ConfigReader;
import dev.fogline.gateway.config.GatewayConfig;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the configuration first, so that a mistake in it is one sentence and exit status 2 instead of a stack trace. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String... args) {
        Optional<Path> file = configArgument(args);
        GatewayConfig config;
        try {
            config = ConfigReader.ofProcess().read(file);
        } catch (ConfigException e) {
            System.err.println("fogline: " + e.getMessage());
            System.exit(2);
            return;
        }
        file.ifPresent(path -> System.setProperty("fogline.config", path.toString()));
        System.setProperty("quarkus.http.host", config.operators().host());
        System.setProperty(
                "quarkus.http.port", Integer.toString(config.operators().port()));
        // Quarkus would start two event loops for each core, which costs a third of the throughput.
        int cores = Runtime.getRuntime().availableProcessors();
        System.setProperty("quarkus.vertx.event-loops-pool-size", Integer.toString(cores));
        Quarkus.run(args);
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
