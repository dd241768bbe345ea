package dev.fogline.gateway.audit;

import dev.fogline.gateway.audit.DecisionTrace.End;
import dev.fogline.gateway.audit.ExchangeRecord.RuleAgainst;
import dev.fogline.policies.Decision;
import dev.fogline.policies.Objection;
import dev.fogline.policies.Pin;
import dev.fogline.policies.Reason;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Target;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One decision as it is kept to be looked up, and how its exchange ended. It is put into words when somebody looks; until
 * then it holds as few objects as it can, because every young collection has to copy those of all that are kept.
 */
final class RememberedDecision {
    private final String id;
    private final long epochMillis;
    private final String policy;
    private final Pin pin;
    private final Sensitivity sensitivity;
    private final Map<FindingKind, Integer> findings;
    private final Set<Subject> subjects;
    private final int promptTokens;
    private final int outputTokens;
    private final Set<String> features;
    private final boolean stream;
    private final List<Target> plan;
    private final Reason reason;
    private final List<Objection> objections;
    private volatile @Nullable End end;

    /** @param policy revision that decided */
    RememberedDecision(String id, long epochMillis, String policy, RequestFacts facts, Decision decision) {
        this.id = id;
        this.epochMillis = epochMillis;
        this.policy = policy;
        this.pin = facts.pin();
        this.sensitivity = facts.sensitivity();
        this.findings = facts.findings();
        this.subjects = facts.details().subjects();
        this.promptTokens = facts.promptTokens();
        this.outputTokens = facts.outputTokens();
        this.features = facts.features();
        this.stream = facts.stream();
        this.plan = decision instanceof Decision.Route route ? route.plan() : List.of();
        this.reason = decision.reason();
        this.objections = decision.objections();
    }

    String id() {
        return id;
    }

    long epochMillis() {
        return epochMillis;
    }

    void ended(End how) {
        end = how;
    }

    @Nullable
    End end() {
        return end;
    }

    /**
     * @param refusable features that some target refuses: field names are the client's, and only these are words of ours
     */
    ExchangeRecord view(Set<String> refusable) {
        End over = end;
        Target by = over == null ? null : over.target();
        return new ExchangeRecord(
                id,
                Instant.ofEpochMilli(epochMillis),
                policy,
                pin.describe(),
                sensitivity.name().toLowerCase(Locale.ROOT),
                byKind(),
                subjects.stream().map(Subject::id).sorted().toList(),
                promptTokens,
                outputTokens,
                shown(refusable),
                stream,
                plan.stream().map(Target::id).toList(),
                over == null ? reason.label() : over.reason(),
                objections.stream()
                        .map(objection -> new RuleAgainst(
                                objection.target(), objection.reason().label(), objection.message()))
                        .toList(),
                over == null ? List.of() : over.attempts(),
                by == null ? null : by.tier().label(),
                by == null ? null : by.id(),
                over == null ? null : over.outcome(),
                over == null ? null : over.firstTokenMs(),
                over == null ? null : over.totalMs(),
                over == null ? null : over.usage(),
                over == null ? null : over.costUsd());
    }

    private Map<String, Integer> byKind() {
        var byKind = new TreeMap<String, Integer>();
        findings.forEach((kind, count) -> byKind.put(kind.id(), count));
        return byKind;
    }

    private List<String> shown(Set<String> refusable) {
        var shown = new TreeSet<>(features);
        shown.retainAll(refusable);
        return List.copyOf(shown);
    }
}
