package dev.fogline.policies;

import dev.fogline.policies.Decision.Refusal;
import dev.fogline.policies.Decision.Refuse;
import dev.fogline.policies.Decision.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Constraints, then preferences, then a stable order: a pure function from facts and fleet to a decision. */
public final class RoutingPolicy {
    /** The first choice and one fallback. */
    private static final int PLAN_LENGTH = 2;

    /** What no waiting changes: a target that one of these removed is not permitted at all. */
    private static final Set<Reason> PERMISSION = EnumSet.of(Reason.PINNED, Reason.PRIVACY, Reason.COST);

    private static final Set<Reason> ABILITY = EnumSet.of(Reason.CONTEXT, Reason.CAPABILITY);

    private final List<Constraint> constraints;
    private final List<Preference> preferences;

    RoutingPolicy(List<Constraint> constraints, List<Preference> preferences) {
        this.constraints = List.copyOf(constraints);
        this.preferences = List.copyOf(preferences);
    }

    /** What holds without a policy file: the edge first, the cloud where the edge may not or cannot. */
    public static RoutingPolicy builtIn() {
        return new RoutingPolicy(
                List.of(
                        new Constraints.Pinned(),
                        new Constraints.Privacy(),
                        new Constraints.Cost(),
                        new Constraints.Capability(),
                        new Constraints.Context(),
                        new Constraints.Available()),
                List.of(new Preferences.EdgeFirst(2), new Preferences.ShortQueue(1)));
    }

    public Decision decide(RequestFacts facts, FleetSnapshot fleet) {
        List<Verdict> verdicts = fleet.candidates().stream()
                .map(candidate -> judge(facts, candidate))
                .sorted(Comparator.comparingDouble(Verdict::score).reversed().thenComparing(Verdict::target))
                .toList();
        List<Objection> objections = verdicts.stream()
                .sorted(Comparator.comparing(Verdict::target))
                .flatMap(verdict -> verdict.objections.stream())
                .toList();
        List<Target> plan = verdicts.stream()
                .filter(verdict -> verdict.objections.isEmpty())
                .map(Verdict::target)
                .limit(PLAN_LENGTH)
                .toList();
        return plan.isEmpty()
                ? refuse(verdicts, objections)
                : new Route(plan, whyFirst(facts, verdicts, plan.getFirst()), objections);
    }

    private Verdict judge(RequestFacts facts, Candidate candidate) {
        var objections = new ArrayList<Objection>();
        for (Constraint constraint : constraints) {
            objection(constraint, facts, candidate)
                    .ifPresent(message ->
                            objections.add(new Objection(candidate.target().id(), constraint.reason(), message)));
        }
        double score = 0;
        for (Preference preference : preferences) {
            score += preference.weight() * score(preference, facts, candidate);
        }
        return new Verdict(candidate.target(), score, objections);
    }

    /** A constraint that throws removes the target: a rule that cannot be checked is not kept. */
    private static Optional<String> objection(Constraint constraint, RequestFacts facts, Candidate candidate) {
        try {
            return constraint.objection(facts, candidate);
        } catch (RuntimeException e) {
            return Optional.of("the rule failed: " + e.getClass().getSimpleName());
        }
    }

    private static double score(Preference preference, RequestFacts facts, Candidate candidate) {
        try {
            double score = preference.score(facts, candidate);
            return score >= 0 ? Math.min(score, 1) : 0;
        } catch (RuntimeException e) {
            return 0;
        }
    }

    /** The rule that put this target first: the pin, privacy, or whatever removed the best-ranked target before it. */
    private static Reason whyFirst(RequestFacts facts, List<Verdict> verdicts, Target first) {
        if (!(facts.pin() instanceof Pin.None)) {
            return Reason.PINNED;
        }
        if (verdicts.stream().anyMatch(verdict -> verdict.has(Reason.PRIVACY))) {
            return Reason.PRIVACY;
        }
        Verdict best = verdicts.getFirst();
        return best.target.equals(first)
                ? Reason.PREFERENCE
                : best.objections.getFirst().reason();
    }

    private static Refuse refuse(List<Verdict> verdicts, List<Objection> objections) {
        List<Verdict> permitted =
                verdicts.stream().filter(verdict -> !verdict.hasAny(PERMISSION)).toList();
        if (permitted.isEmpty()) {
            return new Refuse(Refusal.POLICY, whyNotPermitted(verdicts), objections);
        }
        if (permitted.stream().allMatch(verdict -> verdict.hasAny(ABILITY))) {
            boolean onlyLength = permitted.stream().noneMatch(verdict -> verdict.has(Reason.CAPABILITY));
            return onlyLength
                    ? new Refuse(Refusal.CONTEXT, Reason.CONTEXT, objections)
                    : new Refuse(Refusal.CAPABILITY, Reason.CAPABILITY, objections);
        }
        boolean private_ = verdicts.stream().anyMatch(verdict -> verdict.has(Reason.PRIVACY));
        return new Refuse(Refusal.UNAVAILABLE, private_ ? Reason.PRIVACY : Reason.AVAILABILITY, objections);
    }

    /** What removed a target that the pin would have allowed; the pin itself when it allows none. */
    private static Reason whyNotPermitted(List<Verdict> verdicts) {
        List<Verdict> pinAllows =
                verdicts.stream().filter(verdict -> !verdict.has(Reason.PINNED)).toList();
        if (pinAllows.stream().anyMatch(verdict -> verdict.has(Reason.PRIVACY))) {
            return Reason.PRIVACY;
        }
        return pinAllows.stream().anyMatch(verdict -> verdict.has(Reason.COST)) ? Reason.COST : Reason.PINNED;
    }

    private record Verdict(Target target, double score, List<Objection> objections) {
        boolean has(Reason reason) {
            return objections.stream().anyMatch(objection -> objection.reason() == reason);
        }

        boolean hasAny(Set<Reason> reasons) {
            return objections.stream().anyMatch(objection -> reasons.contains(objection.reason()));
        }
    }
}
