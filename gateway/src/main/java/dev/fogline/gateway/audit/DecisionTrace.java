package dev.fogline.gateway.audit;

import dev.fogline.gateway.audit.ExchangeRecord.Attempt;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One decision with all that it was made of and, once it is over, how its exchange ended. It refers to what was made on the
 * way, and lives until it is written to the log of decisions.
 */
public final class DecisionTrace {
    private final String id;
    private final long epochMillis;
    private final Policy policy;
    private final Inputs inputs;
    private final Decision decision;
    private @Nullable RememberedDecision remembered;
    private int rememberedAs;
    private @Nullable End end;

    /**
     * What was decided about.
     *
     * @param asked the stricter of what the caller's header named and what holds for the caller's key
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

    /** On the exchange's event loop; whoever is handed the trace afterwards sees it. */
    public void ended(End how) {
        end = how;
        if (remembered != null) {
            remembered.ended(rememberedAs, how);
        }
    }

    /** Where it is remembered, and under which number. */
    void keptAt(RememberedDecision place, int number) {
        remembered = place;
        rememberedAs = number;
    }

    String id() {
        return id;
    }

    long epochMillis() {
        return epochMillis;
    }

    Decision decision() {
        return decision;
    }

    public Policy policy() {
        return policy;
    }

    public RequestFacts facts() {
        return inputs.facts;
    }

    /**
     * As the decision log holds it.
     *
     * @param words of {@link #policy()}
     * @param loggable whether a word is the operator's: the name of a model, a feature that some target refuses
     */
    LoggedDecision logged(PolicyWords words, Predicate<String> loggable) {
        End over = end;
        return new LoggedDecision(
                LoggedDecision.VERSION,
                id,
                LoggedDecision.moment(epochMillis),
                policy.revision(),
                LoggedFacts.of(inputs.facts, inputs.asked, words, decision.ruling(), loggable),
                LoggedDecision.fleet(inputs.fleet),
                LoggedDecision.Moment.of(inputs.situation, inputs.committedUsd),
                LoggedDecision.made(decision),
                over == null ? null : logged(over));
    }

    private static LoggedDecision.End logged(End over) {
        Target by = over.target;
        var tries = new ArrayList<LoggedDecision.Try>(over.attempts.size());
        over.attempts.forEach(attempt -> tries.add(new LoggedDecision.Try(attempt.target(), attempt.result())));
        return new LoggedDecision.End(
                by == null ? null : by.id(),
                by == null ? null : by.tier().label(),
                over.outcome,
                over.reason,
                tries,
                over.firstTokenMs,
                over.totalMs,
                over.usage,
                over.costUsd);
    }
}
