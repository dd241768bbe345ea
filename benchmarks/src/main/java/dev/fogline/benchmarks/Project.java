package dev.fogline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;

/**
 * The project's folder, and what was asked.
 *
 * @param command as the user typed it
 */
record Project(Path root, String command) {

    /** The launcher says both in system properties. */
    static Project here() {
        return new Project(
                Path.of(System.getProperty("fogline.root", "")).toAbsolutePath(),
                ("./fogline bench " + System.getProperty("fogline.arguments", "")).strip());
    }

    /** For configurations and logs of the servers; its content is of no use afterwards. */
    Path work() {
        return root.resolve("benchmarks/target/run");
    }

    Path result(LocalDateTime date, String kind, String ending) throws IOException {
        String name = date.toString().replace(':', '-').substring(0, 16) + "-" + kind + "." + ending;
        return Files.createDirectories(root.resolve("benchmarks/results")).resolve(name);
    }
}
