package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.file.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameModelTest {
    /** Knows one name. */
    public static final class Zorblax implements NameModel {
        static final List<String> READ = new ArrayList<>();

        @Override
        public String id() {
            return "zorblax-1";
        }

        @Override
        public int longest() {
            return 64;
        }

        @Override
        public List<Name> names(String text) {
            READ.add(text);
            int at = text.indexOf("zorblax");
            return at < 0 ? List.of() : List.of(new Name(Kind.PERSON, at, at + 7, 0.9));
        }
    }

    private static final class Broken implements NameModel {
        private final boolean outside;

        Broken(boolean outside) {
            this.outside = outside;
        }

        @Override
        public String id() {
            return "broken";
        }

        @Override
        public List<Name> names(String text) {
            if (outside) {
                return List.of(new Name(Kind.PERSON, 0, text.length() + 1, 0.9));
            }
            throw new IllegalStateException("out of memory of the graphics card");
        }
    }

    @TempDir
    private Path directory;

    private String jar(String service) throws IOException {
        Path jar = directory.resolve("model.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("META-INF/services/" + NameModel.class.getName()));
            out.write(service.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return jar.toString();
    }

    private static List<String> found(Detectors detectors, String text) {
        return detectors.find(text).stream()
                .map(f -> f.kind().id() + ":" + text.substring(f.start(), f.end()))
                .toList();
    }

    @Test
    void a_model_in_a_jar_finds_names_beside_the_built_in_ways() throws IOException {
        List<NameModel> models = NameModels.load(jar(Zorblax.class.getName()));
        var detectors = new Detectors(Names.with(models));
        assertThat(found(detectors, "Anna Miller met zorblax."))
                .containsExactly("person:Anna Miller", "person:zorblax");
    }

    @Test
    void the_log_of_decisions_says_which_model_ran() throws IOException {
        var with = new Detectors(Names.with(NameModels.load(jar(Zorblax.class.getName()))));
        var without = new Detectors(Names.with(List.of()));
        List<String> kinds = List.of("person", "organisation");
        assertThat(with.version()).endsWith("+zorblax-1");
        assertThat(with.knew(without.version(), kinds, FindingKind.PERSON)).isFalse();
        assertThat(without.knew(with.version(), kinds, FindingKind.PERSON)).isFalse();
        assertThat(with.knew(with.version(), kinds, FindingKind.PERSON)).isTrue();
    }

    @Test
    void a_long_text_is_given_in_pieces_that_end_with_a_sentence_or_a_word() {
        Zorblax.READ.clear();
        String text =
                "One two three four five six seven eight nine ten and more. Here is zorblax with all of his friends "
                        + "x".repeat(80);
        var detectors = new Detectors(Names.with(List.of(new Zorblax())));
        assertThat(found(detectors, text)).contains("person:zorblax");
        assertThat(String.join("", Zorblax.READ)).isEqualTo(text);
        assertThat(Zorblax.READ).first().asString().endsWith("more. ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_model_that_fails_or_answers_nonsense_makes_the_request_restricted(boolean outside) {
        var scan = PromptScan.with(new Detectors(Names.with(List.of(new Broken(outside)))));
        scan.text("Good morning");
        assertThat(scan.findings()).containsOnlyKeys(FindingKind.DETECTOR_FAILURE);
        assertThat(scan.sensitivity()).isEqualTo(Sensitivity.RESTRICTED);
    }

    @Test
    void a_jar_without_a_model_is_refused_by_name() throws IOException {
        String empty = jar("");
        assertThatThrownBy(() -> NameModels.load(empty))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith("FOGLINE_NAME_MODEL: ");
    }

    @Test
    void a_model_that_cannot_be_made_is_refused() throws IOException {
        String missing = jar("org.example.Missing");
        assertThatThrownBy(() -> NameModels.load(missing)).isInstanceOf(InvalidFileException.class);
    }

    @Test
    void a_jar_that_is_not_there_is_refused() {
        String nowhere = directory.resolve("nowhere.jar").toString();
        assertThatThrownBy(() -> NameModels.load(nowhere))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("nowhere.jar");
    }
}
