package dev.fogline.edge.model;

import static dev.fogline.edge.model.FakeHub.entry;
import static dev.fogline.edge.model.Machine.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoiceOfFileTest {
    private static final String LIST = "/api/models/some/Model-GGUF/tree/main";
    private static final String FILES = "/some/Model-GGUF/resolve/main/";

    @TempDir
    Path temporary;

    private FakeHub hub;
    private Machine machine;

    @BeforeEach
    void start() {
        hub = new FakeHub().document("/api/models/some/Model-GGUF", "{\"tags\":[\"gguf\",\"license:mit\"]}");
        machine = new Machine(temporary).with(hub);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private void offers(String... paths) {
        StringBuilder list = new StringBuilder("[{\"type\":\"file\",\"path\":\"README.md\",\"size\":3}");
        for (String path : paths) {
            list.append(',').append(entry(path, MODEL));
            hub.file(FILES + path, MODEL);
        }
        hub.document(LIST, list.append(']').toString());
    }

    @Test
    void of_several_files_q4_k_m_is_taken_with_the_licence_of_the_repository() {
        offers("Model-Q2_K.gguf", "Model-Q4_K_M.gguf", "Model-Q8_0.gguf", "mmproj-Model-Q4_K_M.gguf");

        Machine.Run run = machine.run("pull", "some/Model-GGUF");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("Model model-q4_k_m is ready", "mit", "./fogline up --model model-q4_k_m");
        assertThat(machine.store().find("model-q4_k_m")).isPresent();
    }

    @Test
    void the_same_words_find_it_again_without_a_network() {
        offers("Model-Q4_K_M.gguf");
        machine.run("pull", "some/Model-GGUF");
        hub.close();

        Machine.Run again = machine.run("pull", "some/Model-GGUF");

        assertThat(again.status()).as(again.err()).isZero();
        assertThat(again.out()).contains("Model model-q4_k_m is here");
    }

    @Test
    void the_words_it_was_pulled_with_are_a_name_of_it_too() {
        offers("Model-Q2_K.gguf", "Model-Q4_K_M.gguf", "sub/Model-Q8_0.gguf");
        Map<String, String> names = Map.of(
                "some/Model-GGUF",
                "model-q4_k_m",
                "some/Model-GGUF:q8_0",
                "model-q8_0",
                "some/Model-GGUF/Model-Q2_K.gguf",
                "model-q2_k",
                hub.address() + FILES + "Model-Q2_K.gguf?signature=1",
                "model-q2_k");

        names.forEach((words, name) -> {
            assertThat(machine.store().find(words)).as(words).isEmpty();
            assertThat(machine.store().name(words)).isEqualTo(words);
            Machine.Run run = machine.run("pull", words);
            assertThat(run.status()).as(run.err()).isZero();
            String kept = machine.store().name(words);
            assertThat(kept).as(words).startsWith(name);
            assertThat(machine.store().find(words))
                    .as(words)
                    .isPresent()
                    .isEqualTo(machine.store().find(kept));
        });
    }

    @Test
    void a_record_of_the_first_version_with_one_reference_is_read() throws IOException {
        offers("Model-Q4_K_M.gguf");
        machine.run("pull", "some/Model-GGUF");
        Path record = machine.cache().resolve("models/model-q4_k_m/model.json");
        String text = Files.readString(record);
        Files.writeString(
                record, text.replaceFirst("\"references\" : \\[ (\"some/Model-GGUF\") ]", "\"reference\" : $1"));

        assertThat(Files.readString(record)).isNotEqualTo(text);
        assertThat(machine.store().name("some/Model-GGUF")).isEqualTo("model-q4_k_m");
    }

    @Test
    void another_quantisation_is_taken_by_its_name_in_any_case() {
        offers("Model-Q2_K.gguf", "sub/Model-Q8_0.gguf");

        assertThat(machine.run("pull", "some/Model-GGUF:q8_0").status()).isZero();
        assertThat(machine.store().find("model-q8_0")).isPresent();
    }

    @Test
    void a_file_is_taken_by_its_path_also_with_a_space() {
        offers("a folder/Model Q2.gguf");

        Machine.Run run = machine.run("pull", "some/Model-GGUF/a folder/Model Q2.gguf");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(machine.files()).contains("models/model-q2/Model-Q2.gguf");
    }

    @Test
    void the_only_file_is_taken_whatever_it_is_called() {
        offers("anything.gguf");

        assertThat(machine.run("pull", "some/Model-GGUF").status()).isZero();
    }

    @Test
    void where_it_is_not_clear_the_files_are_listed() {
        offers("Model-Q2_K.gguf", "Model-Q8_0.gguf");

        Machine.Run run = machine.run("pull", "some/Model-GGUF");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("no Q4_K_M file here", "Model-Q2_K.gguf  300.0 kB", "Model-Q8_0.gguf");
        assertThat(machine.files()).isEmpty();
    }

    @Test
    void a_model_in_several_files_is_not_offered() {
        offers("Model-Q4_K_M-00001-of-00002.gguf", "Model-Q4_K_M-00002-of-00002.gguf");

        assertThat(machine.run("pull", "some/Model-GGUF").err()).contains("no model in a single .gguf file");
    }

    @Test
    void a_listing_with_paths_that_climb_is_ignored() {
        hub.document(
                LIST,
                "[" + entry("../../../../etc/evil.gguf", MODEL) + "," + entry("/abs/evil.gguf", MODEL) + ","
                        + entry("a\\\\..\\\\evil.gguf", MODEL) + "]");

        Machine.Run run = machine.run("pull", "some/Model-GGUF");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("there is no .gguf file in this repository");
        assertThat(machine.files()).isEmpty();
    }

    @Test
    void the_sum_of_the_listing_is_checked() {
        offers("Model-Q4_K_M.gguf");
        byte[] other = MODEL.clone();
        other[5]++;
        hub.file(FILES + "Model-Q4_K_M.gguf", other);

        assertThat(machine.run("pull", "some/Model-GGUF").err()).contains("wrong checksum");
    }

    @Test
    void a_listing_in_pages_is_read_to_its_end() {
        hub.nextPage = hub.address() + LIST + "/2";
        offers("Model-Q2_K.gguf");
        hub.document(LIST + "/2", "[" + entry("Model-Q4_K_M.gguf", MODEL) + "]");
        hub.file(FILES + "Model-Q4_K_M.gguf", MODEL);

        assertThat(machine.run("pull", "some/Model-GGUF").out()).contains("model-q4_k_m is ready");
    }

    @Test
    void two_models_with_the_same_file_name_get_two_names() {
        offers("Model-Q4_K_M.gguf");
        byte[] other = TinyModel.bytes(9, 1_000);
        hub.document("/api/models/other/Model-GGUF/tree/main", "[" + entry("Model-Q4_K_M.gguf", other) + "]");
        hub.file("/other/Model-GGUF/resolve/main/Model-Q4_K_M.gguf", other);

        machine.run("pull", "some/Model-GGUF");
        Machine.Run second = machine.run("pull", "other/Model-GGUF");

        assertThat(second.out()).containsPattern("Model model-q4_k_m-[0-9a-f]{8} is ready");
        assertThat(machine.store().names()).hasSize(2);
    }

    @Test
    void an_address_of_the_hubs_page_is_taken_as_the_file_and_its_sum_is_shown() {
        offers("Model-Q4_K_M.gguf");

        Machine.Run run = machine.run("pull", hub.address() + "/some/Model-GGUF/blob/main/Model-Q4_K_M.gguf?sig=x1y2");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains(TinyModel.sum(MODEL)).doesNotContain("x1y2");
        assertThat(machine.run("pull", hub.address() + FILES + "Model-Q4_K_M.gguf", "--sha256", TinyModel.sum(MODEL))
                        .out())
                .contains("is here");
    }

    @Test
    void a_sum_on_the_command_line_is_checked() {
        offers("Model-Q4_K_M.gguf");

        Machine.Run run = machine.run("pull", hub.address() + FILES + "Model-Q4_K_M.gguf", "--sha256", "0".repeat(64));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("wrong checksum");
    }
}
