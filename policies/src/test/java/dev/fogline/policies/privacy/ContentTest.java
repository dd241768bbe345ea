package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted of a request beside its findings. */
class ContentTest {
    private static Content of(String... texts) {
        PromptScan scan = PromptScan.with(Detectors.standard());
        List.of(texts).forEach(scan::text);
        return scan.content();
    }

    @Test
    void a_value_that_comes_again_counts_once_as_a_value() {
        Content content = of("jo@example.org and Jo@Example.org", "write to jo@example.org, an@example.org");
        assertThat(content.findings()).isEqualTo(Map.of(FindingKind.EMAIL, 4));
        assertThat(content.values()).isEqualTo(Map.of(FindingKind.EMAIL, 2));
    }

    @Test
    void a_number_is_the_same_value_however_it_is_spaced() {
        assertThat(of("手机138 1234 5678", "手机13812345678").values(FindingKind.CN_MOBILE))
                .isEqualTo(1);
    }

    @Test
    void what_nobody_counted_by_value_counts_by_finding() {
        Content content = new Content(Map.of(FindingKind.EMAIL, 3), Map.of(), Map.of(), Set.of());
        assertThat(content.values(FindingKind.EMAIL)).isEqualTo(3);
        assertThat(content.values(FindingKind.PHONE)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "look: data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4",
                "an escape in it: data:image/png;base\\u0036\\u0034,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAH",
                "<img src=\"DATA:application/pdf;name=a.pdf;BASE64,JVBERi0xLjQKJcfsj6IKNSAwIG9iago8PC9MZW5n\">",
            })
    void bytes_in_a_text_are_a_part_that_nobody_reads(String text) {
        assertThat(of(text).findings()).containsEntry(FindingKind.UNREADABLE, 1);
        assertThat(lookingForNothing(text)).isEqualTo(Map.of(FindingKind.UNREADABLE, 1));
    }

    /** As where a policy has all detectors off, which is read in another way. */
    private static Map<FindingKind, Integer> lookingForNothing(String ascii) {
        var scan = PromptScan.with(Detectors.of(Set.of()));
        scan.text(("?" + ascii).toCharArray(), 1, ascii.length());
        return scan.findings();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:image/png;base64,iVBORw0",
                "decode it with base64,then look at the first thirty-two characters of it",
                "base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4",
                "data:text/plain,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4",
            })
    void what_only_looks_like_it_is_text(String text) {
        assertThat(of(text).findings()).doesNotContainKey(FindingKind.UNREADABLE);
        assertThat(lookingForNothing(text)).isEmpty();
    }
}
