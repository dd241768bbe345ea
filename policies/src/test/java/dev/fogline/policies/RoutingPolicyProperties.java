package dev.fogline.policies;

import static dev.fogline.policies.RandomCases.facts;
import static dev.fogline.policies.RandomCases.fleet;
import static dev.fogline.policies.RandomCases.situation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Decision.Refusal;
import dev.fogline.policies.Decision.Refuse;
import dev.fogline.policies.Decision.Route;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The laws of the decision, over random fleets and requests. */
class RoutingPolicyProperties {
    private final RoutingPolicy policy = RoutingPolicy.builtIn();

    @Property(tries = 5000)
    void what_may_not_leave_has_no_cloud_target_in_its_plan(@ForAll long seed) {
        Random random = new Random(seed);
        RequestFacts facts = facts(random);
        if (policy.decide(facts, fleet(random), situation(random)) instanceof Route route
                && facts.sensitivity().compareTo(Sensitivity.CONFIDENTIAL) >= 0) {
            assertThat(route.plan()).allMatch(target -> target.tier() == Tier.EDGE);
        }
    }

    @Property(tries = 2000)
    void the_listing_order_never_matters_and_the_same_input_gives_the_same_decision(@ForAll long seed) {
        Random random = new Random(seed);
        RequestFacts facts = facts(random);
        FleetSnapshot fleet = fleet(random);
        var shuffled = new ArrayList<>(fleet.candidates());
        Collections.shuffle(shuffled, random);
        Situation situation = situation(random);
        assertThat(policy.decide(facts, new FleetSnapshot(shuffled), situation))
                .isEqualTo(policy.decide(facts, fleet, situation));
    }

    @Property(tries = 2000)
    void adding_a_constraint_never_adds_a_target(@ForAll long seed) {
        Random random = new Random(seed);
        List<Constraint> all = RoutingPolicy.constraints(new WorstCase(1000), random.nextBoolean());
        var few = new ArrayList<>(all);
        few.remove(random.nextInt(few.size()));
        RequestFacts facts = facts(random);
        FleetSnapshot fleet = fleet(random);
        Situation situation = situation(random);
        assertThat(allowed(all, facts, fleet, situation)).isSubsetOf(allowed(few, facts, fleet, situation));
    }

    private static RoutingPolicy with(List<Constraint> constraints, List<Preference> preferences) {
        return new RoutingPolicy(
                EgressRules.STANDARD, new WorstCase(1000), new Slowness(Optional.empty()), constraints, preferences);
    }

    private static Set<String> allowed(
            List<Constraint> constraints, RequestFacts facts, FleetSnapshot fleet, Situation situation) {
        var allowed = new HashSet<String>();
        for (Candidate candidate : fleet.candidates()) {
            var one = new FleetSnapshot(List.of(candidate));
            if (with(constraints, List.of()).decide(facts, one, situation) instanceof Route) {
                allowed.add(candidate.target().id());
            }
        }
        return allowed;
    }

    @Property(tries = 2000)
    void a_plan_holds_no_target_that_an_objection_names(@ForAll long seed) {
        Random random = new Random(seed);
        if (policy.decide(facts(random), fleet(random)) instanceof Route route) {
            var named = route.objections().stream().map(Objection::target).toList();
            assertThat(route.plan()).isNotEmpty().noneMatch(target -> named.contains(target.id()));
        }
    }

    @Property(tries = 2000)
    void a_pin_confines_the_plan(@ForAll long seed) {
        Random random = new Random(seed);
        RequestFacts facts = facts(random);
        if (policy.decide(facts, fleet(random)) instanceof Route route) {
            assertThat(route.plan()).allMatch(facts.pin()::allows);
        }
    }

    @Property(tries = 2000)
    void a_refusal_for_policy_is_the_same_whatever_the_health_of_the_fleet(@ForAll long seed) {
        Random random = new Random(seed);
        RequestFacts facts = facts(random);
        FleetSnapshot fleet = fleet(random);
        var healthy = new FleetSnapshot(fleet.candidates().stream()
                .map(c -> new Candidate(c.target(), c.status().with(Availability.READY)))
                .toList());
        boolean refused = policy.decide(facts, fleet) instanceof Refuse refuse && refuse.refusal() == Refusal.POLICY;
        boolean stillRefused =
                policy.decide(facts, healthy) instanceof Refuse refuse && refuse.refusal() == Refusal.POLICY;
        assertThat(refused).isEqualTo(stillRefused);
    }

    @Property(tries = 200)
    void a_constraint_that_throws_removes_the_target(@ForAll long seed) {
        Constraint broken = new Constraint() {
            @Override
            public Reason reason() {
                return Reason.QUALITY;
            }

            @Override
            public Optional<String> objection(Question question, Candidate candidate) {
                throw new IllegalStateException("broken");
            }
        };
        Random random = new Random(seed);
        assertThat(with(List.of(broken), List.of()).decide(facts(random), fleet(random)))
                .isInstanceOf(Refuse.class);
    }

    @Property(tries = 200)
    void a_preference_that_throws_scores_zero(@ForAll long seed) {
        Preference broken = new Preference() {
            @Override
            public double score(Question question, Candidate candidate) {
                throw new IllegalStateException("broken");
            }

            @Override
            public double weight() {
                return 1;
            }
        };
        Random random = new Random(seed);
        RequestFacts facts = facts(random);
        FleetSnapshot fleet = fleet(random);
        Assume.that(facts.deadlineMs().isEmpty());
        Decision decision = with(List.of(), List.of(broken)).decide(facts, fleet);
        assertThat(decision).isInstanceOf(Route.class);
        assertThat(((Route) decision).plan().getFirst())
                .isEqualTo(fleet.candidates().stream()
                        .map(Candidate::target)
                        .sorted()
                        .findFirst()
                        .orElseThrow());
    }
}
