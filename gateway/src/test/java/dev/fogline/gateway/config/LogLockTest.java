package dev.fogline.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogLockTest {
    @TempDir
    Path state;

    @Test
    void a_second_gateway_with_the_same_decision_log_is_refused_with_a_sentence() throws Exception {
        Path log = state.resolve("decisions/decisions.jsonl");
        Path said = state.resolve("said");
        ProcessBuilder second = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.fogline.gateway.Main")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        second.environment().keySet().removeIf(name -> name.startsWith("FOGLINE_"));
        second.environment().put("FOGLINE_STATE", state.toString());
        second.directory(state.toFile());
        second.environment().put("HOME", state.toString());
        try (LogLock first = Objects.requireNonNull(LogLock.of(log))) {
            Process process = second.start();
            try {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(Files.readString(said))
                        .contains("fogline: another gateway is writing the decision log " + log)
                        .contains("FOGLINE_STATE");
                assertThat(process.exitValue()).isEqualTo(2);
            } finally {
                process.destroyForcibly();
            }
            assertThatThrownBy(() -> LogLock.of(log)).isInstanceOf(ConfigException.class);
            assertThat(first).isNotNull();
        }
    }

    @Test
    void who_has_ended_holds_nothing() throws Exception {
        Path log = state.resolve("decisions.jsonl");
        Objects.requireNonNull(LogLock.of(log)).close();
        Objects.requireNonNull(LogLock.of(log)).close();
    }

    @Test
    void where_no_file_can_be_made_the_start_goes_on() throws Exception {
        Path file = Files.writeString(state.resolve("file"), "");
        assertThat(LogLock.of(file.resolve("decisions.jsonl"))).isNull();
    }
}
