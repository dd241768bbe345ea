package dev.fogline.gateway.audit;

import dev.fogline.gateway.audit.ExchangeRecord.Attempt;
import dev.fogline.gateway.audit.ExchangeRecord.RuleAgainst;
import dev.fogline.policies.Decision;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Policy;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Situation;
import dev.fogline.policies.Target;
import dev.fogline.policies.Usage;
import dev.fogline.policies.replay.LoggedDecision;
import dev.fogline.policies.replay.LoggedFacts;
import dev.fogline.policies.replay.PolicyWords;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One decision and, once it is over, how its exchange ended. It refers to what was made on the way and is put into words
 * only when somebody looks at it: nearly nobody does.
 */
public final class DecisionTrace {
    private final String id;
    private final long epochMillis;
    private final Policy policy;
    private final Inputs inputs;
    private final RequestFacts facts;
    private final Decision decision;
    private volatile @Nullable End end;

    /**
     * What was decided about.
     *
     * @param asked the sensitivity that the caller's header named
     * @param committedUsd spent and held back of the day until then
     */
    public record Inputs(
            RequestFacts facts,
            Optional<Sensitivity> asked,
            FleetSnapshot fleet,
            Situation situation,
            double committedUsd) {}

    /** @param policy that decided */
    public DecisionTrace(String id, long epochMillis, Policy policy, Inputs inputs, Decision decision) {
        this.id = id;
        this.epochMillis = epochMillis;
        this.policy = policy;
        this.inputs = inputs;
        this.facts = inputs.facts;
        this.decision = decision;
    }

    /** How the exchange ended; {@code target} is null when none was tried. */
    public record End(
            String reason,
            List<Attempt> attempts,
            @Nullable Target target,
            String outcome,
            @Nullable Double firstTokenMs,
            double totalMs,
            @Nullable Usage usage,
            @Nullable Double costUsd) {}

    public void ended(End how) {
        end = how;
    }

    String id() {
        return id;
    }

    /**
     * @param refusable features that some target refuses: field names are the client's, and only these are words of ours
     */
    ExchangeRecord view(Set<String> refusable) {
        End over = end;
        Target by = over == null ? null : over.target;
        return new ExchangeRecord(
                id,
                Instant.ofEpochMilli(epochMillis),
                policy.revision(),
                facts.pin().describe(),
                facts.sensitivity().name().toLowerCase(Locale.ROOT),
                findings(),
                facts.promptTokens(),
                facts.outputTokens(),
                features(refusable),
                facts.stream(),
                decision instanceof Decision.Route route
                        ? route.plan().stream().map(Target::id).toList()
                        : List.of(),
                over == null ? decision.reason().label() : over.reason,
                decision.objections().stream()
                        .map(objection -> new RuleAgainst(
                                objection.target(), objection.reason().label(), objection.message()))
                        .toList(),
                over == null ? List.of() : over.attempts,
                by == null ? null : by.tier().label(),
                by == null ? null : by.id(),
                over == null ? null : over.outcome,
                over == null ? null : over.firstTokenMs,
                over == null ? null : over.totalMs,
                over == null ? null : over.usage,
                over == null ? null : over.costUsd);
    }

    public Policy policy() {
        return policy;
    }

    public RequestFacts facts() {
        return facts;
    }

    /**
     * As the decision log holds it.
     *
     * @param words of {@link #policy()}
     * @param loggable words of the operator: names of models, features that some target refuses
     */
    LoggedDecision logged(PolicyWords words, Set<String> loggable) {
        End over = end;
        return new LoggedDecision(
                LoggedDecision.VERSION,
                id,
                Instant.ofEpochMilli(epochMillis).toString(),
                policy.revision(),
                LoggedFacts.of(facts, inputs.asked, words, decision.ruling(), loggable),
                LoggedDecision.fleet(inputs.fleet),
                LoggedDecision.Moment.of(inputs.situation, inputs.committedUsd),
                LoggedDecision.made(decision),
                over == null ? null : logged(over));
    }

    private static LoggedDecision.End logged(End over) {
        Target by = over.target;
        return new LoggedDecision.End(
                by == null ? null : by.id(),
                by == null ? null : by.tier().label(),
                over.outcome,
                over.reason,
                over.attempts.stream()
                        .map(attempt -> new LoggedDecision.Try(attempt.target(), attempt.result()))
                        .toList(),
                over.firstTokenMs,
                over.totalMs,
                over.usage,
                over.costUsd);
    }

    private Map<String, Integer> findings() {
        var byKind = new TreeMap<String, Integer>();
        facts.findings().forEach((kind, count) -> byKind.put(kind.id(), count));
        return byKind;
    }

    private List<String> features(Set<String> refusable) {
        var shown = new TreeSet<>(facts.features());
        shown.retainAll(refusable);
        return List.copyOf(shown);
    }
}
