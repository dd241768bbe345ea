package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fogline.policies.Sensitivity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {
    /** By its terms; what its words say as a whole is tested in {@link AffairsTest}. */
    private static Set<Subject> about(String text) {
        return Detectors.standard().about(text).stream()
                .filter(subject -> subject != Subject.AFFAIRS)
                .collect(Collectors.toSet());
    }

    private static Stream<String> lines(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(SubjectsTest.class.getResourceAsStream("/subjects/" + name + ".txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).toList().stream();
        }
    }

    static Stream<String> aboutSomebody() throws IOException {
        return lines("about-somebody");
    }

    static Stream<String> aboutNobody() throws IOException {
        return lines("about-nobody");
    }

    @ParameterizedTest
    @MethodSource("aboutSomebody")
    void a_text_about_somebody_is_recognised(String line) {
        String[] parts = line.split(": ", 2);
        assertThat(about(parts[1]).stream().map(Subject::id)).contains(parts[0]);
    }

    @ParameterizedTest
    @MethodSource("aboutNobody")
    void a_general_text_is_about_nobody(String text) {
        assertThat(about(text)).isSubsetOf(Subject.LETTERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MY BIOPSY RESULT",
                "the biopsy of my husband",
                "ｍｙ　ｂｉｏｐｓｙ",
                "my\\u0020biopsy",
                "my bio\u200bpsy",
                "my\nbiopsy",
                "我的活检结果",
                "\\u6211\\u7684\\u6d3b\\u68c0",
            })
    void it_is_recognised_however_it_is_written(String text) {
        assertThat(about(text)).containsExactly(Subject.HEALTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "That is my view. What is a biopsy?",
                "a biopsy",
                "mybiopsy",
                "biopsyist of my town",
                "my view of the long history of medicine, from the ancients to the invention of the biopsy",
                "活检是什么？我的电脑坏了。",
            })
    void a_person_in_another_sentence_or_far_away_does_not_count(String text) {
        assertThat(about(text)).isEmpty();
    }

    @Test
    void light_words_add_up_only_close_to_each_other_and_the_same_word_says_no_more() {
        assertThat(about("my doctor and my headache")).containsExactly(Subject.HEALTH);
        assertThat(about("my doctor, my doctor, my doctor and my doctor")).isEmpty();
        String apart = "We went on and on. ".repeat(30);
        assertThat(about("my doctor. " + apart + " my headache")).isEmpty();
    }

    @Test
    void what_stands_before_and_behind_does_not_take_it_away() {
        String filler = "The weather is nice and the sky is blue today, and nothing else happens here. ".repeat(200);
        assertThat(about(filler + "My biopsy result came. " + filler)).containsExactly(Subject.HEALTH);
    }

    @Test
    void a_word_is_found_wherever_a_stretch_of_the_walk_ends() {
        for (int before = 8_150; before < 8_200; before++) {
            assertThat(about("x".repeat(20) + " ".repeat(before) + "my biopsy result"))
                    .as("%d", before)
                    .containsExactly(Subject.HEALTH);
        }
    }

    @Test
    void the_texts_of_a_request_are_taken_together() {
        PromptScan scan = PromptScan.with(Detectors.standard());
        scan.text("my biopsy result");
        scan.text("我老公要离婚");
        assertThat(scan.content().subjects()).contains(Subject.HEALTH, Subject.LAW);
        assertThat(scan.content().findings()).isEmpty();
    }

    @Test
    void a_reader_that_throws_makes_the_request_restricted() {
        PromptScan scan = PromptScan.with(new Detectors(List.of(), (text, found, limit) -> {
            throw new IllegalStateException("quotes the prompt");
        }));
        scan.text("my biopsy result");
        assertThat(scan.sensitivity()).isEqualTo(Sensitivity.RESTRICTED);
        assertThat(scan.content().findings()).isEqualTo(Map.of(FindingKind.DETECTOR_FAILURE, 1));
    }

    @Test
    void reading_stops_when_the_time_is_over() {
        var passed = new long[1];
        var limit = TimeLimit.of(0, new TimeLimit.Clock() {
            @Override
            public long wall() {
                return passed[0] += 5_000_000;
            }

            @Override
            public long processor() {
                return passed[0];
            }
        });
        PromptScan scan = PromptScan.with(Detectors.of(Set.of(DetectorGroup.SUBJECTS)), limit);
        scan.text("nothing of note ".repeat(10_000));
        assertThat(scan.content().findings()).containsKey(FindingKind.DETECTOR_FAILURE);
    }

    @Test
    void without_the_group_nobody_tells_what_a_text_is_about() {
        assertThat(Detectors.of(Set.of(DetectorGroup.SECRETS)).about("my biopsy result"))
                .isEmpty();
    }

    @Test
    void the_list_holds_no_word_twice_for_one_subject() {
        assertThat(SubjectTerms.all().stream()
                        .collect(Collectors.groupingBy(
                                term -> term.subject() + " " + term.word(), Collectors.counting()))
                        .entrySet())
                .allMatch(entry -> entry.getValue() == 1);
    }

    @Test
    void a_line_that_is_none_is_refused() {
        for (String line : List.of("health: a", "health 4: a", "person: a", "health 1: a,, b", "weather 1: a")) {
            assertThatThrownBy(() -> SubjectTerms.read(List.of(line))).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
