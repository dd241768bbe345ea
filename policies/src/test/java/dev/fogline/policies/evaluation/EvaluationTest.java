package dev.fogline.policies.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fogline.policies.Policy;
import dev.fogline.policies.evaluation.Outcome.TypeScore;
import dev.fogline.policies.privacy.Detectors;
import dev.fogline.policies.privacy.FindingKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EvaluationTest {
    private static Outcome of(String... rows) {
        return Evaluation.of(
                "rows", String.join("\n", rows).replace('\'', '"'), Detectors.standard(), Policy.builtIn());
    }

    private static TypeScore type(Outcome outcome, String type) {
        return outcome.types().stream()
                .filter(score -> score.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_hit_has_the_type_and_three_quarters_of_the_characters() {
        // 14 characters are found.
        assertThat(of("{'text':'to jo@example.org x','spans':[{'s':3,'e':17,'t':'EMAIL'}]}")
                        .micro()
                        .hits())
                .isEqualTo(1);
        assertThat(of("{'text':'to jo@example.org x','spans':[{'s':3,'e':14,'t':'EMAIL'}]}")
                        .micro()
                        .hits())
                .isEqualTo(1);
        assertThat(of("{'text':'to jo@example.org x','spans':[{'s':3,'e':13,'t':'EMAIL'}]}")
                        .micro()
                        .hits())
                .isZero();
        assertThat(of("{'text':'to jo@example.org x','spans':[{'s':3,'e':17,'t':'PERSON'}]}")
                        .micro()
                        .hits())
                .isZero();
    }

    @Test
    void a_finding_counts_once() {
        Outcome outcome =
                of("{'text':'to jo@example.org x','spans':[{'s':3,'e':17,'t':'EMAIL'},{'s':3,'e':16,'t':'EMAIL'}]}");
        assertThat(outcome.micro().hits()).isEqualTo(1);
        assertThat(outcome.micro().gold()).isEqualTo(2);
    }

    @Test
    void what_is_not_labelled_is_a_false_alarm_of_its_kind() {
        Outcome outcome = of(
                "{'text':'to jo@example.org x','spans':[]}",
                "{'text':'to jo@example.org x','spans':[{'s':0,'e':2,'t':'TITLE'}]}");
        assertThat(type(outcome, "email").precision()).isZero();
        assertThat(type(outcome, "TITLE").detected()).isFalse();
        assertThat(outcome.cleanFlagged().share()).isEqualTo(1);
        assertThat(outcome.micro().precision()).isZero();
    }

    @Test
    void a_label_leaks_when_more_than_a_third_of_it_is_readable_whatever_it_was_taken_for() {
        Outcome outcome = of(
                "{'text':'to jo@example.org x','spans':[{'s':3,'e':17,'t':'PERSON'}]}",
                "{'text':'to jo@example.org or so','spans':[{'s':3,'e':24,'t':'PERSON'}]}".replace("24", "23"),
                "{'text':'to jo@example.org x','spans':[{'s':0,'e':5,'t':'PERSON'}]}");
        assertThat(outcome.leaked().some()).isEqualTo(1);
        assertThat(outcome.leaked().all()).isEqualTo(3);
        assertThat(outcome.masked().some()).isEqualTo(42);
    }

    @Test
    void rows_without_places_are_counted_as_rows() {
        Outcome outcome = of(
                "{'text':'to jo@example.org','spans':[],'kind':'pos'}",
                "{'text':'nobody','spans':[],'kind':'pos'}",
                "{'text':'to al@example.org','spans':[],'kind':'neg'}",
                "{'text':'nothing','spans':[],'kind':'neg'}");
        assertThat(outcome.measured()).isEqualTo("rows");
        assertThat(outcome.micro().precision()).isEqualTo(0.5);
        assertThat(outcome.micro().recall()).isEqualTo(0.5);
        assertThat(outcome.cleanFlagged().share()).isEqualTo(0.5);
    }

    @Test
    void a_listed_string_is_found_when_no_occurrence_leaks() {
        Outcome outcome = of("{'text':'Jo (jo@example.org) total','units':['JO@example.org','jo','tot','elsewhere']}");
        assertThat(outcome.measured()).isEqualTo("units");
        assertThat(outcome.micro().gold()).isEqualTo(2);
        assertThat(outcome.micro().hits()).isEqualTo(1);
        assertThat(outcome.micro().precision()).isEqualTo(1);
        assertThat(outcome.leaked().share()).isEqualTo(0.5);
    }

    @Test
    void what_is_public_flags_no_clean_row() {
        Outcome outcome = of("{'text':'see https://example.org/a'}", "{'text':'to jo@example.org'}");
        assertThat(outcome.cleanFlagged().share()).isEqualTo(0.5);
    }

    @Test
    void a_file_without_labels_tells_false_alarms() {
        Outcome outcome = of("{'text':'to jo@example.org'}", "{'text':'nothing'}");
        assertThat(outcome.measured()).isEqualTo("nothing");
        assertThat(outcome.cleanFlagged().share()).isEqualTo(0.5);
        assertThat(outcome.micro().recall()).isEqualTo(1);
        assertThat(outcome.micro().precision()).isZero();
        assertThat(outcome.levels()).containsOnlyKeys("confidential", "public");
    }

    @Test
    void f2_weighs_recall_more() {
        var score = new Score(4, 1, 1, 1);
        assertThat(score.f1()).isCloseTo(0.4, within(1e-9));
        assertThat(score.f2()).isCloseTo(5 * 0.25 / 4.25, within(1e-9));
        assertThat(new Score(1, 0, 1, 0).f1()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "PHONE_NUMBER,CN_MOBILE",
        "TR_PHONE_NUMBER,PHONE",
        "PH_MOBILE_NUMBER,PHONE",
        "US_DRIVER_LICENSE,DRIVER_LICENCE",
        "ES_PASSPORT,PASSPORT",
        "CREDIT_CARD,BANK_CARD",
        "DOB,DATE_OF_BIRTH",
        "zip-code,ADDRESS",
        "PRIVATE_KEY,API_KEY",
        "PASSWORD,API_KEY",
        "ID_NUM,US_SSN",
        "UK_VEHICLE_REGISTRATION,PLATE"
    })
    void types_of_data_sets_are_kinds_of_ours(String type, FindingKind kind) {
        assertThat(Label.ofType(type).kinds()).contains(kind);
    }

    @ParameterizedTest
    @EnumSource
    void the_name_of_a_kind_is_a_type(FindingKind kind) {
        assertThat(Label.ofType(kind.id()).kinds()).contains(kind);
        assertThat(List.of(Label.of(kind).name())).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TITLE", "AGE", "NRP"})
    void a_type_that_nothing_looks_for_has_no_kind(String type) {
        assertThat(Label.ofType(type).kinds()).isEmpty();
    }
}
