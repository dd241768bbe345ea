package dev.fogline.policies;

import dev.fogline.policies.Decision.Refuse;
import dev.fogline.policies.Explanation.Against;
import dev.fogline.policies.Explanation.RuleVerdict;
import dev.fogline.policies.Explanation.Score;
import dev.fogline.policies.Explanation.TargetVerdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Notes what happens in one decision and puts it into words. */
final class RecordedDecision implements DecisionObserver {
    private @Nullable Question question;
    private final Map<Target, List<Score>> scores = new TreeMap<>();
    private final List<Judged> judged = new ArrayList<>();

    private record Judged(Candidate candidate, double score, int late) {
        Target target() {
            return candidate.target();
        }
    }

    @Override
    public void asked(Question now) {
        question = now;
    }

    @Override
    public void scored(Candidate candidate, @Nullable Rule rule, Preference preference, double score) {
        scores.computeIfAbsent(candidate.target(), target -> new ArrayList<>())
                .add(new Score(preference.label(), rule == null ? null : rule.id(), preference.weight(), score));
    }

    @Override
    public void judged(Candidate candidate, double score, int late) {
        judged.add(new Judged(candidate, score, late));
    }

    Explanation explanation(Policy policy, Decision decision, Explanation.Facts facts, boolean budgetExhausted) {
        Question asked = Objects.requireNonNull(question, "the rules are asked first");
        EgressRules rules = policy.routing().rules();
        String saidBy = rules.saidBy(asked);
        judged.sort(Comparator.comparingDouble(Judged::score).reversed().thenComparing(Judged::target));
        return new Explanation(
                policy.name(),
                policy.revision(),
                facts,
                budgetExhausted,
                rules.rules().stream()
                        .map(rule -> verdict(rule, decision.ruling()))
                        .toList(),
                Words.of(decision.ruling().egress()),
                saidBy,
                judged.stream().map(one -> verdict(one, decision)).toList(),
                Explanation.plan(decision),
                decision instanceof Refuse refuse ? refuse.refusal().code() : null,
                decision.reason().label(),
                decidedBy(asked, decision, saidBy));
    }

    private static RuleVerdict verdict(Rule rule, Ruling ruling) {
        String verdict = ruling.failed().contains(rule.id())
                ? "could_not_be_evaluated"
                : ruling.matched().contains(rule.id()) ? "held" : "did_not_hold";
        Rule.Written written = rule.written();
        return new RuleVerdict(rule.id(), written.file(), written.line(), written.when(), verdict, rule.effect());
    }

    private TargetVerdict verdict(Judged one, Decision decision) {
        String id = one.target().id();
        int place = Explanation.plan(decision).indexOf(id);
        return new TargetVerdict(
                id,
                one.target().tier().label(),
                Words.of(one.candidate().status().availability()),
                place < 0 ? null : place + 1,
                one.score(),
                List.copyOf(scores.getOrDefault(one.target(), List.of())),
                one.late() == 0 ? null : one.late() == 1 ? "objective" : "deadline",
                against(decision, id));
    }

    private static List<Against> against(Decision decision, String target) {
        return decision.objections().stream()
                .filter(objection -> objection.target().equals(target))
                .map(objection -> new Against(objection.reason().label(), objection.message()))
                .toList();
    }

    /** The objection behind the decision's reason, that against the best-ranked target first. */
    private String decidedBy(Question asked, Decision decision, String egressSaidBy) {
        Reason reason = decision.reason();
        Pin pin = asked.facts().pin();
        if (reason == Reason.PRIVACY) {
            return egressSaidBy;
        } else if (reason == Reason.PINNED && !(pin instanceof Pin.None)) {
            return "the request, which is pinned to " + pin.describe();
        } else if (reason == Reason.LATENCY) {
            return "how soon the targets are expected to answer";
        }
        return judged.stream()
                .flatMap(one -> decision.objections().stream()
                        .filter(objection -> objection.reason() == reason
                                && objection.target().equals(one.target().id())))
                .findFirst()
                .map(objection -> objection.target() + ": " + objection.message())
                .orElse("the scores");
    }
}
