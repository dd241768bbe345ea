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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {
    /** By its terms; what its words say as a whole is tested in {@link AffairsTest}. */
    private static Set<Subject> about(String text) {
        return Detectors.standard().about(text).stream()
                .filter(subject -> subject != Subject.AFFAIRS)
                .collect(Collectors.toSet());
    }

    /** By its terms alone, however its words sound as a whole. */
    private static Set<Subject> aboutByTerms(String text) {
        var reading = new Reading(text);
        var noted = new Noted(new Affairs(new Affairs.Learned(-1, 0, new byte[Affairs.PLACES])));
        Subjects.standard().read(reading, new Candidates(reading, noted), TimeLimit.NONE);
        return noted.subjects();
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
    @CsvSource({"unseen-en, 0.8", "later-en, 0.5", "unseen-zh, 0.85", "later-zh, 0.65"})
    void most_texts_about_somebody_that_no_term_was_chosen_for_are_recognised(String file, double least)
            throws IOException {
        List<String[]> texts =
                sentences(file).filter(one -> !one[0].equals("none")).toList();
        long recognised = texts.stream()
                .filter(one -> about(one[1]).stream().map(Subject::id).anyMatch(one[0]::equals))
                .count();
        assertThat((double) recognised / texts.size()).isGreaterThanOrEqualTo(least);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unseen-en", "later-en", "unseen-zh", "later-zh"})
    void few_texts_that_only_sound_like_it_are_taken_for_it(String file) throws IOException {
        List<String[]> texts =
                sentences(file).filter(one -> one[0].equals("none")).toList();
        assertThat(texts).filteredOn(one -> !about(one[1]).isEmpty()).hasSizeLessThanOrEqualTo(texts.size() / 10);
    }

    private static Stream<String[]> sentences(String file) throws IOException {
        return lines(file).map(line -> line.split(": ", 2));
    }

    @Test
    void a_text_that_tells_of_own_affairs_as_a_whole_needs_less() {
        String own =
                "Please help me to write a letter to the manager of our company about my colleague and the meeting. ";
        assertThat(about("What a nice fever.")).isEmpty();
        assertThat(about("my fever")).isEmpty();
        assertThat(about(own + "He had my fever.")).contains(Subject.HEALTH);
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
        assertThat(aboutByTerms(text)).isEmpty();
    }

    @Test
    void light_words_add_up_only_close_to_each_other_and_the_same_word_says_no_more() {
        assertThat(aboutByTerms("my doctor and my headache")).containsExactly(Subject.HEALTH);
        assertThat(aboutByTerms("my doctor, my doctor, my doctor and my doctor"))
                .isEmpty();
        String apart = "We went on and on. ".repeat(30);
        assertThat(aboutByTerms("my doctor. " + apart + " my headache")).isEmpty();
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
