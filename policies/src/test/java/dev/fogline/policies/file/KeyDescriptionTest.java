package dev.fogline.policies.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One description says what a reader takes and what the reference says of it. */
class KeyDescriptionTest {
    enum Colour {
        RED,
        GREEN
    }

    record Sample(
            @Key(meaning = "a", required = true) String name,

            @Key(meaning = "b", least = 1, most = 9, normally = "3") @Nullable
            Located<Integer> howMany,

            @Key(meaning = "c", otherwise = "as long as it takes") @Nullable
            Duration pause,

            @Key(meaning = "d") @Nullable List<Part> parts,
            @Key(meaning = "e") @Nullable Map<Colour, Located<Colour>> mixed) {}

    record Part(
            @Key(meaning = "f", least = 0) @Nullable Double weight,
            @Key(meaning = "g") @Nullable List<String> words) {}

    record Undescribed(@Nullable String forgotten) {}

    @Test
    void every_key_is_told_with_its_path_and_what_it_takes() {
        assertThat(KeyDescription.of(Sample.class))
                .extracting(key -> key.path() + " | " + key.value() + " | " + key.normally())
                .containsExactly(
                        "name | text | required",
                        "how-many | whole number from 1 to 9 | `3`",
                        "pause | duration | as long as it takes",
                        "parts |  | ",
                        "parts[].weight | number from 0 | none",
                        "parts[].words | list: text | none",
                        "mixed | map: `red`, `green` → `red`, `green` | none");
    }

    @Test
    void a_key_without_a_description_is_a_mistake_of_ours() {
        assertThatThrownBy(() -> KeyDescription.of(Undescribed.class)).hasMessageContaining("forgotten");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "how-many: 3 | line 1: the key 'name' is missing",
                "name: x%nhow-many: 0 | line 2: the key 'how-many' must be from 1 to 9",
                "name: x%nhow-many: 10 | line 2: the key 'how-many' must be from 1 to 9",
                "name: x%nparts:%n- words: []%n- weight: -0.5 | line 4: the key 'parts[2].weight' must be from 0",
                "name: x%nparts: [ ~ ] | the key 'parts[1]' has an empty value",
                "name: x%nparts: [ words: [ ~ ] ] | line 2: the key 'parts[1].words[1]' has an empty value",
                "name: x%nmixed:%n  red: ~ | line 3: the key 'mixed.red' has an empty value",
            })
    void what_is_missing_or_out_of_range_is_refused_with_its_line(String yaml, String says) {
        assertThatThrownBy(() -> StrictYaml.read("f.yaml", yaml.replace("%n", "\n"), Sample.class))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith("f.yaml")
                .hasMessageContaining(says);
    }

    @Test
    void what_is_in_range_is_read() {
        Sample sample = StrictYaml.read("f", "{ name: x, how-many: 9, parts: [ { weight: 0 } ] }", Sample.class);
        assertThat(sample.howMany()).isNotNull();
        assertThat(sample.parts()).containsExactly(new Part(0.0, null));
    }
}
