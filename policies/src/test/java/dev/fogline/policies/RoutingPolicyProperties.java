package dev.fogline.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Decision.Refusal;
import dev.fogline.policies.Decision.Refuse;
import dev.fogline.policies.Decision.Route;
import dev.fogline.policies.privacy.FindingKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The laws of the decision, over random fleets and requests. */
class RoutingPolicyProperties {
    private static final List<String> FEATURES = List.of("tools", "image", "n", "logprobs");
    private final RoutingPolicy policy = RoutingPolicy.builtIn();

    @Property(tries = 5000)
    void what_may_not_leave_has_no_cloud_target_in_its_plan(@ForAll long seed) {
        Random random = new Random(seed);
        RequestFacts facts = facts(random);
        if (policy.decide(facts, fleet(random)) instanceof Route route && facts.egress() != Egress.ALLOW) {
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
        assertThat(policy.decide(facts, new FleetSnapshot(shuffled))).isEqualTo(policy.decide(facts, fleet));
    }

    @Property(tries = 2000)
    void adding_a_constraint_never_adds_a_target(@ForAll long seed) {
        Random random = new Random(seed);
        List<Constraint> all = List.of(
                new Constraints.Pinned(),
                new Constraints.Privacy(),
                new Constraints.Cost(),
                new Constraints.Capability(),
                new Constraints.Context(),
                new Constraints.Available());
        var few = new ArrayList<>(all);
        few.remove(random.nextInt(few.size()));
        RequestFacts facts = facts(random);
        FleetSnapshot fleet = fleet(random);
        assertThat(allowed(all, facts, fleet)).isSubsetOf(allowed(few, facts, fleet));
    }

    private static Set<String> allowed(List<Constraint> constraints, RequestFacts facts, FleetSnapshot fleet) {
        var allowed = new HashSet<String>();
        for (Candidate candidate : fleet.candidates()) {
            var one = new FleetSnapshot(List.of(candidate));
            if (new RoutingPolicy(constraints, List.of()).decide(facts, one) instanceof Route) {
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
            public Optional<String> objection(RequestFacts facts, Candidate candidate) {
                throw new IllegalStateException("broken");
            }
        };
        Random random = new Random(seed);
        assertThat(new RoutingPolicy(List.of(broken), List.of()).decide(facts(random), fleet(random)))
                .isInstanceOf(Refuse.class);
    }

    @Property(tries = 200)
    void a_preference_that_throws_scores_zero(@ForAll long seed) {
        Preference broken = new Preference() {
            @Override
            public double score(RequestFacts facts, Candidate candidate) {
                throw new IllegalStateException("broken");
            }

            @Override
            public double weight() {
                return 1;
            }
        };
        Random random = new Random(seed);
        FleetSnapshot fleet = fleet(random);
        Decision decision = new RoutingPolicy(List.of(), List.of(broken)).decide(facts(random), fleet);
        assertThat(decision).isInstanceOf(Route.class);
        assertThat(((Route) decision).plan().getFirst())
                .isEqualTo(fleet.candidates().stream()
                        .map(Candidate::target)
                        .sorted()
                        .findFirst()
                        .orElseThrow());
    }

    static RequestFacts facts(Random random) {
        Pin pin = switch (random.nextInt(6)) {
            case 0 -> new Pin.ToTier(Tier.EDGE);
            case 1 -> new Pin.ToTier(Tier.CLOUD);
            case 2 -> new Pin.ToTarget("edge/t1");
            default -> new Pin.None();
        };
        return new RequestFacts(
                pin,
                Sensitivity.values()[random.nextInt(4)],
                Map.of(FindingKind.EMAIL, 1),
                random.nextInt(4000),
                random.nextInt(2000),
                some(random),
                random.nextBoolean(),
                random.nextInt(4) == 0 ? Optional.of(0.01) : Optional.empty());
    }

    static FleetSnapshot fleet(Random random) {
        var candidates = new ArrayList<Candidate>();
        int size = 1 + random.nextInt(5);
        for (int i = 0; i < size; i++) {
            Target target = new Target(
                    (random.nextBoolean() ? "edge/t" : "cloud/t") + i,
                    "m",
                    random.nextBoolean() ? Optional.of(new Price(1, 2, "test", "2026-01-01")) : Optional.empty());
            Availability availability = random.nextInt(3) > 0
                    ? Availability.READY
                    : Availability.values()[random.nextInt(Availability.values().length)];
            candidates.add(new Candidate(
                    target,
                    new TargetStatus(availability, random.nextInt(3) * 2048, some(random), random.nextDouble())));
        }
        return new FleetSnapshot(candidates);
    }

    private static Set<String> some(Random random) {
        var some = new HashSet<String>();
        for (String feature : FEATURES) {
            if (random.nextInt(4) == 0) {
                some.add(feature);
            }
        }
        return some;
    }
}
