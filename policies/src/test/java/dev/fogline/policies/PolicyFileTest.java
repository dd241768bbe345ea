package dev.fogline.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fogline.policies.Decision.Route;
import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.privacy.FindingKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy file says, and what a wrong one is told. */
class PolicyFileTest {
    private static final String HEAD = "version: 1\nname: test\n";
    static final String EVERY_KEY = """
            version: 1
            name: clinic
            privacy:
              levels: { cn_mobile: restricted, email: internal }
              default-egress: { internal: deny, confidential: allow }
            rules:
              - id: patient-data-stays
                when: request.sensitivity >= RESTRICTED
                egress: deny
              - id: masked
                when: request.sensitivity == CONFIDENTIAL
                egress: pseudonymise
              - id: no-images-on-the-small-model
                when: request.modalities.exists(m, m == "image")
                exclude: { tier: edge }
              - id: tools-to-the-large-one
                when: request.tools && request.tokens > 100 && !request.stream && !request.pinned
                pin: { target: cloud/large }
                prefer: { cost: 1 }
                latency: { ttft: 1s, percentile: 50 }
              - { id: abroad, when: time.hour < 6, exclude: { region: us, licence: other } }
            latency: { ttft: 800ms, percentile: 90 }
            cost: { budget: { usd: 20, per: day }, exhausted: edge-only, max-output: 1000 }
            prefer: { privacy: 1, quality: 3, latency: 1, cost: 2 }
            failover: [ edge/small ]
            defaults: { sensitivity: internal }
            facts: { zone: UTC, headers: [x-a] }
            """;

    private static final Target EDGE = new Target("edge/small", "small", Optional.empty());
    private static final Target CLOUD =
            new Target("cloud/large", "large", Optional.of(new Price(1, 2, "test", "2026-01-01")));

    @Test
    void a_policy_of_every_built_key_is_read() {
        Policy policy = Policy.load("clinic.yaml", EVERY_KEY);
        assertThat(policy.name()).isEqualTo("clinic");
        assertThat(policy.revision()).matches("[0-9a-f]{12}");
        assertThat(policy.levels().of(List.of(FindingKind.EMAIL))).isEqualTo(Sensitivity.INTERNAL);
        assertThat(policy.levels().of(List.of(FindingKind.CN_MOBILE))).isEqualTo(Sensitivity.RESTRICTED);
        assertThat(policy.latency()).contains(new LatencyObjective(Duration.ofMillis(800), 90));
        assertThat(policy.budget()).contains(new BudgetRule(20));
        assertThat(policy.maxOutputTokens()).isEqualTo(1000);
        assertThat(policy.targets()).containsExactlyInAnyOrder("cloud/large", "edge/small");
        assertThat(policy.warnings())
                .anyMatch(warning -> warning.contains("'email' internal, less than its confidential"))
                .anyMatch(warning -> warning.contains("loosens confidential from pseudonymise to allow"))
                .hasSize(2);
    }

    @Test
    void the_revision_is_that_of_the_text() {
        assertThat(Policy.load("a", HEAD).revision())
                .isEqualTo(Policy.load("b", HEAD).revision());
        assertThat(Policy.load("a", HEAD).revision())
                .isNotEqualTo(Policy.load("a", HEAD + "#").revision());
    }

    @Test
    void a_policy_that_says_nothing_decides_as_the_built_in_one() {
        RequestFacts facts = facts(Sensitivity.PUBLIC, 100, Set.of());
        assertThat(Policy.load("a", HEAD).routing().decide(facts, fleet()))
                .isEqualTo(RoutingPolicy.builtIn().decide(facts, fleet()));
    }

    @Test
    void a_rule_can_only_tighten_the_egress_and_the_strictest_wins() {
        Policy policy = Policy.load("p", HEAD + """
                rules:
                  - { id: open, when: "true", egress: allow }
                  - { id: long-stays, when: request.tokens > 50, egress: deny }
                  - { id: masked, when: "true", egress: pseudonymise }
                """);
        assertThat(egress(policy, Sensitivity.PUBLIC, 100)).isEqualTo(Egress.DENY);
        assertThat(egress(policy, Sensitivity.PUBLIC, 10)).isEqualTo(Egress.PSEUDONYMISE);
        assertThat(egress(
                        Policy.load("p", HEAD + "rules: [ { id: open, when: 'true', egress: allow } ]"),
                        Sensitivity.RESTRICTED,
                        1))
                .isEqualTo(Egress.DENY);
    }

    @Test
    void pseudonymise_is_deny_for_what_cannot_be_masked_whole() {
        Policy policy = Policy.load("p", HEAD + "rules: [ { id: m, when: 'true', egress: pseudonymise } ]");
        RequestFacts facts = facts(Sensitivity.PUBLIC, 10, Set.of());
        Route route = (Route) policy.routing().decide(facts, fleet());
        assertThat(route.plan()).containsExactly(EDGE);
        assertThat(route.reason()).isEqualTo(Reason.PRIVACY);
        assertThat(route.objections().toString()).contains("the rule 'm'", "only masked", "cannot be masked whole");
        Route masked = (Route) policy.routing().decide(facts.with(new Masking(Set.of(), Set.of(), true)), fleet());
        assertThat(masked.plan()).contains(CLOUD);
        assertThat(masked.ruling().egress()).isEqualTo(Egress.PSEUDONYMISE);
    }

    @Test
    void how_requests_are_masked_is_the_policys() {
        assertThat(Policy.load("p", HEAD).mask()).isEqualTo(MaskRule.STANDARD);
        Policy policy = Policy.load(
                "p",
                HEAD + "privacy: { mask: { instruction: Leave the brackets alone., redact: [bank_card, email] } }");
        assertThat(policy.mask().instruction()).contains("Leave the brackets alone.");
        assertThat(policy.mask().redact()).containsExactlyInAnyOrder(FindingKind.BANK_CARD, FindingKind.EMAIL);
        assertThat(Policy.load("p", HEAD + "privacy: { mask: { instruction: false } }")
                        .mask()
                        .instructs())
                .isFalse();
    }

    @Test
    void only_default_egress_loosens_and_never_for_what_a_failed_detector_missed() {
        Policy policy = Policy.load("p", HEAD + "privacy: { default-egress: { restricted: allow } }");
        assertThat(egress(policy, Sensitivity.RESTRICTED, 1)).isEqualTo(Egress.ALLOW);
        RequestFacts unread = new RequestFacts(
                new Pin.None(),
                Sensitivity.RESTRICTED,
                Map.of(FindingKind.DETECTOR_FAILURE, 1),
                new RequestSize(1, 1, true, 1),
                Set.of(),
                false,
                Optional.empty(),
                OptionalLong.empty());
        assertThat(policy.routing().decide(unread, fleet()).ruling().egress()).isEqualTo(Egress.DENY);
    }

    @Test
    void an_exclusion_and_a_pin_are_named_with_their_rule() {
        Policy policy = Policy.load("p", HEAD + """
                rules:
                  - { id: no-images, when: 'request.modalities.exists(m, m == "image")', exclude: { tier: edge } }
                  - { id: short-stays, when: request.tokens < 5, pin: { tier: edge } }
                """);
        Route image = (Route) policy.routing().decide(facts(Sensitivity.PUBLIC, 10, Set.of("image")), fleet());
        assertThat(image.plan()).containsExactly(CLOUD);
        assertThat(image.ruling().matched()).containsExactly("no-images");
        assertThat(image.objections())
                .extracting(Objection::message)
                .containsExactly("the rule 'no-images' excludes it");
        Route small = (Route) policy.routing().decide(facts(Sensitivity.PUBLIC, 1, Set.of()), fleet());
        assertThat(small.plan()).containsExactly(EDGE);
        assertThat(small.objections())
                .extracting(Objection::message)
                .containsExactly("the rule 'short-stays' pins the request to edge");
    }

    @Test
    void a_condition_that_fails_at_run_time_counts_as_if_it_held_and_is_reported() {
        Policy policy = Policy.load("p", HEAD + """
                rules:
                  - { id: breaks, when: 'request.findings["email"] > 2', egress: deny }
                  - { id: divides, when: '1 / (request.tokens - 10) > 1', exclude: { tier: edge } }
                """);
        Decision decision = policy.routing().decide(facts(Sensitivity.PUBLIC, 10, Set.of()), fleet());
        assertThat(decision.ruling()).isEqualTo(new Ruling(Egress.DENY, List.of(), List.of("breaks", "divides")));
        assertThat(decision).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void a_comprehension_is_bounded() {
        Policy policy = Policy.load("p", HEAD + """
                rules:
                  - id: explodes
                    when: "[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b,
                      [1,2,3,4,5,6,7,8,9,10].all(c, [1,2,3,4,5,6,7,8,9,10].all(d, a + b + c + d > 0))))"
                    egress: deny
                """);
        assertThat(policy.routing()
                        .decide(facts(Sensitivity.PUBLIC, 10, Set.of()), fleet())
                        .ruling()
                        .failed())
                .containsExactly("explodes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request.tokens > 1 && request.stream",
                "request.sensitivity in [PUBLIC, INTERNAL]",
                "\"email\" in request.findings && request.findings[\"email\"] > 3",
                "request.features.exists(f, f.startsWith(\"lo\"))",
                "size(request.modalities) == 1 || !(request.tools || (request.pinned && (request.tokens + 2) * 3 > 7))",
                "request.sensitivity < RESTRICTED ? request.stream : request.tools"
            })
    void a_sensible_condition_compiles_and_runs(String condition) {
        Policy policy =
                Policy.load("p", HEAD + "rules:\n  - id: r\n    egress: deny\n    when: >-\n      " + condition);
        assertThat(policy.routing()
                        .decide(facts(Sensitivity.PUBLIC, 10, Set.of()), fleet())
                        .ruling()
                        .failed())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name: x | the key 'version' is missing",
                "version: 2%nname: x | line 1: the key 'version' must be 1",
                "version: 1 | line 1: the key 'name' is missing",
                "version: 1%nname: x%ncost: { budget: { usd: 1 } } | line 3: the key 'cost.budget.per' is missing",
                "version: 1%nname: x%nrulez: [] | line 3: the key 'rulez' is unknown; the nearest known one is 'rules'",
                "version: 1%nname: x%nquality: { escalate: {} } | line 3: the key 'quality' is not built yet: judging",
                "version: 1%nname: x%nshadow: {} | 'shadow' is not built yet",
                "version: 1%nname: x%nprivacy: { detectors: [secrets, pii] } | 'privacy.detectors[2]' must be one of pii-en, pii-zh, secrets, subjects, names",
                "version: 1%nname: x%nlatency: { ttft: 1s, hedge: {} } | 'latency.hedge' is not built yet: hedging",
                "version: 1%nname: x%ncost: { budget: { usd: 1, per: day, by: tenant } } | 'cost.budget.by' is not built yet",
                "version: 1%nname: x%nrules: [ { id: a, when: 'true', escalate: 1 } ] | 'rules[1].escalate' is not built yet",
                "version: 1%nname: x%ncost: { budget: { usd: 1, per: month } } | 'cost.budget.per' must be one of day",
                "version: 1%nname: x%ncost: { budget: { usd: -1, per: day } } | line 3: the key 'cost.budget.usd'",
                "version: 1%nname: x%ncost: { budget: { usd: .nan, per: day } } | line 3: the key 'cost.budget.usd'",
                "version: 1%nname: x%ncost: { budget: { usd: lots, per: day } } | must be a number",
                "version: 1%nname: x%ncost: { exhausted: refuse } | must be one of edge-only",
                "version: 1%nname: x%ncost: { max-output: 0 } | line 3: the key 'cost.max-output'",
                "version: 1%nname: x%nlatency: { percentile: 95 } | line 3: the key 'latency.ttft' is missing",
                "version: 1%nname: x%nlatency: { ttft: fast } | no duration",
                "version: 1%nname: x%nlatency: { ttft: 1s, percentile: 100 } | from 50 to 99",
                "version: 1%nname: x%nprefer: { privacy: -1 } | line 3: the key 'prefer.privacy' must be from 0 to 100",
                "version: 1%nname: x%nprefer: { privacy: 0 } | at least one weight",
                "version: 1%nname: x%nprefer: { speed: 1 } | 'prefer.speed' is unknown",
                "version: 1%nname: x%nprivacy: { levels: { cn_di: restricted } } | one of private_key, api_key",
                "version: 1%nname: x%nprivacy: { levels: { cn_di: restricted } } | the nearest is 'cn_id'",
                "version: 1%nname: x%nprivacy: { levels: { landline: restricted } } | line 3: the key 'privacy.levels.landline' is not built yet: telling landlines from `phone`; take it out",
                "version: 1%nname: x%nprivacy: { levels: { cn_id: secret } } | must be one of public, internal",
                "version: 1%nname: x%nprivacy: { levels: { cn_id: null } } | empty value",
                "version: 1%nname: x%nprivacy: { levels: { detector_failure: public } } | always restricted",
                "version: 1%nname: x%nprivacy: { default-egress: { top: deny } } | one of public",
                "version: 1%nname: x%nrules: [ { id: a } ] | line 3: the key 'rules[1].when' is missing",
                "version: 1%nname: x%nrules: [ null ] | line 3: the key 'rules[1]' has an empty value",
                "version: 1%nname: x%nrules: [ { id: a, when: 'true' } ] | does nothing",
                "version: 1%nname: x%nrules: [ { id: A B, when: 'true', egress: deny } ] | lower-case",
                "version: 1%nname: x%nrules: [ { id: a, when: 'true', egress: maybe } ] | one of allow, pseudonymise, deny",
                "version: 1%nname: x%nrules: [ { id: a, when: 'true', exclude: {} } ] | needs 'target' alone",
                "version: 1%nname: x%nrules: [ { id: a, when: 'true', pin: { tier: edge, target: edge/a } } ] | needs 'target' alone",
                "version: 1%nname: x%nrules: [ { id: a, when: 'true', pin: { region: E U } } ] | a region or licence is",
                "version: 1%nname: x%nrules: [ { id: a, when: 'true', prefer: { cost: 0 } } ] | at least one weight",
                "version: 1%nname: x%nrules: [ { id: a, when: 'true', hedge: {} } ] | 'rules[1].hedge' is not built yet",
                "version: 1%nname: x%nrules: [ { id: a, when: 'true', latency: { ttft: 1s, hedge: {} } } ] | is not built yet: hedging",
                "version: 1%nname: x%nprivacy: { mask: { redact: [detector_failure] } } | cannot list detector_failure",
                "version: 1%nname: x%nprivacy: { mask: { instruction: '' } } | 'privacy.mask.instruction' must be true, false",
                "version: 1%nname: x%ndefaults: { sensitivity: secret } | must be one of public, internal",
                "version: 1%nname: x%ndefaults: { deadline: 1s } | 'defaults.deadline' is not built yet",
                "version: 1%nname: x%nfailover: [ far ] | line 3: the key 'failover': a target id is",
                "version: 1%nname: x%nfailover: [ edge/a, edge/a ] | line 3: the key 'failover' lists a target once",
                "version: 1%nname: x%nrules: [ { id: a, when: 'true', pin: { target: far } } ] | a target id is",
                "version: 1%nname: x%nrules:%n- { id: a, when: 'true', egress: deny }%n- { id: a, when: 'true', egress: deny } | line 5: the rule 'a' is there twice",
                "version: 1%nname: x%nrules: [ { id: a, when: request.tokenz > 1, egress: deny } ] | line 3: the condition 'when' of the rule 'a' knows no 'request.tokenz'; the nearest is 'request.tokens'",
                "version: 1%nname: x%nrules: [ { id: a, when: request.sensitivity > SECRET, egress: deny } ] | knows no 'SECRET'",
                "version: 1%nname: x%nrules: [ { id: a, when: request.tokens, egress: deny } ] | the condition 'when' of the rule 'a'",
                "version: 1%nname: x%nrules: [ { id: a, when: request.tokens > 'many', egress: deny } ] | found no matching overload for '_>_' applied to '(int, string)', at character 16",
                "version: 1%nname: x%nrules: [ { id: a, when: request.tokens >, egress: deny } ] | at character",
                "version: 1%nname: x%nname: y | line 3",
                "version: 1%nname: x%nrules: [ {} | YAML",
                "version: 1%nname: x%n---%nversion: 1 | p.yaml",
                "[] | must be a map",
            })
    void a_mistake_is_told_with_its_place(String yaml, String says) {
        assertThatThrownBy(() -> Policy.load("p.yaml", yaml.replace("%n", "\n")))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith("p.yaml")
                .hasMessageContaining(says)
                .hasMessageNotContainingAny("dev.fogline", "com.fasterxml", "java.");
    }

    @Test
    void expressions_and_files_without_measure_are_refused() {
        String longest = HEAD + "rules:\n  - id: a\n    egress: deny\n    when: ";
        assertThatThrownBy(() -> Policy.load("p", longest + "true" + " || true".repeat(300)))
                .hasMessageContaining("longer than 2000");
        assertThatThrownBy(() -> Policy.load("p", longest + "(".repeat(100) + "true" + ")".repeat(100)))
                .hasMessageContaining("nested deeper than 32");
        assertThatThrownBy(() -> Policy.load("p", HEAD + "#".repeat(1 << 21))).hasMessageContaining("longer than");
        assertThatThrownBy(() -> Policy.load("p", HEAD + "rules: " + "[".repeat(100_000)))
                .isInstanceOf(InvalidFileException.class);
        assertThatThrownBy(() -> Policy.load("p", HEAD + """
                rules: &a [ { id: a, when: 'true', egress: deny } ]
                privacy: { levels: *a }
                """)).isInstanceOf(InvalidFileException.class);
    }

    @Test
    void an_expression_has_up_to_2000_characters_and_32_levels() {
        assertThat(always("true || " + " ".repeat(1_988) + "true").name()).isEqualTo("test");
        assertThatThrownBy(() -> always("true || " + " ".repeat(1_989) + "true"))
                .hasMessageContaining("longer than 2000");
        assertThat(always("(".repeat(31) + "true" + ")".repeat(31)).name()).isEqualTo("test");
        assertThatThrownBy(() -> always("(".repeat(32) + "true" + ")".repeat(32)))
                .hasMessageContaining("nested deeper than 32");
    }

    @ParameterizedTest
    @CsvSource({"31, true", "32, false"})
    void an_expression_has_up_to_1000_rounds_inner_ones_with_outer_ones(int outer, boolean evaluated) {
        // Each outer round has 31 inner ones: 992 with the outer ones themselves, or 1,024.
        String inner = ".exists(b, [" + "1,".repeat(30) + "1].exists(a, a == 2))";
        Policy policy = always("[" + "1,".repeat(outer - 1) + "1]" + inner);
        assertThat(policy.routing()
                        .decide(facts(Sensitivity.PUBLIC, 10, Set.of()), fleet())
                        .ruling()
                        .failed()
                        .isEmpty())
                .isEqualTo(evaluated);
    }

    private static Policy always(String when) {
        return Policy.load("p", HEAD + "rules: [ { id: r, egress: deny, when: '" + when + "' } ]");
    }

    private static Egress egress(Policy policy, Sensitivity sensitivity, int tokens) {
        return policy.routing()
                .decide(facts(sensitivity, tokens, Set.of()), fleet())
                .ruling()
                .egress();
    }

    private static RequestFacts facts(Sensitivity sensitivity, int tokens, Set<String> features) {
        return new RequestFacts(
                new Pin.None(),
                sensitivity,
                Map.of(),
                new RequestSize(tokens, 256, true, 1),
                features,
                false,
                Optional.empty(),
                OptionalLong.empty());
    }

    private static FleetSnapshot fleet() {
        return new FleetSnapshot(List.of(
                new Candidate(CLOUD, new TargetStatus(Availability.READY, 128_000, Set.of(), 0)),
                new Candidate(EDGE, new TargetStatus(Availability.READY, 2048, Set.of(), 0))));
    }
}
