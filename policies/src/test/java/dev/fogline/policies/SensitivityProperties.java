package dev.fogline.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is found more makes a request more private or changes nothing, under any policy. */
class SensitivityProperties {
    private static final FindingKind[] KINDS = FindingKind.values();

    @Property(tries = 2_000)
    void a_further_finding_a_further_value_or_a_further_subject_never_lowers_the_class(@ForAll long seed) {
        var random = new Random(seed);
        SensitivityLevels levels = levels(random);
        Content content = content(random);
        Sensitivity before = levels.of(content);
        assertThat(levels.of(more(content, random))).isGreaterThanOrEqualTo(before);
        var subjects = EnumSet.of(Subject.values()[random.nextInt(Subject.values().length)]);
        subjects.addAll(content.subjects());
        assertThat(levels.of(content.about(subjects))).isGreaterThanOrEqualTo(before);
        assertThat(before).isGreaterThanOrEqualTo(levels.least());
    }

    @Property(tries = 1_000)
    void what_has_been_masked_whole_is_less_than_confidential(@ForAll long seed) {
        var random = new Random(seed);
        SensitivityLevels levels = levels(random);
        Content content = content(random);
        Masking masking = MaskRule.STANDARD.of(levels, content, Set.of(), Optional.empty(), Set.of());
        if (masking.whole()) {
            var left = new EnumMap<FindingKind, Integer>(FindingKind.class);
            left.putAll(content.findings());
            left.keySet().removeAll(masking.kinds());
            var readable = new Content(left, content.values(), content.custom(), content.subjects());
            assertThat(levels.of(readable)).isLessThan(Sensitivity.CONFIDENTIAL);
        }
    }

    private static Sensitivity level(Random random) {
        return Sensitivity.values()[random.nextInt(4)];
    }

    private static SensitivityLevels levels(Random random) {
        var changed = new EnumMap<FindingKind, Sensitivity>(FindingKind.class);
        var subjects = new EnumMap<Subject, Sensitivity>(Subject.class);
        for (int i = random.nextInt(20); i > 0; i--) {
            FindingKind kind = KINDS[random.nextInt(KINDS.length - 1)];
            changed.put(kind, level(random));
            subjects.put(Subject.values()[random.nextInt(Subject.values().length)], level(random));
        }
        var combinations = new ArrayList<Combination>(random.nextBoolean() ? Combination.STANDARD : List.of());
        for (int i = random.nextInt(4); i > 0; i--) {
            var of = EnumSet.of(KINDS[random.nextInt(KINDS.length)], KINDS[random.nextInt(KINDS.length)]);
            combinations.add(
                    new Combination("c" + i, of, 1 + random.nextInt(of.size()), 1 + random.nextInt(4), level(random)));
        }
        return new SensitivityLevels(changed, Map.of(), subjects, combinations, level(random));
    }

    private static Content content(Random random) {
        var findings = new EnumMap<FindingKind, Integer>(FindingKind.class);
        var values = new EnumMap<FindingKind, Integer>(FindingKind.class);
        while (random.nextInt(4) > 0) {
            FindingKind kind = KINDS[random.nextInt(KINDS.length)];
            int count = 1 + random.nextInt(9);
            findings.put(kind, count);
            values.put(kind, 1 + random.nextInt(count));
        }
        var subjects = EnumSet.noneOf(Subject.class);
        if (random.nextInt(3) == 0) {
            subjects.add(Subject.values()[random.nextInt(Subject.values().length)]);
        }
        return new Content(findings, values, Map.of(), subjects);
    }

    private static Content more(Content content, Random random) {
        var findings = new EnumMap<FindingKind, Integer>(FindingKind.class);
        findings.putAll(content.findings());
        var values = new EnumMap<FindingKind, Integer>(FindingKind.class);
        values.putAll(content.values());
        FindingKind kind = KINDS[random.nextInt(KINDS.length)];
        findings.merge(kind, 1, Integer::sum);
        if (random.nextBoolean() || !values.containsKey(kind)) {
            values.merge(kind, 1, Integer::sum);
        }
        return new Content(findings, values, content.custom(), content.subjects());
    }
}
