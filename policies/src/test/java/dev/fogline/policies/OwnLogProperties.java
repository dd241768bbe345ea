package dev.fogline.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Decision.Route;
import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.replay.DecisionLines;
import dev.fogline.policies.replay.LoggedDecision;
import dev.fogline.policies.replay.LoggedFacts;
import dev.fogline.policies.replay.PolicyWords;
import dev.fogline.policies.replay.Replay;
import dev.fogline.policies.replay.ReplayReport;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What a policy decided and logged it decides again, whatever of the request is not in the log. */
class OwnLogProperties {
    private static final int CASES = 20;

    @Property(tries = 500)
    void a_policy_replayed_over_its_own_log_changes_nothing_and_nothing_is_undecidable(@ForAll long seed) {
        var random = new Random(seed);
        Policy policy = Policy.load("p", PolicyProperties.policy(random, PolicyProperties.rules(random)));
        var words = PolicyWords.of(policy);
        var replay = new Replay(policy);
        for (int i = 0; i < CASES; i++) {
            replay.line("log", i + 1, new String(logged(policy, words, random), StandardCharsets.UTF_8));
        }
        ReplayReport report = replay.report();
        assertThat(report.changed()).isZero();
        assertThat(report.undecidable()).isZero();
        assertThat(report.newlyLeaving()).isEmpty();
    }

    /** As the gateway would: a second decision where the money for the first could not be held back. */
    private static byte[] logged(Policy policy, PolicyWords words, Random random) {
        double committed = random.nextDouble() * 1.1;
        double limit = policy.budget().map(BudgetRule::usdPerDay).orElse(Double.POSITIVE_INFINITY);
        FleetSnapshot fleet = RandomCases.fleet(random);
        RequestFacts some = RandomCases.facts(random);
        Optional<Sensitivity> said = random.nextBoolean() ? Optional.of(some.sensitivity()) : Optional.empty();
        RequestFacts facts = classified(policy, some, said, random.nextInt(3) > 0);
        if (random.nextInt(3) == 0) {
            facts = facts.with(new RequestDetails(
                    2,
                    Language.ZH,
                    "gpt-of-a-caller",
                    Map.of("x-a", "word-of-a-caller" + random.nextInt()),
                    facts.content(),
                    facts.details().tenant()));
        }
        Situation drawn = RandomCases.situation(random);
        var situation =
                new Situation(committed >= limit, Math.clamp(committed / limit, 0, 1), drawn.draw(), drawn.now());
        Decision decision = policy.routing().decide(facts, fleet, situation);
        if (decision instanceof Route route && cannotBeHeldBack(policy, facts, fleet, route, limit - committed)) {
            situation = situation.withoutBudget();
            decision = policy.routing().decide(facts, fleet, situation);
        }
        return DecisionLines.write(new LoggedDecision(
                LoggedDecision.VERSION,
                "id",
                "2026-11-24T10:00:00Z",
                policy.revision(),
                LoggedFacts.of(facts, said, words, decision.ruling(), word -> false),
                LoggedDecision.fleet(fleet),
                LoggedDecision.Moment.of(situation, committed),
                LoggedDecision.made(decision),
                null));
    }

    /** Its class is what the policy makes of its findings, or more. */
    private static RequestFacts classified(
            Policy policy, RequestFacts facts, Optional<Sensitivity> said, boolean inText) {
        Content content = facts.content();
        return new RequestFacts(
                facts.pin(),
                policy.levels().of(content).max(said.orElse(Sensitivity.PUBLIC)),
                facts.findings(),
                facts.size(),
                facts.features(),
                facts.stream(),
                facts.maxCostUsd(),
                facts.deadlineMs(),
                facts.details(),
                policy.mask()
                        .of(
                                policy.levels(),
                                content,
                                inText ? Set.of() : content.findings().keySet(),
                                said,
                                facts.features()));
    }

    private static boolean cannotBeHeldBack(
            Policy policy, RequestFacts facts, FleetSnapshot fleet, Route route, double left) {
        Target first = route.plan().getFirst();
        double ratio = fleet.candidates().stream()
                .filter(candidate -> candidate.target().equals(first))
                .findFirst()
                .orElseThrow()
                .status()
                .tokenRatio();
        return left > 0
                && first.tier() == Tier.CLOUD
                && policy.routing().worstCaseUsd(facts, first, ratio).orElse(0) > left;
    }
}
