package dev.fogline.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server that can be put between generator and upstream.
 *
 * @param name as the table shows it
 * @param version as the server itself says
 */
record Server(String name, String version, Recipe recipe) {

    /** The same, a JVM, with more of its flags. */
    Server with(String... flags) {
        return new Server(name, version, (directory, port, upstreamPort) -> {
            Launch launch = recipe.launch(directory, port, upstreamPort);
            var command = new ArrayList<>(launch.command());
            command.addAll(1, List.of(flags));
            return new Launch(command, launch.environment());
        });
    }

    /** Writes what the server needs into the directory, and says how to start it. */
    interface Recipe {
        /** @param port on which it listens, on loopback */
        Launch launch(Path directory, int port, int upstreamPort) throws IOException;
    }

    /**
     * @param command must become the server itself, not its parent
     * @param environment added to this process' own
     */
    record Launch(List<String> command, Map<String, String> environment) {}
}
