package dev.fogline.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Decision.Refuse;
import dev.fogline.policies.Explanation.RuleVerdict;
import dev.fogline.policies.Explanation.TargetVerdict;
import dev.fogline.policies.latency.LatencyEstimate;
import dev.fogline.policies.privacy.FindingKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final FleetSnapshot FLEET = new FleetSnapshot(
            List.of(candidate("edge/small", Availability.READY, 120), candidate("cloud/big", Availability.READY, 800)));

    private static final String POLICY = """
            version: 1
            name: clinic
            rules:
              - { id: emails-stay, when: '"email" in request.findings', egress: deny }
              - { id: counts, when: 'request.findings["cn_id"] > 1', exclude: { target: cloud/other } }
              - { id: tools-go, when: request.tools, pin: { tier: cloud } }
            latency: { ttft: 500ms }
            """;

    @Property(tries = 200)
    void an_explanation_tells_the_very_decision(@ForAll long seed) {
        Random random = new Random(seed);
        Policy policy = Policy.load("p", PolicyProperties.policy(random, PolicyProperties.rules(random)));
        for (int i = 0; i < 20; i++) {
            RequestFacts facts = RandomCases.facts(random);
            FleetSnapshot fleet = RandomCases.fleet(random);
            Situation situation = RandomCases.situation(random);
            Decision decision = policy.routing().decide(facts, fleet, situation);
            Explanation told = policy.explain(facts, fleet, situation);
            assertThat(told.plan()).isEqualTo(Explanation.plan(decision));
            assertThat(told.reason()).isEqualTo(decision.reason().label());
            assertThat(told.egress()).isEqualTo(Words.of(decision.ruling().egress()));
            assertThat(told.refused())
                    .isEqualTo(
                            decision instanceof Refuse refuse ? refuse.refusal().code() : null);
            assertThat(told.rules().stream()
                            .filter(rule -> rule.verdict().equals("held"))
                            .map(RuleVerdict::id))
                    .isEqualTo(decision.ruling().matched());
            assertThat(told.targets().stream()
                            .mapToInt(target -> target.objections().size())
                            .sum())
                    .isEqualTo(decision.objections().size());
        }
    }

    @Test
    void every_rule_says_whether_it_held_and_where_it_stands() {
        Explanation told = explain(facts(Map.of(FindingKind.EMAIL, 1), Set.of()));
        assertThat(told.rules())
                .containsExactly(
                        new RuleVerdict("emails-stay", "p", 4, "\"email\" in request.findings", "held", "egress: deny"),
                        new RuleVerdict(
                                "counts",
                                "p",
                                5,
                                "request.findings[\"cn_id\"] > 1",
                                "could_not_be_evaluated",
                                "exclude: cloud/other"),
                        new RuleVerdict("tools-go", "p", 6, "request.tools", "did_not_hold", "pin: cloud"));
    }

    @Test
    void the_plan_names_who_decided_and_every_other_target_why_not() {
        Explanation told = explain(facts(Map.of(FindingKind.EMAIL, 1), Set.of()));
        assertThat(told.plan()).containsExactly("edge/small");
        assertThat(told.reason()).isEqualTo("privacy");
        assertThat(told.decidedBy()).isEqualTo("the rule 'emails-stay'");
        TargetVerdict cloud = told.targets().getLast();
        assertThat(cloud.id()).isEqualTo("cloud/big");
        assertThat(cloud.place()).isNull();
        assertThat(cloud.late()).isEqualTo("objective");
        assertThat(cloud.objections().getFirst().reason()).isEqualTo("privacy");
        assertThat(told.targets().getFirst().scores())
                .containsExactly(
                        new Explanation.Score("edge-first", null, 2, 1),
                        new Explanation.Score("short-queue", null, 1, 1));
    }

    @Test
    void a_refusal_has_the_code_that_the_client_is_told() {
        Explanation told = explain(facts(Map.of(FindingKind.EMAIL, 1), Set.of("tools")));
        assertThat(told.plan()).isEmpty();
        assertThat(told.refused()).isEqualTo("policy_refused");
    }

    @Test
    void what_a_rule_prefers_stands_among_the_scores_under_its_name() {
        Policy ranked = Policy.load("ranked.yaml", """
                version: 1
                name: ranked
                facts: { zone: Asia/Shanghai, headers: [x-a] }
                prefer: { privacy: 1 }
                rules:
                  - { id: chinese, when: 'request.language == "zh" && time.hour == 18', prefer: { quality: 4 } }
                  - { id: fails, when: 'request.headers["x-a"] == "b"', prefer: { quality: 9 } }
                """);
        RequestFacts facts = facts(Map.of(), Set.of()).with(new RequestDetails(2, Language.ZH, "auto", Map.of()));
        Explanation told = ranked.explain(facts, FLEET, Situation.ORDINARY.at(Instant.parse("2026-11-24T10:30:00Z")));
        assertThat(told.targets().getFirst().id()).isEqualTo("cloud/big");
        assertThat(told.targets().getFirst().scores())
                .contains(
                        new Explanation.Score("quality", "chinese", 4, 1),
                        new Explanation.Score("edge-first", null, 1, 0));
        assertThat(told.rules())
                .extracting(Explanation.RuleVerdict::verdict)
                .containsExactly("held", "could_not_be_evaluated");
        assertThat(told.rules().getFirst().effect()).isEqualTo("prefer: quality 4.0");
        assertThat(told.facts().language()).isEqualTo("zh");
        assertThat(told.facts().messages()).isEqualTo(2);
        assertThat(told.facts().time()).isEqualTo("2026-11-24T18:30+08:00[Asia/Shanghai]");
    }

    @Test
    void field_names_that_a_client_made_up_are_not_shown() {
        assertThat(explain(facts(Map.of(), Set.of("my-secret", "tools")))
                        .facts()
                        .features())
                .containsExactly("tools");
    }

    private static Explanation explain(RequestFacts facts) {
        return Policy.load("p", POLICY).explain(facts, FLEET, Situation.ORDINARY);
    }

    private static RequestFacts facts(Map<FindingKind, Integer> findings, Set<String> features) {
        return new RequestFacts(
                new Pin.None(),
                SensitivityLevels.STANDARD.of(findings.keySet()),
                findings,
                new RequestSize(10, 10, true, 1),
                features,
                false,
                Optional.empty(),
                OptionalLong.empty());
    }

    private static Candidate candidate(String id, Availability availability, double ttftMs) {
        return new Candidate(
                new Target(id, id, Optional.empty()),
                new TargetStatus(availability, 0, Set.of(), 0, new LatencyEstimate(ttftMs, 0, 1, 10, 0)));
    }
}
