package dev.fogline.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whether a request can leave masked. */
class MaskRuleTest {
    private static final Optional<Sensitivity> NOTHING_SAID = Optional.empty();

    private static Masking masking(List<FindingKind> found, Set<FindingKind> fixed, String... features) {
        return MaskRule.STANDARD.of(
                SensitivityLevels.STANDARD, Content.of(found), fixed, NOTHING_SAID, List.of(features));
    }

    @Test
    void what_lies_in_text_can() {
        Masking masking = masking(List.of(FindingKind.EMAIL, FindingKind.CN_ID), Set.of(), "tools", "temperature");
        assertThat(masking.whole()).isTrue();
        assertThat(masking.kinds()).containsExactlyInAnyOrder(FindingKind.EMAIL, FindingKind.CN_ID);
    }

    @Test
    void what_lies_where_no_placeholder_can_stand_cannot() {
        assertThat(masking(List.of(FindingKind.EMAIL, FindingKind.CN_ID), Set.of(FindingKind.EMAIL))
                        .whole())
                .isFalse();
        assertThat(masking(List.of(FindingKind.DETECTOR_FAILURE), Set.of()).whole())
                .isFalse();
        assertThat(masking(List.of(FindingKind.EMAIL, FindingKind.UNREADABLE), Set.of())
                        .whole())
                .isFalse();
    }

    @Test
    void beside_a_part_that_nobody_reads_it_cannot_and_such_a_part_alone_has_nothing_to_mask() {
        for (String part : List.of("image", "audio", "file", "remote_media", "unknown_part")) {
            assertThat(masking(List.of(FindingKind.EMAIL), Set.of(), part).whole())
                    .as(part)
                    .isFalse();
            assertThat(masking(List.of(), Set.of(), part).whole()).as(part).isTrue();
        }
    }

    @Test
    void a_text_that_is_called_private_as_such_cannot() {
        for (Sensitivity said : Sensitivity.values()) {
            boolean whole = said.compareTo(Sensitivity.CONFIDENTIAL) < 0;
            assertThat(MaskRule.STANDARD
                            .of(
                                    SensitivityLevels.STANDARD,
                                    Content.of(List.of(FindingKind.EMAIL)),
                                    Set.of(),
                                    Optional.of(said),
                                    Set.of())
                            .whole())
                    .isEqualTo(whole);
            var floor = new SensitivityLevels(Map.of(), Map.of(), said);
            assertThat(MaskRule.STANDARD
                            .of(floor, Content.of(List.of(FindingKind.EMAIL)), Set.of(), NOTHING_SAID, Set.of())
                            .whole())
                    .isEqualTo(whole);
        }
    }

    @Test
    void kinds_below_confidential_stay_readable_unless_they_are_redacted() {
        var levels =
                new SensitivityLevels(Map.of(FindingKind.EMAIL, Sensitivity.INTERNAL), Map.of(), Sensitivity.PUBLIC);
        Content found = Content.of(List.of(FindingKind.EMAIL, FindingKind.CN_MOBILE));
        assertThat(MaskRule.STANDARD
                        .of(levels, found, Set.of(FindingKind.EMAIL), NOTHING_SAID, Set.of())
                        .kinds())
                .containsExactly(FindingKind.CN_MOBILE);
        assertThat(MaskRule.STANDARD
                        .of(levels, found, Set.of(FindingKind.EMAIL), NOTHING_SAID, Set.of())
                        .whole())
                .isTrue();
        var redacting = new MaskRule(true, Optional.empty(), Set.of(FindingKind.EMAIL));
        assertThat(redacting.of(levels, found, Set.of(), NOTHING_SAID, Set.of()).kinds())
                .containsExactlyInAnyOrder(FindingKind.EMAIL, FindingKind.CN_MOBILE);
    }
}
