package dev.fogline.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fogline.policies.Decision.Refusal;
import dev.fogline.policies.Decision.Refuse;
import dev.fogline.policies.Decision.Route;
import dev.fogline.policies.latency.LatencyEstimate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Price, budget, objective and deadline in the choice between a small edge and a priced cloud. */
class MoneyAndLatencyTest {
    private static final Target EDGE = new Target("edge/small", "small", Optional.empty());
    private static final Target CLOUD =
            new Target("cloud/large", "large", Optional.of(new Price(1, 2, 0.1, "test", "2026-01-01")));
    private static final Target UNPRICED = new Target("cloud/unknown", "unknown", Optional.empty());
    private static final Situation SPENT = new Situation(true, 0.5);
    private static final String HEAD = "version: 1\nname: p\n";
    private static final Policy BUDGET = Policy.load("p", HEAD + "cost: { budget: { usd: 1, per: day } }");
    private static final Policy OBJECTIVE = Policy.load("p", HEAD + "latency: { ttft: 800ms, percentile: 95 }");

    private Sensitivity sensitivity = Sensitivity.PUBLIC;
    private Pin pin = new Pin.None();
    private RequestSize size = new RequestSize(1000, 500, true, 1);
    private Set<String> features = Set.of();
    private Optional<Double> maxCost = Optional.empty();
    private OptionalLong deadline = OptionalLong.empty();
    private LatencyEstimate edgeIs = LatencyEstimate.UNKNOWN;
    private LatencyEstimate cloudIs = LatencyEstimate.UNKNOWN;
    private Availability edgeTakes = Availability.READY;

    @Test
    void tokens_cost_their_list_price_and_cached_ones_their_own() {
        Price price = CLOUD.price().orElseThrow();
        assertThat(price.cost(new Usage(1_000_000, 500_000))).isCloseTo(2, within(1e-9));
        assertThat(price.cost(new Usage(1_000_000, 0, 900_000))).isCloseTo(0.19, within(1e-9));
        assertThat(price.cost(new Usage(100, 0, 900_000))).isCloseTo(0.00001, within(1e-9));
        assertThat(new Price(1, 2, "test", "d").cost(new Usage(1_000_000, 0, 900_000)))
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void the_worst_case_counts_every_choice_and_bounds_the_answer_itself_where_the_caller_did_not() {
        size = new RequestSize(1000, 500, true, 3);
        assertThat(worst(CLOUD)).isCloseTo(0.001 + 3 * 0.001, within(1e-12));
        size = new RequestSize(1000, 256, false, 2);
        assertThat(worst(CLOUD)).isCloseTo(0.001 + 2 * 4096 * 2e-6, within(1e-12));
        assertThat(worst(EDGE)).isZero();
        assertThat(RoutingPolicy.builtIn().worstCaseUsd(facts(), UNPRICED, 1)).isEmpty();
        features = Set.of("image");
        assertThat(RoutingPolicy.builtIn().worstCaseUsd(facts(), CLOUD, 1)).isEmpty();
    }

    @Test
    void a_cost_limit_lets_a_target_serve_that_cannot_cost_more() {
        pin = new Pin.ToTier(Tier.CLOUD);
        maxCost = Optional.of(0.0021);
        assertThat(((Route) decide(Policy.builtIn(), Situation.ORDINARY)).plan())
                .containsExactly(CLOUD);
        maxCost = Optional.of(0.0019);
        Refuse refuse = (Refuse) decide(Policy.builtIn(), Situation.ORDINARY);
        assertThat(refuse.refusal()).isEqualTo(Refusal.POLICY);
        assertThat(refuse.reason()).isEqualTo(Reason.COST);
    }

    @Test
    void under_a_budget_what_has_no_price_or_no_bound_does_not_serve() {
        pin = new Pin.ToTier(Tier.CLOUD);
        assertThat(((Route) decide(BUDGET, Situation.ORDINARY)).plan()).containsExactly(CLOUD);
        features = Set.of("file");
        assertThat(decide(BUDGET, Situation.ORDINARY).reason()).isEqualTo(Reason.COST);
    }

    @Test
    void once_the_budget_is_spent_only_the_edge_serves() {
        Policy cloudFirst = Policy.load("p", HEAD + "cost: { budget: { usd: 1, per: day } }\nprefer: { quality: 1 }");
        assertThat(((Route) decide(cloudFirst, Situation.ORDINARY)).plan()).containsExactly(CLOUD, EDGE);
        Route spent = (Route) decide(cloudFirst, SPENT);
        assertThat(spent.plan()).containsExactly(EDGE);
        assertThat(spent.reason()).isEqualTo(Reason.BUDGET);
    }

    @Test
    void a_spent_budget_is_why_when_only_money_stands_between() {
        pin = new Pin.ToTier(Tier.CLOUD);
        assertThat(((Refuse) decide(BUDGET, SPENT)).refusal()).isEqualTo(Refusal.BUDGET);
        pin = new Pin.None();
        edgeTakes = Availability.NOT_READY;
        assertThat(((Refuse) decide(BUDGET, SPENT)).refusal()).isEqualTo(Refusal.UNAVAILABLE);
        sensitivity = Sensitivity.RESTRICTED;
        pin = new Pin.ToTier(Tier.CLOUD);
        assertThat(((Refuse) decide(BUDGET, SPENT)).refusal()).isEqualTo(Refusal.POLICY);
    }

    @Test
    void who_bounds_an_answer_that_the_caller_did_not_bound() {
        size = new RequestSize(10, 256, false, 1);
        assertThat(BUDGET.boundsOutput(facts())).isTrue();
        assertThat(Policy.builtIn().boundsOutput(facts())).isFalse();
        maxCost = Optional.of(1.0);
        assertThat(Policy.builtIn().boundsOutput(facts())).isTrue();
        size = new RequestSize(10, 256, true, 1);
        assertThat(BUDGET.boundsOutput(facts())).isFalse();
    }

    @Test
    void a_slow_edge_alone_changes_nothing_by_default() {
        edgeIs = seen(20_000);
        cloudIs = seen(100);
        Route route = (Route) decide(Policy.builtIn(), Situation.ORDINARY);
        assertThat(route.plan().getFirst()).isEqualTo(EDGE);
        assertThat(route.reason()).isEqualTo(Reason.PREFERENCE);
    }

    @Test
    void an_objective_puts_the_slow_behind_the_fast_and_says_latency() {
        edgeIs = seen(5_000);
        cloudIs = seen(100);
        Route route = (Route) decide(OBJECTIVE, Situation.ORDINARY);
        assertThat(route.plan()).containsExactly(CLOUD, EDGE);
        assertThat(route.reason()).isEqualTo(Reason.LATENCY);
        cloudIs = seen(6_000);
        assertThat(((Route) decide(OBJECTIVE, Situation.ORDINARY)).plan().getFirst())
                .isEqualTo(EDGE);
    }

    @Test
    void an_objective_never_lets_a_private_request_leave() {
        edgeIs = seen(50_000);
        cloudIs = seen(10);
        sensitivity = Sensitivity.RESTRICTED;
        deadline = OptionalLong.of(100);
        assertThat(((Route) decide(OBJECTIVE, Situation.ORDINARY)).plan()).containsExactly(EDGE);
    }

    @Test
    void a_deadline_that_the_edge_would_miss_goes_to_the_cloud() {
        edgeIs = new LatencyEstimate(300, 0.1, 50, 20, 0);
        cloudIs = new LatencyEstimate(500, 0.1, 5, 20, 0);
        deadline = OptionalLong.of(30_000);
        assertThat(((Route) decide(Policy.builtIn(), Situation.ORDINARY)).plan().getFirst())
                .isEqualTo(EDGE);
        deadline = OptionalLong.of(10_000);
        Route route = (Route) decide(Policy.builtIn(), Situation.ORDINARY);
        assertThat(route.plan()).containsExactly(CLOUD, EDGE);
        assertThat(route.reason()).isEqualTo(Reason.LATENCY);
    }

    @Test
    void a_slow_target_is_tried_again_by_a_small_and_bounded_share() {
        cloudIs = seen(100);
        for (long ageMs : new long[] {0, 5_000, 60_000, 10_000_000}) {
            edgeIs = new LatencyEstimate(5_000, 0.1, 10, 20, ageMs);
            long retried = IntStream.range(0, 1000)
                    .filter(i -> ((Route) decide(OBJECTIVE, new Situation(false, i / 1000.0)))
                            .plan()
                            .getFirst()
                            .equals(EDGE))
                    .count();
            assertThat(retried).isEqualTo(Math.min(100, Math.round(ageMs / 1000.0 * 4)));
        }
    }

    @Test
    void a_deadline_is_not_risked_for_a_retry_while_the_slowness_is_fresh() {
        deadline = OptionalLong.of(1_000);
        cloudIs = new LatencyEstimate(100, 0, 0.1, 20, 0);
        edgeIs = new LatencyEstimate(5_000, 0.1, 10, 20, 60_000);
        var luckiest = new Situation(false, 0);
        assertThat(((Route) decide(Policy.builtIn(), luckiest)).plan().getFirst())
                .isEqualTo(CLOUD);
        edgeIs = new LatencyEstimate(5_000, 0.1, 10, 20, 600_000);
        assertThat(((Route) decide(Policy.builtIn(), luckiest)).plan().getFirst())
                .isEqualTo(EDGE);
    }

    @Test
    void weights_steer_towards_what_they_name() {
        edgeIs = seen(4_000);
        cloudIs = seen(200);
        assertThat(first("privacy: 1")).isEqualTo(EDGE);
        assertThat(first("quality: 1")).isEqualTo(CLOUD);
        assertThat(first("latency: 1")).isEqualTo(CLOUD);
        assertThat(first("cost: 1")).isEqualTo(EDGE);
        assertThat(first("privacy: 1, quality: 3")).isEqualTo(CLOUD);
    }

    private Target first(String weights) {
        Policy policy = Policy.load("p", HEAD + "prefer: { " + weights + " }");
        return ((Route) decide(policy, Situation.ORDINARY)).plan().getFirst();
    }

    private double worst(Target target) {
        return RoutingPolicy.builtIn().worstCaseUsd(facts(), target, 1).orElseThrow();
    }

    private static LatencyEstimate seen(double ttftMs) {
        return new LatencyEstimate(ttftMs, 0.1, 1, 20, 0);
    }

    private Decision decide(Policy policy, Situation situation) {
        var fleet = new FleetSnapshot(List.of(
                new Candidate(UNPRICED, new TargetStatus(Availability.UNREACHABLE, 0, Set.of(), 0)),
                new Candidate(CLOUD, new TargetStatus(Availability.READY, 128_000, Set.of(), 0, cloudIs)),
                new Candidate(EDGE, new TargetStatus(edgeTakes, 8192, Set.of("image"), 0, edgeIs))));
        return policy.routing().decide(facts(), fleet, situation);
    }

    private RequestFacts facts() {
        return new RequestFacts(pin, sensitivity, Map.of(), size, features, true, maxCost, deadline);
    }
}
