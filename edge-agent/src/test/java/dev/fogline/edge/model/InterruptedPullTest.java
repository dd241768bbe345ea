package dev.fogline.edge.model;

import static dev.fogline.edge.model.Machine.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as its own process, ended by a signal in the middle. */
class InterruptedPullTest {
    @TempDir
    Path temporary;

    private Process start(Machine machine, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ModelCommand.class.getName());
        builder.command().addAll(List.of(arguments));
        builder.environment().clear();
        builder.environment().putAll(machine.variables);
        return builder.redirectErrorStream(true)
                .redirectOutput(temporary.resolve("output").toFile())
                .start();
    }

    private static void await(Process process, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(process.isAlive() && System.nanoTime() < deadline).isTrue();
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    private String output() throws Exception {
        return Files.readString(temporary.resolve("output"), StandardCharsets.UTF_8);
    }

    @Test
    void a_download_leaves_only_its_part_and_the_next_run_goes_on_there() throws Exception {
        try (FakeHub hub = new FakeHub().file("/x/some.gguf", MODEL)) {
            Machine machine = new Machine(temporary).with(hub);
            hub.stalls.set(1);
            Path part = machine.cache().resolve("models/some/some.gguf.part");

            Process process = start(machine, "pull", hub.address() + "/x/some.gguf");
            await(process, () -> part.toFile().length() > 0);
            process.destroy();

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(128 + 15);
            assertThat(output()).contains("Interrupted").doesNotContain("No model was pulled");
            assertThat(machine.files()).allMatch(file -> file.startsWith("models/some/some.gguf.part"));
            assertThat(machine.store().find("some")).isEmpty();

            hub.seen.clear();
            assertThat(machine.run("pull", hub.address() + "/x/some.gguf").status())
                    .isZero();
            assertThat(hub.seen.getFirst().range()).isPresent();
        }
    }

    @Test
    void pip_is_stopped_too_and_leaves_nothing() throws Exception {
        Machine machine = new Machine(temporary);
        FakePython.install(machine, "3.12 pip", """
                mkdir -p "$into"
                echo half > "$into/half"
                echo $$ > "%s/pip"
                exec sleep 600
                """.formatted(temporary));
        Path pip = temporary.resolve("pip");

        Process process = start(machine, "pull", "--engine");
        await(process, () -> pip.toFile().length() > 0);
        process.destroy();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(machine.files()).isEmpty();
        long pid = Long.parseLong(Files.readString(pip).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }
}
