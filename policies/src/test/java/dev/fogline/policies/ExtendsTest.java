package dev.fogline.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fogline.policies.privacy.FindingKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that build on others. */
class ExtendsTest {
    private static final String BASE = """
            version: 1
            name: base
            facts: { zone: UTC, headers: [x-a] }
            defaults: { sensitivity: internal }
            privacy: { levels: { email: restricted, cn_mobile: restricted } }
            rules:
              - { id: first, when: request.tools, egress: deny }
              - { id: second, when: request.stream, exclude: { tier: edge } }
            latency: { ttft: 800ms }
            cost: { budget: { usd: 5, per: day }, max-output: 100 }
            prefer: { privacy: 1 }
            failover: [ edge/t0 ]
            """;

    @TempDir
    Path folder;

    @Test
    void what_is_said_above_holds_and_what_is_not_said_stays() throws IOException {
        write("base.yaml", BASE);
        Policy policy = load("""
                version: 1
                name: mine
                extends: base.yaml
                facts: { headers: [x-b] }
                privacy: { levels: { email: confidential } }
                rules:
                  - { id: third, when: "true", egress: allow }
                  - { id: first, when: request.tools, pin: { tier: edge } }
                cost: { max-output: 200 }
                """);
        assertThat(policy.name()).isEqualTo("mine");
        assertThat(policy.headers()).containsExactlyInAnyOrder("x-a", "x-b");
        assertThat(policy.levels().of(List.of(FindingKind.EMAIL))).isEqualTo(Sensitivity.CONFIDENTIAL);
        assertThat(policy.levels().of(List.of(FindingKind.CN_MOBILE))).isEqualTo(Sensitivity.RESTRICTED);
        assertThat(policy.levels().of(List.of())).isEqualTo(Sensitivity.INTERNAL);
        assertThat(policy.budget()).contains(new BudgetRule(5));
        assertThat(policy.maxOutputTokens()).isEqualTo(200);
        assertThat(policy.latency()).isPresent();
        assertThat(policy.targets()).containsExactly("edge/t0");
        assertThat(policy.effective().lines().filter(line -> line.contains("id:")))
                .extracting(line -> line.replaceAll("[^a-z ]|id|-", "").strip())
                .containsExactly("first", "second", "third");
        assertThat(policy.effective()).doesNotContain("extends");
        assertThat(policy.warnings())
                .anyMatch(warning -> warning.contains("'first' replaces that of")
                        && warning.contains("base.yaml")
                        && warning.contains("lets less out"));
    }

    @Test
    void the_effective_policy_decides_as_the_one_it_is_made_of() throws IOException {
        write("base.yaml", BASE);
        Policy policy = load("version: 1\nname: mine\nextends: base.yaml\nrules: [ { id: x, when: '!request.pinned &&"
                + " time.hour == 0', prefer: { cost: 3 } } ]");
        Policy effective = Policy.load("effective.yaml", policy.effective());
        assertThat(effective.effective()).isEqualTo(policy.effective());
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            RequestFacts facts = RandomCases.facts(random);
            FleetSnapshot fleet = RandomCases.fleet(random);
            Situation situation = RandomCases.situation(random);
            assertThat(effective.routing().decide(facts, fleet, situation))
                    .isEqualTo(policy.routing().decide(facts, fleet, situation));
        }
    }

    @Test
    void the_revision_changes_with_what_is_below() throws IOException {
        write("base.yaml", BASE);
        String mine = "version: 1\nname: mine\nextends: base.yaml\n";
        String before = load(mine).revision();
        write("base.yaml", BASE + "# changed\n");
        assertThat(load(mine).revision()).isNotEqualTo(before);
    }

    @Test
    void circles_and_depths_are_refused_with_their_place() throws IOException {
        write("a.yaml", "version: 1\nname: a\nextends: b.yaml\n");
        write("b.yaml", "version: 1\nname: b\nextends: a.yaml\n");
        assertThatThrownBy(() -> load("version: 1\nname: mine\nextends: a.yaml"))
                .hasMessageContaining("b.yaml line 3")
                .hasMessageContaining("in a circle");
        String itself = "version: 1\nname: mine\nextends: mine.yaml";
        write("mine.yaml", itself);
        assertThatThrownBy(() -> load(itself)).hasMessageContaining("in a circle");
        for (int i = 0; i < 9; i++) {
            write("d" + i + ".yaml", "version: 1\nname: d\nextends: d" + (i + 1) + ".yaml\n");
        }
        assertThatThrownBy(() -> load("version: 1\nname: mine\nextends: d0.yaml"))
                .hasMessageContaining("d6.yaml line 3")
                .hasMessageContaining("more than 8 deep");
    }

    @Test
    void what_cannot_be_found_or_is_wrong_below_is_told_with_its_place() throws IOException {
        assertThatThrownBy(() -> load("version: 1\nname: mine\nextends: balancd"))
                .hasMessageContaining("mine.yaml line 3")
                .hasMessageContaining("'balancd' is no pack; there are balanced, ");
        assertThatThrownBy(() -> load("version: 1\nname: mine\nextends: none.yaml"))
                .hasMessageContaining("'none.yaml' cannot be read (NoSuchFileException)");
        write("base.yaml", "version: 1\nname: base\nrules: [ { id: a, when: request.tokenz > 1, egress: deny } ]");
        assertThatThrownBy(() -> load("version: 1\nname: mine\nextends: base.yaml"))
                .hasMessageContaining("base.yaml line 3")
                .hasMessageContaining("request.tokenz");
    }

    @Test
    void who_may_use_packs_only_has_no_file_read() throws IOException {
        write("base.yaml", BASE);
        String mine = "version: 1\nname: mine\nextends: " + folder.resolve("base.yaml");
        assertThat(Policy.load("p", mine).maxOutputTokens()).isEqualTo(100);
        assertThatThrownBy(() -> Policy.load("p", mine, PolicyLibrary.packs())).hasMessageContaining("is no pack");
        assertThat(Policy.load("p", "version: 1\nname: mine\nextends: clinic", PolicyLibrary.packs())
                        .headers())
                .containsExactly("x-department");
    }

    private Policy load(String yaml) {
        return Policy.load(folder.resolve("mine.yaml").toString(), yaml);
    }

    private void write(String name, String yaml) throws IOException {
        Files.writeString(folder.resolve(name), yaml);
    }
}
