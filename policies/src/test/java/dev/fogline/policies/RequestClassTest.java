package dev.fogline.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request is about, and what findings say together, in policies. */
class RequestClassTest {
    private static Policy policy(String privacy) {
        return Policy.load("p.yaml", "version: 1\nname: a\nprivacy: { " + privacy + " }");
    }

    private static Content content(FindingKind kind, int findings, int values) {
        return new Content(Map.of(kind, findings), Map.of(kind, values), Map.of(), Set.of());
    }

    private static Masking masking(Policy policy, Content content) {
        return policy.mask().of(policy.levels(), content, Set.of(), Optional.empty(), Set.of());
    }

    @Test
    void ten_values_of_persons_are_a_list_of_people_and_one_value_ten_times_is_not() {
        SensitivityLevels levels = SensitivityLevels.STANDARD;
        assertThat(levels.of(content(FindingKind.EMAIL, 40, 9))).isEqualTo(Sensitivity.CONFIDENTIAL);
        assertThat(levels.of(content(FindingKind.EMAIL, 10, 10))).isEqualTo(Sensitivity.RESTRICTED);
        assertThat(levels.of(Content.of(Map.of(FindingKind.EMAIL, 5, FindingKind.ADDRESS, 5))))
                .isEqualTo(Sensitivity.RESTRICTED);
        assertThat(levels.of(content(FindingKind.IP, 500, 500))).isEqualTo(Sensitivity.INTERNAL);
        assertThat(levels.of(content(FindingKind.PERSON, 50, 50))).isEqualTo(Sensitivity.INTERNAL);
    }

    @Test
    void a_name_a_date_of_birth_and_an_address_together_are_who_somebody_is() {
        assertThat(SensitivityLevels.STANDARD.of(
                        List.of(FindingKind.PERSON, FindingKind.DATE_OF_BIRTH, FindingKind.ADDRESS)))
                .isEqualTo(Sensitivity.RESTRICTED);
        assertThat(SensitivityLevels.STANDARD.of(List.of(FindingKind.DATE_OF_BIRTH, FindingKind.ADDRESS)))
                .isEqualTo(Sensitivity.CONFIDENTIAL);
    }

    @Test
    void a_policy_adds_combinations_and_takes_the_place_of_usual_ones() {
        Policy policy = policy("combinations: [ { id: people, values: 3, level: confidential },"
                + " { id: network, of: [ip, mac], kinds: 2, level: confidential } ]");
        assertThat(policy.levels().of(content(FindingKind.EMAIL, 20, 20))).isEqualTo(Sensitivity.CONFIDENTIAL);
        assertThat(policy.levels().of(List.of(FindingKind.IP, FindingKind.MAC))).isEqualTo(Sensitivity.CONFIDENTIAL);
        assertThat(policy.levels().of(List.of(FindingKind.IP))).isEqualTo(Sensitivity.INTERNAL);
        assertThat(policy.levels().combinations())
                .extracting(Combination::id)
                .containsExactly("identity", "people", "network");
        assertThat(policy.warnings()).containsExactly("p.yaml line 3: privacy.combinations loosens the usual 'people'");
    }

    @Test
    void a_policy_that_extends_another_keeps_its_combinations_and_subjects() {
        String base = "version: 1\nname: b\nprivacy: { subjects: { law: restricted, pay: restricted },"
                + " combinations: [ { id: network, of: [ip, mac], kinds: 2, level: restricted } ] }";
        Policy policy = Policy.load(
                "p.yaml",
                "version: 1\nname: a\nextends: b.yaml\nprivacy: { subjects: { pay: confidential },"
                        + " combinations: [ { id: more, values: 2, level: restricted } ] }",
                (name, from) -> new PolicyLibrary.Text(name, base));
        assertThat(policy.levels().of(Subject.LAW)).isEqualTo(Sensitivity.RESTRICTED);
        assertThat(policy.levels().of(Subject.PAY)).isEqualTo(Sensitivity.CONFIDENTIAL);
        assertThat(policy.levels().combinations())
                .extracting(Combination::id)
                .containsExactly("identity", "people", "network", "more");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            combinations: [ { id: A, level: internal } ] | must be up to 64 of a-z, 0-9 and -
            combinations: [ { id: a, level: internal }, { id: a, level: internal } ] | has 'a' twice
            combinations: [ { id: a, of: [ip], kinds: 2, level: internal } ] | never holds: it wants 2 kinds of 1
            combinations: [ { id: a, of: [ip, ip], level: internal } ] | lists 'ip' twice
            combinations: [ { id: a } ] | 'privacy.combinations[1].level' is missing
            subjects: { weather: internal } | must be one of health, law, minors, pay, credentials, letters, affairs
            """)
    void what_says_nothing_is_refused(String privacy, String says) {
        assertThatThrownBy(() -> policy(privacy))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("p.yaml line 3")
                .hasMessageContaining(says);
    }

    @Test
    void kinds_that_are_private_only_together_are_masked_together() {
        Policy policy = policy("combinations: [ { id: network, of: [ip, mac], kinds: 2, level: confidential } ]");
        Content both = Content.of(List.of(FindingKind.IP, FindingKind.MAC, FindingKind.USCC));
        assertThat(masking(policy, both).kinds()).containsExactlyInAnyOrder(FindingKind.IP, FindingKind.MAC);
        assertThat(masking(policy, both).whole()).isTrue();
        assertThat(masking(policy, Content.of(List.of(FindingKind.IP))).kinds()).isEmpty();
    }

    @Test
    void what_a_request_is_about_cannot_be_masked() {
        Policy policy = policy("subjects: { pay: internal }");
        Content mail = Content.of(List.of(FindingKind.EMAIL));
        assertThat(masking(policy, mail.about(Set.of(Subject.HEALTH))).whole()).isFalse();
        assertThat(masking(policy, mail.about(Set.of(Subject.PAY, Subject.LETTERS)))
                        .whole())
                .isTrue();
    }

    @Test
    void a_level_below_the_usual_is_told() {
        assertThat(policy("subjects: { health: public }").warnings())
                .containsExactly("p.yaml line 3: privacy.subjects makes 'health' public, less than its confidential");
        assertThat(policy("subjects: { letters: restricted }").warnings()).isEmpty();
    }

    @Test
    void a_policy_without_the_group_is_told_that_nobody_looks() {
        assertThat(policy("detectors: [pii-en, pii-zh, secrets]").warnings())
                .containsExactly(
                        "p.yaml line 3: privacy.detectors leaves out 'subjects': what only it finds may leave");
    }
}
