package dev.fogline.policies;

import dev.fogline.policies.Decision.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Constraints, then preferences, then a stable order: a pure function from facts and fleet to a decision. */
public final class RoutingPolicy {
    /** The first choice and one fallback. */
    private static final int PLAN_LENGTH = 2;

    private static final Comparator<Verdict> BEST_FIRST =
            Comparator.comparingDouble(Verdict::score).reversed().thenComparing(Verdict::target);
    private static final Comparator<Verdict> BY_TARGET = Comparator.comparing(Verdict::target);
    private static final Comparator<Verdict> SOONEST_FIRST = Comparator.comparingInt(Verdict::slowness);

    /** Sums of weights in another order differ in their last digits, and the order of rules must not matter. */
    private static final double DIGITS = 1e9;

    private final EgressRules rules;
    private final WorstCase worstCase;
    private final Slowness slowness;
    private final List<Constraint> constraints;
    private final List<Preference> preferences;
    private final Optional<Failover> failover;

    RoutingPolicy(
            EgressRules rules,
            WorstCase worstCase,
            Slowness slowness,
            List<Constraint> constraints,
            List<Preference> preferences) {
        this(rules, worstCase, slowness, constraints, preferences, Optional.empty());
    }

    /**
     * The targets that come after the first choice.
     *
     * @param targets ids, in this order
     * @param place where it stands, for messages
     */
    record Failover(List<String> targets, String place) {
        Failover {
            targets = List.copyOf(targets);
        }
    }

    /** @param failover empty: the second choice comes after the first */
    RoutingPolicy(
            EgressRules rules,
            WorstCase worstCase,
            Slowness slowness,
            List<Constraint> constraints,
            List<Preference> preferences,
            Optional<Failover> failover) {
        this.failover = failover;
        this.rules = rules;
        this.worstCase = worstCase;
        this.slowness = slowness;
        this.constraints = List.copyOf(constraints);
        this.preferences = List.copyOf(preferences);
    }

    /** What holds without a policy file: the edge first, the cloud where the edge may not or cannot. */
    public static RoutingPolicy builtIn() {
        return Policy.builtIn().routing();
    }

    static List<Constraint> constraints(WorstCase worstCase, boolean hardBudget) {
        return List.of(
                new Constraints.Pinned(),
                new Constraints.Privacy(),
                new Constraints.Excluded(),
                new Constraints.Cost(worstCase, hardBudget),
                new Constraints.Budget(worstCase),
                new Constraints.Capability(),
                new Constraints.Context(),
                new Constraints.Available());
    }

    /** The decision where money is there and nothing slow is tried again. */
    public Decision decide(RequestFacts facts, FleetSnapshot fleet) {
        return decide(facts, fleet, Situation.ORDINARY);
    }

    public Decision decide(RequestFacts facts, FleetSnapshot fleet, Situation situation) {
        return decide(facts, fleet, situation, DecisionObserver.NONE);
    }

    Decision decide(RequestFacts facts, FleetSnapshot fleet, Situation situation, DecisionObserver observer) {
        Question question = rules.ask(facts, fleet, situation);
        observer.asked(question);
        var byPreference = new ArrayList<Verdict>(fleet.candidates().size());
        for (Candidate candidate : fleet.candidates()) {
            byPreference.add(judge(question, candidate, observer));
        }
        byPreference.sort(BEST_FIRST);
        List<Objection> objections = objections(byPreference);
        List<Target> plan = plan(byPreference);
        return plan.isEmpty()
                ? Reasons.refuse(byPreference, objections, question.ruling())
                : new Route(
                        plan, Reasons.whyFirst(facts, byPreference, plan.getFirst()), objections, question.ruling());
    }

    private static List<Objection> objections(List<Verdict> verdicts) {
        var spoken = new ArrayList<Verdict>(verdicts.size());
        for (Verdict verdict : verdicts) {
            if (!verdict.objections().isEmpty()) {
                spoken.add(verdict);
            }
        }
        spoken.sort(BY_TARGET);
        var objections = new ArrayList<Objection>();
        for (Verdict verdict : spoken) {
            objections.addAll(verdict.objections());
        }
        return objections;
    }

    private List<Target> plan(List<Verdict> byPreference) {
        var allowed = new ArrayList<Verdict>(byPreference.size());
        for (Verdict verdict : byPreference) {
            if (verdict.objections().isEmpty()) {
                allowed.add(verdict);
            }
        }
        allowed.sort(SOONEST_FIRST);
        var plan = new ArrayList<Target>();
        if (failover.isEmpty()) {
            for (Verdict verdict : allowed.subList(0, Math.min(PLAN_LENGTH, allowed.size()))) {
                plan.add(verdict.target());
            }
        } else if (!allowed.isEmpty()) {
            plan.add(allowed.getFirst().target());
            for (String id : failover.get().targets()) {
                for (Verdict verdict : allowed) {
                    if (verdict.target().id().equals(id) && !plan.contains(verdict.target())) {
                        plan.add(verdict.target());
                    }
                }
            }
        }
        return plan;
    }

    /**
     * The most that a request can cost at a target in US dollars, to be reserved before it is sent; 0 for an edge without a
     * price, empty when nobody can say.
     *
     * @param tokenRatio of the target, see {@link TargetStatus}
     */
    public OptionalDouble worstCaseUsd(RequestFacts facts, Target target, double tokenRatio) {
        return worstCase.usd(facts, target, tokenRatio);
    }

    EgressRules rules() {
        return rules;
    }

    /** What is known of a condition without asking it. */
    public enum Answer {
        /** Nothing: it is to be asked. */
        ASK,
        HELD,
        NOT_HELD,
        /** It could not be evaluated. */
        FAILED
    }

    /** What each rule asks for, in the file's order. */
    List<Asked> asked(Set<String> headers) {
        return rules.rules().stream().map(rule -> Asked.of(rule, headers)).toList();
    }

    /**
     * This policy where the answers to some conditions are known, or assumed.
     *
     * @param answers for each rule, in the file's order
     */
    public RoutingPolicy answered(List<Answer> answers) {
        var answered = new ArrayList<Rule>(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            answered.add(rules.rules().get(i).answered(answers.get(i)));
        }
        return new RoutingPolicy(rules.with(answered), worstCase, slowness, constraints, preferences, failover);
    }

    Optional<Failover> failover() {
        return failover;
    }

    private Verdict judge(Question question, Candidate candidate, DecisionObserver observer) {
        List<Objection> objections = List.of();
        for (Constraint constraint : constraints) {
            Optional<String> message = objection(constraint, question, candidate);
            if (message.isPresent()) {
                objections = objections.isEmpty() ? new ArrayList<>() : objections;
                objections.add(new Objection(candidate.target().id(), constraint.reason(), message.get()));
            }
        }
        double score = score(preferences, null, question, candidate, observer);
        List<Rule> applied = question.applied();
        for (int i = 0; i < applied.size(); i++) {
            Rule rule = applied.get(i);
            score += score(rule.prefer(), rule, question, candidate, observer);
        }
        score = Math.rint(score * DIGITS) / DIGITS;
        int late = slowness.of(question, candidate);
        observer.judged(candidate, score, late);
        return new Verdict(candidate.target(), score, late, objections);
    }

    private static double score(
            List<Preference> preferences,
            @Nullable Rule rule,
            Question question,
            Candidate candidate,
            DecisionObserver observer) {
        double score = 0;
        for (int i = 0; i < preferences.size(); i++) {
            Preference preference = preferences.get(i);
            double one = score(preference, question, candidate);
            observer.scored(candidate, rule, preference, one);
            score += preference.weight() * one;
        }
        return score;
    }

    /** A constraint that throws removes the target: a rule that cannot be checked is not kept. */
    private static Optional<String> objection(Constraint constraint, Question question, Candidate candidate) {
        try {
            return constraint.objection(question, candidate);
        } catch (RuntimeException e) {
            return Optional.of("the rule failed: " + e.getClass().getSimpleName());
        }
    }

    private static double score(Preference preference, Question question, Candidate candidate) {
        try {
            double score = preference.score(question, candidate);
            return score >= 0 ? Math.min(score, 1) : 0;
        } catch (RuntimeException e) {
            return 0;
        }
    }
}
