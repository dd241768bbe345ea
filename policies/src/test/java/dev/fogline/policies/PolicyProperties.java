package dev.fogline.policies;

import static dev.fogline.policies.RandomCases.facts;
import static dev.fogline.policies.RandomCases.fleet;
import static dev.fogline.policies.RandomCases.situation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Decision.Route;
import dev.fogline.policies.latency.LatencyEstimate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The laws of the decision, over random policy files, fleets, requests and situations. */
class PolicyProperties {
    private static final List<String> CONDITIONS = List.of(
            "true",
            "request.tokens > 1500",
            "request.tools",
            "request.stream && !request.pinned",
            "request.sensitivity >= CONFIDENTIAL",
            "request.findings[\"email\"] > 1",
            "request.modalities.exists(m, m == \"image\")",
            "request.messages > 4 && request.language != \"zh\"",
            "request.headers[\"x-a\"] == \"b\"",
            "request.model.startsWith(\"gpt\")",
            "1 / (request.tokens % 2) > 0");

    /** What money, health and time decide; a condition that spent money makes hold never stops holding by it. */
    private static final List<String> OUTSIDE = List.of(
            "budget.exhausted || budget.pressure > 0.7",
            "request.deadline_ms < 2000",
            "fleet.edge_queue > 0.5",
            "!fleet.edge_ready && fleet.cloud_ready",
            "\"edge/t0\" in fleet.ready",
            "time.hour < 8 || time.weekday > 5");

    private static final List<String> ALL =
            Stream.concat(CONDITIONS.stream(), OUTSIDE.stream()).toList();
    private static final List<String> EFFECTS = List.of(
            "egress: deny",
            "egress: pseudonymise",
            "egress: allow",
            "exclude: { tier: edge }",
            "exclude: { target: cloud/t1 }",
            "pin: { tier: cloud }",
            "pin: { tier: edge }",
            "pin: { target: edge/t0 }",
            "pin: { region: eu }",
            "exclude: { tier: cloud, region: us }",
            "exclude: { licence: other }",
            "prefer: { quality: 3, cost: 0.1 }, egress: deny",
            "prefer: { privacy: 0.7, latency: 2 }",
            "latency: { ttft: 700ms }, pin: { tier: edge }");

    /** As many policies, each with as many requests. */
    private static final int POLICIES = 1_000;

    private static final int CASES = 100;

    @Property(tries = POLICIES)
    void what_may_not_leave_has_no_cloud_target_whatever_time_money_and_health_say(@ForAll long seed) {
        Random random = new Random(seed);
        Policy policy = Policy.load("p", policy(random, rules(random, ALL)));
        for (int i = 0; i < CASES; i++) {
            if (policy.routing().decide(facts(random), fleet(random), situation(random)) instanceof Route route
                    && route.ruling().egress() != Egress.ALLOW) {
                assertThat(route.plan()).allMatch(target -> target.tier() == Tier.EDGE);
            }
        }
    }

    @Property(tries = POLICIES)
    void the_strictest_of_all_that_is_said_wins(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> rules = rules(random, ALL);
        long rest = random.nextLong();
        Policy policy = Policy.load("p", policy(new Random(rest), rules));
        List<Policy> alone = Stream.concat(
                        Stream.of(List.<String>of()), rules.stream().map(List::of))
                .map(one -> Policy.load("p", policy(new Random(rest), one)))
                .toList();
        for (int i = 0; i < CASES; i++) {
            RequestFacts facts = facts(random);
            FleetSnapshot fleet = fleet(random);
            Situation situation = situation(random);
            Egress strictest = alone.stream()
                    .map(one -> one.routing()
                            .decide(facts, fleet, situation)
                            .ruling()
                            .egress())
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            assertThat(policy.routing().decide(facts, fleet, situation).ruling().egress())
                    .isEqualTo(strictest);
        }
    }

    @Property(tries = POLICIES)
    void time_money_and_draw_never_change_what_may_leave(@ForAll long seed) {
        Random random = new Random(seed);
        Policy policy = Policy.load("p", policy(random, rules(random, CONDITIONS)));
        for (int i = 0; i < CASES; i++) {
            RequestFacts facts = facts(random);
            FleetSnapshot fleet = fleet(random);
            Decision one = policy.routing().decide(facts, fleet, situation(random));
            Decision other =
                    policy.routing().decide(hurried(facts, random), measuredAnew(fleet, random), situation(random));
            assertThat(other.ruling()).isEqualTo(one.ruling());
            assertThat(excludedByPrivacy(other)).isEqualTo(excludedByPrivacy(one));
        }
    }

    @Property(tries = POLICIES)
    void listing_order_never_matters_and_the_same_input_gives_the_same_decision(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> rules = rules(random, ALL);
        long weights = random.nextLong();
        Policy policy = Policy.load("p", policy(new Random(weights), rules));
        var reordered = new ArrayList<>(rules);
        Collections.shuffle(reordered, random);
        Policy same = Policy.load("p", policy(new Random(weights), reordered));
        for (int i = 0; i < CASES; i++) {
            RequestFacts facts = facts(random);
            FleetSnapshot fleet = fleet(random);
            Situation situation = situation(random);
            var shuffled = new ArrayList<>(fleet.candidates());
            Collections.shuffle(shuffled, random);
            Decision decision = policy.routing().decide(facts, fleet, situation);
            assertThat(policy.routing().decide(facts, new FleetSnapshot(shuffled), situation))
                    .isEqualTo(decision);
            Decision byOtherOrder = same.routing().decide(facts, fleet, situation);
            assertThat(plan(byOtherOrder)).isEqualTo(plan(decision));
            assertThat(byOtherOrder.reason()).isEqualTo(decision.reason());
            assertThat(byOtherOrder.ruling().egress())
                    .isEqualTo(decision.ruling().egress());
        }
    }

    @Property(tries = POLICIES)
    void adding_a_rule_a_budget_or_a_limit_never_adds_a_target(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> rules = rules(random, ALL);
        long weights = random.nextLong();
        Policy few = Policy.load("p", policy(new Random(weights), rules.subList(0, rules.size() / 2)));
        Policy all = Policy.load(
                "p",
                policy(new Random(weights), rules)
                        + (few.budget().isEmpty() ? "cost: { budget: { usd: 1, per: day } }\n" : ""));
        for (int i = 0; i < CASES; i++) {
            RequestFacts facts = facts(random);
            FleetSnapshot fleet = fleet(random);
            Situation situation = situation(random);
            assertThat(allowed(all, facts, fleet, situation.withoutBudget()))
                    .isSubsetOf(allowed(all, facts, fleet, situation))
                    .isSubsetOf(allowed(few, facts, fleet, situation));
        }
    }

    @Property(tries = POLICIES)
    void no_plan_holds_an_excluded_target_or_one_twice(@ForAll long seed) {
        Random random = new Random(seed);
        Policy policy = Policy.load("p", policy(random, rules(random, ALL)));
        for (int i = 0; i < CASES; i++) {
            Decision decision = policy.routing().decide(facts(random), fleet(random), situation(random));
            var named = decision.objections().stream().map(Objection::target).toList();
            assertThat(plan(decision)).noneMatch(named::contains).doesNotHaveDuplicates();
        }
    }

    @Property(tries = 500)
    void how_a_target_counts_tokens_never_lets_more_through(@ForAll long seed) {
        Random random = new Random(seed);
        Policy policy = Policy.load("p", policy(random, rules(random)));
        RequestFacts facts = facts(random);
        FleetSnapshot fleet = fleet(random);
        var asEstimated = new FleetSnapshot(fleet.candidates().stream()
                .map(c -> new Candidate(c.target(), c.status().with(c.status().latency(), 1)))
                .toList());
        assertThat(allowed(policy, facts, asEstimated, Situation.ORDINARY))
                .containsAll(allowed(policy, facts, fleet, Situation.ORDINARY));
    }

    @Property(tries = 1000)
    void what_an_attempt_is_likely_to_cost_is_never_more_than_what_is_reserved_for_it(@ForAll long seed) {
        Random random = new Random(seed);
        RequestFacts facts = facts(random);
        Candidate candidate = fleet(random).candidates().getFirst();
        double ratio = candidate.status().tokenRatio();
        var worstCase = new WorstCase(1000);
        OptionalDouble reserved = worstCase.usd(facts, candidate.target(), ratio);
        OptionalDouble likely = worstCase.likelyUsd(facts, candidate.target(), ratio);
        assertThat(likely.isPresent()).isEqualTo(reserved.isPresent());
        assertThat(likely.orElse(0)).isLessThanOrEqualTo(reserved.orElse(0));
        assertThat(worstCase.usd(facts, candidate.target(), 1).orElse(0)).isLessThanOrEqualTo(reserved.orElse(0));
    }

    @Property(tries = 1000)
    void a_preference_is_in_zero_to_one_and_slower_is_never_better(@ForAll long seed) {
        Random random = new Random(seed);
        Candidate candidate = fleet(random).candidates().getFirst();
        Question question =
                EgressRules.STANDARD.ask(facts(random), new FleetSnapshot(List.of(candidate)), Situation.ORDINARY);
        double fast = random.nextDouble() * 10_000;
        double slow = fast + random.nextDouble() * 10_000;
        var latency = new Preferences.Latency(1);
        double fastScore = latency.score(question, seen(candidate, fast));
        double slowScore = latency.score(question, seen(candidate, slow));
        assertThat(fastScore).isBetween(0.0, 1.0).isGreaterThanOrEqualTo(slowScore);
        assertThat(new Preferences.Cost(1, new WorstCase(1000)).score(question, candidate))
                .isBetween(0.0, 1.0);
    }

    private static Candidate seen(Candidate candidate, double ttftMs) {
        return new Candidate(candidate.target(), candidate.status().with(new LatencyEstimate(ttftMs, 0, 5, 10, 0)));
    }

    private static Set<String> allowed(Policy policy, RequestFacts facts, FleetSnapshot fleet, Situation situation) {
        var allowed = new HashSet<String>();
        for (Candidate candidate : fleet.candidates()) {
            var one = new FleetSnapshot(List.of(candidate));
            if (policy.routing().decide(facts, one, situation) instanceof Route) {
                allowed.add(candidate.target().id());
            }
        }
        return allowed;
    }

    private static List<String> plan(Decision decision) {
        return decision instanceof Route route
                ? route.plan().stream().map(Target::id).toList()
                : List.of();
    }

    private static List<String> excludedByPrivacy(Decision decision) {
        return decision.objections().stream()
                .filter(objection -> objection.reason() == Reason.PRIVACY)
                .map(Objection::target)
                .toList();
    }

    private static RequestFacts hurried(RequestFacts facts, Random random) {
        return new RequestFacts(
                facts.pin(),
                facts.sensitivity(),
                facts.findings(),
                facts.size(),
                facts.features(),
                facts.stream(),
                facts.maxCostUsd(),
                OptionalLong.of(random.nextInt(3000)),
                facts.details());
    }

    private static FleetSnapshot measuredAnew(FleetSnapshot fleet, Random random) {
        return new FleetSnapshot(fleet.candidates().stream()
                .map(candidate -> seen(candidate, random.nextDouble() * 5000))
                .toList());
    }

    static List<String> rules(Random random) {
        return rules(random, ALL);
    }

    private static List<String> rules(Random random, List<String> conditions) {
        var rules = new ArrayList<String>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            rules.add(String.format(
                    Locale.ROOT,
                    "  - { id: r%d, when: '%s', %s }%n",
                    i,
                    conditions.get(random.nextInt(conditions.size())),
                    EFFECTS.get(random.nextInt(EFFECTS.size()))));
        }
        return rules;
    }

    static String policy(Random random, List<String> rules) {
        var yaml = new StringBuilder("version: 1\nname: random\nfacts: { zone: UTC, headers: [x-a] }\n");
        if (!rules.isEmpty()) {
            yaml.append("rules:\n");
            rules.forEach(yaml::append);
        }
        if (random.nextBoolean()) {
            yaml.append("prefer: { privacy: 1, quality: ")
                    .append(random.nextInt(5))
                    .append(", latency: ");
            yaml.append(random.nextInt(5))
                    .append(", cost: ")
                    .append(random.nextInt(5))
                    .append(" }\n");
        }
        if (random.nextInt(3) == 0) {
            yaml.append("failover: [ cloud/t1, edge/t0, edge/t2 ]\n");
        }
        if (random.nextInt(3) == 0) {
            yaml.append("defaults: { sensitivity: internal }\n");
        }
        if (random.nextBoolean()) {
            yaml.append("latency: { ttft: ").append(1 + random.nextInt(3000)).append("ms }\n");
        }
        if (random.nextBoolean()) {
            yaml.append("cost: { budget: { usd: 1, per: day } }\n");
        }
        return yaml.toString();
    }
}
