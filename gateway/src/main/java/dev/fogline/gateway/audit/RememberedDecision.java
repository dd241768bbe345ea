package dev.fogline.gateway.audit;

import dev.fogline.gateway.audit.DecisionTrace.End;
import dev.fogline.gateway.audit.ExchangeRecord.Attempt;
import dev.fogline.gateway.audit.ExchangeRecord.RuleAgainst;
import dev.fogline.policies.Decision;
import dev.fogline.policies.Objection;
import dev.fogline.policies.Pin;
import dev.fogline.policies.Reason;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Target;
import dev.fogline.policies.Usage;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import java.nio.CharBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A place for one decision that can be looked up, and for how its exchange ended; it is written over by a later one. It is
 * put into words when somebody looks. Until then it holds as few new objects as it can, because every young collection
 * would have to copy those of all that are kept, and requests wait meanwhile: numbers and characters are stored in place,
 * and of two things that are equal the one that is here already is kept.
 */
final class RememberedDecision {
    private boolean taken;
    /** Decisions of one gateway are numbered; after some days of full load the numbers begin again below zero. */
    private int number;

    private char[] id = new char[32];
    private int idLength;
    private long epochMillis;
    private String policy = "";
    private Pin pin = new Pin.None();
    private Sensitivity sensitivity = Sensitivity.PUBLIC;
    private Map<FindingKind, Integer> findings = Map.of();
    private Set<Subject> subjects = Set.of();
    private int promptTokens;
    private int outputTokens;
    private Set<String> features = Set.of();
    private boolean stream;
    private List<Target> plan = List.of();
    private Reason reason = Reason.PREFERENCE;
    private List<Objection> objections = List.of();

    private boolean over;
    private String endReason = "";
    /** Nearly always there is one; more are a list. */
    private String attemptTarget = "";

    private String attemptResult = "";
    private double attemptMs;
    private @Nullable List<Attempt> attempts;
    private @Nullable Target target;
    private String outcome = "";
    /** Not a number where there is none; so too below. */
    private double firstTokenMs;

    private double totalMs;
    private boolean used;
    private long inputTokens;
    private long outputTokensUsed;
    private long cachedInputTokens;
    private double costUsd;

    synchronized void decided(int which, DecisionTrace trace) {
        RequestFacts facts = trace.facts();
        Decision decision = trace.decision();
        taken = true;
        number = which;
        idLength = trace.id().length();
        id = idLength > id.length ? new char[idLength] : id;
        trace.id().getChars(0, idLength, id, 0);
        epochMillis = trace.epochMillis();
        policy = trace.policy().revision();
        pin = kept(pin, facts.pin());
        sensitivity = facts.sensitivity();
        findings = kept(findings, facts.findings());
        subjects = kept(subjects, facts.details().subjects());
        promptTokens = facts.promptTokens();
        outputTokens = facts.outputTokens();
        features = kept(features, facts.features());
        stream = facts.stream();
        plan = kept(plan, decision instanceof Decision.Route route ? route.plan() : List.of());
        reason = decision.reason();
        objections = kept(objections, decision.objections());
        over = false;
        trace.keptAt(this, which);
    }

    private static <T> T kept(T here, T now) {
        return here.equals(now) ? here : now;
    }

    /** Does nothing once a later decision has taken the place. */
    synchronized void ended(int which, End how) {
        if (number != which) {
            return;
        }
        over = true;
        endReason = how.reason();
        boolean one = how.attempts().size() == 1;
        attempts = one ? null : how.attempts();
        if (one) {
            Attempt attempt = how.attempts().getFirst();
            attemptTarget = attempt.target();
            attemptResult = attempt.result();
            attemptMs = attempt.ms();
        }
        target = how.target();
        outcome = how.outcome();
        firstTokenMs = how.firstTokenMs() == null ? Double.NaN : how.firstTokenMs();
        totalMs = how.totalMs();
        Usage usage = how.usage();
        used = usage != null;
        if (usage != null) {
            inputTokens = usage.inputTokens();
            outputTokensUsed = usage.outputTokens();
            cachedInputTokens = usage.cachedInputTokens();
        }
        costUsd = how.costUsd() == null ? Double.NaN : how.costUsd();
    }

    /**
     * What is here, if it has that id.
     *
     * @param refused whether some target refuses a feature: field names are the client's, and only these are words of ours
     */
    synchronized Optional<ExchangeRecord> view(String wanted, Predicate<String> refused) {
        return taken && wanted.contentEquals(CharBuffer.wrap(id, 0, idLength))
                ? Optional.of(view(refused))
                : Optional.empty();
    }

    private ExchangeRecord view(Predicate<String> refused) {
        Target by = over ? target : null;
        return new ExchangeRecord(
                new String(id, 0, idLength),
                Instant.ofEpochMilli(epochMillis),
                policy,
                pin.describe(),
                sensitivity.name().toLowerCase(Locale.ROOT),
                byKind(),
                subjects.stream().map(Subject::id).sorted().toList(),
                promptTokens,
                outputTokens,
                shown(refused),
                stream,
                plan.stream().map(Target::id).toList(),
                over ? endReason : reason.label(),
                objections.stream()
                        .map(objection -> new RuleAgainst(
                                objection.target(), objection.reason().label(), objection.message()))
                        .toList(),
                over ? attempts() : List.of(),
                by == null ? null : by.tier().label(),
                by == null ? null : by.id(),
                over ? outcome : null,
                over ? known(firstTokenMs) : null,
                over ? totalMs : null,
                over && used ? new Usage(inputTokens, outputTokensUsed, cachedInputTokens) : null,
                over ? known(costUsd) : null);
    }

    private List<Attempt> attempts() {
        return attempts == null ? List.of(new Attempt(attemptTarget, attemptResult, attemptMs)) : attempts;
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private Map<String, Integer> byKind() {
        var byKind = new TreeMap<String, Integer>();
        findings.forEach((kind, count) -> byKind.put(kind.id(), count));
        return byKind;
    }

    private List<String> shown(Predicate<String> refused) {
        return features.stream().filter(refused).sorted().toList();
    }
}
