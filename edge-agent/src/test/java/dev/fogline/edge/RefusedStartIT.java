package dev.fogline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged application with settings that cannot be meant. */
class RefusedStartIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "FOGLINE_AGENT_HOST, 0.0.0.0, FOGLINE_AGENT_TOKEN",
        "FOGLINE_AGENT_OPERATOR_HOST, 0.0.0.0, FOGLINE_OPERATOR_TOKEN",
        "FOGLINE_AGENT_SLOTS, 0, FOGLINE_AGENT_SLOTS",
        "FOGLINE_AGENT_QUEUE, many, fogline.agent.queue",
        "FOGLINE_AGENT_MODEL, no-such-model, ./fogline model pull no-such-model"
    })
    void it_is_one_sentence_and_exit_status_2(String variable, String value, String remedy) throws Exception {
        Path output = folder.resolve("output");
        Process agent = start(output, variable, value);
        try {
            assertThat(agent.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            agent.destroyForcibly();
        }
        assertThat(Files.readAllLines(output)).hasSize(1).allMatch(line -> line.contains(remedy));
        assertThat(agent.exitValue()).isEqualTo(2);
    }

    private static Process start(Path output, String variable, String value) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("FOGLINE_"));
        builder.environment().put("FOGLINE_AGENT_OPERATOR_PORT", "0");
        builder.environment().put(variable, value);
        return builder.start();
    }
}
