package dev.fogline.edge.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Property
    void any_foreign_file_name_becomes_one_plain_segment(@ForAll String foreign) {
        String file = ModelName.fileName(foreign);

        assertThat(file).matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,130}").endsWith(".gguf");
        assertThat(ModelName.fileName(file)).isEqualTo(file);
        assertThat(ModelName.of(ModelName.ofFile(foreign).value())).isPresent();
    }

    @Test
    void names_that_climb_hide_or_look_like_options_are_refused() {
        assertThat(List.of("", ".", "..", ".hidden", "-x", "a/b", "a\\b", "ä", "a b", "x".repeat(97)))
                .allSatisfy(name -> assertThat(ModelName.of(name)).isEmpty());
        assertThat(ModelName.of("qwen2.5-0.5b")).isPresent();
    }

    @Test
    void the_quantisation_is_read_from_the_name_of_a_file() {
        Map<String, String> expected = Map.of(
                "SmolLM2-135M-Instruct.Q4_1.gguf", "Q4_1",
                "qwen2.5-0.5b-instruct-q4_k_m.gguf", "Q4_K_M",
                "Qwen3-0.6B-Q8_0.gguf", "Q8_0",
                "Model-UD-Q4_K_XL.gguf", "Q4_K_XL",
                "model-IQ3_XXS.gguf", "IQ3_XXS",
                "model.f16.gguf", "F16");

        assertThat(expected)
                .allSatisfy((file, quantisation) ->
                        assertThat(Quantisation.ofFile(file)).contains(quantisation));
        assertThat(Quantisation.ofFile("qwen.gguf")).isEmpty();
    }

    @Test
    void redirects_stay_on_https_and_never_come_home() {
        URI hub = URI.create("https://hub.example/a");

        assertThat(Addresses.mayRedirect(hub, URI.create("https://storage.example/b")))
                .isTrue();
        assertThat(Addresses.mayRedirect(hub, URI.create("http://storage.example/b")))
                .isFalse();
        assertThat(Addresses.mayRedirect(hub, URI.create("https://127.0.0.1/b")))
                .isFalse();
        assertThat(Addresses.mayRedirect(hub, URI.create("file:///etc/passwd"))).isFalse();
        assertThat(Addresses.mayRedirect(URI.create("http://127.0.0.1:1/"), URI.create("http://localhost:2/")))
                .isTrue();
    }
}
