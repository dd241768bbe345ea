package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Sensitivity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomTest {
    private static Custom.Entry words(String id, String... words) {
        return new Custom.Entry(id, List.of(words), Optional.empty(), List.of());
    }

    private static Custom.Entry pattern(String id, String pattern, String... context) {
        return new Custom.Entry(id, List.of(), Optional.of(pattern), List.of(context));
    }

    private static List<String> found(String text, Custom.Entry... entries) {
        return Detectors.standard().with(Custom.of(List.of(entries))).find(text).stream()
                .map(finding -> finding.kind().id() + ":" + text.substring(finding.start(), finding.end()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "to Ward Seven, please | Ward Seven",
                "ＷＡＲＤ seven | ＷＡＲＤ seven",
                "送到七号病房吧 | 七号病房",
                "ward-seven |",
                "Wardseven, ward sevenths, steward seven |",
            })
    void a_word_is_found_in_any_case_and_whole(String text, String expected) {
        assertThat(found(text, words("wards", "ward seven", "七号病房")))
                .isEqualTo(expected == null ? List.of() : List.of("custom:" + expected));
    }

    @Test
    void a_pattern_is_found_where_its_context_stands() {
        Custom.Entry cases = pattern("cases", "[A-Z]{2}-\\d{4}", "case", "案件");
        assertThat(found("the case number is AB-1234.", cases)).containsExactly("custom:AB-1234");
        assertThat(found("AB-1234 是我的案件", cases)).containsExactly("custom:AB-1234");
        assertThat(found("案件ＡＢ-１２３４", cases)).containsExactly("custom:ＡＢ-１２３４");
        assertThat(found("a showcase of AB-1234", cases)).isEmpty();
        assertThat(found("AB-1234", pattern("cases", "[A-Z]{2}-\\d{4}"))).containsExactly("custom:AB-1234");
    }

    @Test
    void each_entry_is_counted_by_its_id_also_where_another_kind_has_the_span() {
        var scan = PromptScan.with(Detectors.standard()
                .with(Custom.of(List.of(words("wards", "ward 7", "ward 8"), pattern("mail", "@clinic\\.example")))));
        scan.text("ward 7, ward 8");
        scan.text("ward 7: a.b@clinic.example");
        assertThat(scan.custom()).isEqualTo(Map.of("wards", 3, "mail", 1));
        assertThat(scan.findings()).isEqualTo(Map.of(FindingKind.CUSTOM, 3, FindingKind.EMAIL, 1));
    }

    @Test
    void a_text_that_is_nothing_but_matches_counts_as_not_read() {
        for (Custom.Entry entry : List.of(words("a", "aa"), pattern("a", "a[a-c]"))) {
            var scan = PromptScan.with(Detectors.standard().with(Custom.of(List.of(entry))));
            scan.text("aa ".repeat(11_000));
            assertThat(scan.findings()).containsKey(FindingKind.DETECTOR_FAILURE);
            assertThat(scan.sensitivity()).isEqualTo(Sensitivity.RESTRICTED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "(", "a*", "x|", ".", "\\w", "(a)\\1", "(?=a)b", "[a-z0-9]{1000}", "((a{20}){20}){20}"})
    void a_pattern_that_is_none_or_too_large_or_matches_everywhere_is_refused(String pattern) {
        assertThat(Custom.complaint(pattern)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[A-Z]{2}-\\d{4}", "病案号[:：]?\\d{6,10}", "(?i)project (apollo|zeus)", "(a+)+b"})
    void a_pattern_of_re2_is_taken(String pattern) {
        assertThat(Custom.complaint(pattern)).isNull();
    }

    @Test
    void a_log_written_with_other_entries_proves_nothing_of_these() {
        Detectors none = Detectors.standard();
        Detectors one = none.with(Custom.of(List.of(words("a", "ward 7"))));
        Detectors other = none.with(Custom.of(List.of(words("a", "ward 8"))));
        List<String> kinds = one.kinds().stream().map(FindingKind::id).toList();
        assertThat(one.knew(one.version(), kinds, FindingKind.CUSTOM)).isTrue();
        assertThat(one.knew(other.version(), kinds, FindingKind.CUSTOM)).isFalse();
        assertThat(one.knew(none.version(), kinds, FindingKind.CUSTOM)).isFalse();
        assertThat(none.knew(one.version(), kinds, FindingKind.CUSTOM)).isTrue();
        assertThat(one.knew(none.version(), kinds, FindingKind.CN_ID)).isTrue();
    }
}
