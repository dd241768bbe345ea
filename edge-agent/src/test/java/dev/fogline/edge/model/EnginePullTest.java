package dev.fogline.edge.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginePullTest {
    private static final String COMPLETE = "engine/xllamacpp-2026.10.11549/.complete";
    private static final String INSTALL = "mkdir -p \"$into/xllamacpp\"";

    @TempDir
    Path temporary;

    @Test
    void the_engine_is_installed_proven_and_marked_complete() throws IOException {
        Machine machine = new Machine(temporary);
        FakePython.install(machine, "3.10 pip", INSTALL);

        Machine.Run run = machine.run("pull", "--engine");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Engine: xllamacpp 2026.10.11549 installed")
                .doesNotContain("Model");
        assertThat(machine.files()).containsExactly(COMPLETE);
        EngineStore store = EngineStore.of(machine.cache());
        assertThat(store.xllamacpp()).contains(machine.cache().resolve("engine/xllamacpp-2026.10.11549"));
        assertThat(store.python()).contains(machine.root.resolve("bin/python3").toString());
        assertThat(FakePython.calls(machine)).contains("-m pip install --target", "--require-hashes", "-I -c");
    }

    @Test
    void an_engine_that_is_there_starts_no_python() throws IOException {
        Machine machine = new Machine(temporary);
        FakePython.install(machine, "3.10 pip", INSTALL);
        machine.run("pull", "--engine");
        Files.delete(machine.root.resolve("calls"));

        Machine.Run again = machine.run("pull", "--engine");

        assertThat(again.status()).isZero();
        assertThat(again.out()).contains("is installed");
        assertThat(FakePython.calls(machine)).isEmpty();
    }

    @Test
    void a_folder_without_the_mark_is_no_engine_and_is_replaced() throws IOException {
        Machine machine = new Machine(temporary);
        FakePython.install(machine, "3.10 pip", INSTALL);
        Path stale = machine.cache().resolve("engine/xllamacpp-2026.10.11549/stale");
        Files.createDirectories(stale.getParent());
        Files.writeString(stale, "half");

        assertThat(EngineStore.of(machine.cache()).xllamacpp()).isEmpty();
        assertThat(machine.run("pull", "--engine").status()).isZero();
        assertThat(machine.files()).containsExactly(COMPLETE);
    }

    @Test
    void a_llama_server_on_the_path_is_enough() {
        Machine machine = new Machine(temporary);
        machine.program("llama-server", "exit 0\n");

        Machine.Run run = machine.run("pull", "--engine");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("llama-server on the PATH (~/bin/llama-server)");
        assertThat(machine.files()).isEmpty();
    }

    @Test
    void a_wheel_that_does_not_load_leaves_nothing() {
        Machine machine = new Machine(temporary);
        FakePython.install(machine, "3.10 pip", "mkdir -p \"$into/other\"");

        Machine.Run run = machine.run("pull", "--engine");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("cannot load it (status 1");
        assertThat(machine.files()).isEmpty();
        assertThat(EngineStore.of(machine.cache()).xllamacpp()).isEmpty();
    }

    @Test
    void a_wrong_hash_is_told_apart_from_a_missing_wheel() {
        Machine machine = new Machine(temporary);
        FakePython.install(
                machine, "3.10 pip", "echo 'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE FILE'; exit 1");
        assertThat(machine.run("pull", "--engine").err()).contains("wrong checksum");

        FakePython.install(machine, "3.10 pip", "echo 'ERROR: No matching distribution found for xllamacpp'; exit 1");
        assertThat(machine.run("pull", "--engine").err()).contains("no such wheel");

        FakePython.install(machine, "3.10 pip", "echo 'ERROR: bad https://user:secret@index/x'; exit 2");
        assertThat(machine.run("pull", "--engine").err())
                .contains("pip ended with status 2")
                .doesNotContain("secret");
    }

    @Test
    void a_python_that_is_too_old_or_without_pip_is_passed_over() {
        Machine machine = new Machine(temporary);
        FakePython.install(machine, "3.9 pip", INSTALL);
        Machine.Run old = machine.run("pull", "--engine");
        FakePython.install(machine, "3.12 none", INSTALL);
        Machine.Run without = machine.run("pull", "--engine");

        assertThat(old.status()).isEqualTo(1);
        assertThat(old.err()).contains("apt install python3-pip");
        assertThat(without.err()).contains("apt install python3-pip");
    }

    @Test
    void the_python_that_the_user_names_comes_first() throws IOException {
        Machine machine = new Machine(temporary);
        FakePython.install(machine, "3.12 pip", INSTALL);
        Path mine = Files.move(machine.root.resolve("bin/python3"), machine.root.resolve("mine"));
        FakePython.install(machine, "3.12 pip", "exit 1");
        machine.variables.put("FOGLINE_PYTHON", mine.toString());

        assertThat(machine.run("pull", "--engine").status()).isZero();
    }

    @Test
    void another_system_is_told_in_a_sentence_what_to_do() {
        Machine machine = new Machine(temporary);
        machine.os = "Mac OS X";

        Machine.Run run = machine.run("pull", "--engine");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("llama-server", "./fogline up --engine URL");
    }
}
