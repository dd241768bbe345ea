package dev.fogline.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy has looked for itself. */
class CustomPolicyTest {
    @TempDir
    private Path folder;

    private static String policy(String entries) {
        return "version: 1\nname: a\nprivacy:\n  custom:\n    - { " + entries.replace("; ", " }\n    - { ") + " }\n";
    }

    private Policy load(String yaml) {
        return Policy.load(folder.resolve("p.yaml").toString(), yaml);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "id: A | line 5: the key 'privacy.custom[].id' must be up to 64 of a-z, 0-9 and -",
                "id: a | line 5: 'a' of 'privacy.custom' needs one of words, words-file and pattern",
                "id: a, words: [bb], pattern: cc | needs one of words, words-file and pattern",
                "id: a, words: [bb], context: [cc] | has a context, which only a pattern has",
                "id: a, words: [bb]; id: a, words: [cc] | line 6: 'privacy.custom' has 'a' twice",
                "id: a, words: [b] | a word of 'privacy.custom[].words' has 2 to 64 characters",
                "id: a, pattern: '(' | the key 'privacy.custom[].pattern' is no pattern of RE2",
                "id: a, pattern: 'b*' | matches next to nothing",
                "id: a, words-file: none.txt | the key 'words-file': 'none.txt' cannot be read",
                "id: a, words-file: none.csv | must name a file that ends in .txt",
                "id: a, words: [bb], levle: public | levle",
            })
    void what_is_wrong_is_told_with_its_place(String entries, String message) {
        assertThatThrownBy(() -> load(policy(entries)))
                .hasMessageContaining("p.yaml line ")
                .hasMessageContaining(message);
    }

    @Test
    void words_come_from_a_file_beside_the_policy_and_are_part_of_its_revision() throws IOException {
        Path words = Files.writeString(folder.resolve("wards.txt"), "# wards\n\nward 7\n七号病房\n");
        String yaml = policy("id: wards, words-file: wards.txt, level: restricted");
        Policy policy = load(yaml);
        assertThat(policy.detectors().find("in ward 7")).hasSize(1);
        assertThat(policy.detectors().find("wards")).isEmpty();
        Files.writeString(words, "ward 8\n");
        assertThat(load(yaml).revision()).isNotEqualTo(policy.revision());
        assertThat(load(yaml).detectors().find("in ward 7")).isEmpty();
    }

    @Test
    void a_word_of_a_file_is_never_quoted() throws IOException {
        Files.writeString(folder.resolve("names.txt"), "Ada L\n" + "x".repeat(65) + "\n");
        assertThatThrownBy(() -> load(policy("id: a, words-file: names.txt")))
                .hasMessageContaining("line 2 of 'names.txt'")
                .hasMessageNotContaining("xxx");
    }

    @Test
    void a_file_of_words_is_no_policy_and_a_pack_reads_no_file() throws IOException {
        Files.writeString(folder.resolve("wards.txt"), "version: 1\nname: b\n");
        assertThatThrownBy(() -> load("version: 1\nname: a\nextends: wards.txt"))
                .hasMessageContaining("is no policy");
        assertThatThrownBy(() -> Policy.load("p", policy("id: a, words-file: wards.txt"), PolicyLibrary.packs()))
                .hasMessageContaining("is no pack");
    }

    @Test
    void each_entry_has_its_level_and_the_strictest_of_those_that_were_found_holds() {
        SensitivityLevels levels = load(policy(
                        "id: a, words: [aa], level: internal; id: b, words: [bb], level: restricted; id: c, words: [cc]"))
                .levels();
        Map<FindingKind, Integer> custom = Map.of(FindingKind.CUSTOM, 1);
        assertThat(levels.of(custom(custom, Set.of("a")))).isEqualTo(Sensitivity.INTERNAL);
        assertThat(levels.of(custom(custom, Set.of("a", "b")))).isEqualTo(Sensitivity.RESTRICTED);
        assertThat(levels.of(custom(custom, Set.of("c")))).isEqualTo(Sensitivity.CONFIDENTIAL);
        assertThat(levels.of(custom.keySet())).isEqualTo(Sensitivity.RESTRICTED);
        assertThat(levels.of(List.of())).isEqualTo(Sensitivity.PUBLIC);
    }

    private static Content custom(Map<FindingKind, Integer> findings, Set<String> ids) {
        return new Content(findings, Map.of(), ids.stream().collect(Collectors.toMap(id -> id, id -> 1)), Set.of());
    }

    @Test
    void entries_of_a_policy_that_it_extends_stay_unless_they_are_said_anew() throws IOException {
        Files.writeString(folder.resolve("base.yaml"), policy("id: a, words: [aa]; id: b, words: [bb]"));
        Policy policy = load("extends: base.yaml\n" + policy("id: b, words: [dd]; id: c, words: [cc]"));
        assertThat(policy.levels().custom()).containsOnlyKeys("a", "b", "c");
        assertThat(policy.detectors().find("aa bb cc dd")).hasSize(3);
    }
}
