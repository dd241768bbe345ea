package dev.fogline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache that {@code ./fogline train} makes is one that the JVM takes. */
class TrainingIT {
    private static final Path ROOT = RunningFogline.ROOT;
    private static final Path APP = ROOT.resolve("gateway/target/quarkus-app");

    @Test
    void a_gateway_starts_from_the_trained_cache(@TempDir Path folder) throws IOException, InterruptedException {
        assumeThat(Runtime.version().feature())
                .as("the ahead-of-time cache needs JDK 25")
                .isGreaterThanOrEqualTo(25);
        Path cache = APP.resolve("app.aot");
        // The tests hold the lock of the build.
        run(folder, List.of(ROOT.resolve("fogline").toString(), "train", "--no-build"));
        assertThat(cache).isNotEmptyFile();

        // With AOTMode=on the JVM refuses to start where it would otherwise go on without the cache.
        List<String> java =
                new ArrayList<>(List.of(ROOT.resolve("deploy/jvm/start").toString(), "-XX:AOTMode=on"));
        java.addAll(List.of("-jar", APP.resolve("quarkus-run.jar").toString(), "--train"));
        String said = run(folder, java);

        assertThat(said).contains("outcome=success").doesNotContain("outcome=internal_error");
    }

    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("FOGLINE_STATE", folder.resolve("state").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        boolean over = process.waitFor(4, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readString(output);
        assertThat(over)
                .as("%s was over in time, having said%n%s", command, said)
                .isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
