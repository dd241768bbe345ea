package dev.fogline.edge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ErrorPhrasesTest {
    private final ErrorPhrases phrases = new ErrorPhrases();

    @Test
    void a_known_phrase_is_kept_without_the_rest_of_its_line() {
        phrases.line("0.01 E srv load_model: error loading model: 'my secret prompt' in /home/anna/x.gguf");
        assertThat(phrases.summary()).hasValue("error loading model");
    }

    @Test
    void only_the_last_three_different_ones_are_kept() {
        for (String line :
                new String[] {"CUDA error", "GGML_ASSERT(a)", "GGML_ASSERT(b)", "out of memory", "MemoryError"}) {
            phrases.line(line);
        }
        assertThat(phrases.summary()).hasValue("GGML_ASSERT; out of memory; MemoryError");
    }

    @Property
    void nothing_is_kept_of_any_other_line(@ForAll String line) {
        ErrorPhrases fresh = new ErrorPhrases();
        fresh.line("prompt: " + line.replaceAll("[a-zA-Z_]", "q"));
        assertThat(fresh.summary()).isEmpty();
    }
}
