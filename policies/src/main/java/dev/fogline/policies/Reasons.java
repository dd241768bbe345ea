package dev.fogline.policies;

import dev.fogline.policies.Decision.Refusal;
import dev.fogline.policies.Decision.Refuse;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Why a decision came out as it did. */
final class Reasons {
    /** What no waiting changes: a target that one of these removed is not permitted at all. */
    private static final Set<Reason> PERMISSION =
            EnumSet.of(Reason.PINNED, Reason.PREFERENCE, Reason.PRIVACY, Reason.COST);

    private static final Set<Reason> ABILITY = EnumSet.of(Reason.CONTEXT, Reason.CAPABILITY);

    private Reasons() {}

    /** The rule that put this target first: the pin, privacy, or whatever stood against the best-ranked target before it. */
    static Reason whyFirst(RequestFacts facts, List<Verdict> byPreference, Target first) {
        if (!(facts.pin() instanceof Pin.None)) {
            return Reason.PINNED;
        }
        for (Verdict verdict : byPreference) {
            if (verdict.has(Reason.PRIVACY)) {
                return Reason.PRIVACY;
            }
        }
        Verdict best = byPreference.getFirst();
        if (best.target().equals(first)) {
            return Reason.PREFERENCE;
        }
        return best.objections().isEmpty()
                ? Reason.LATENCY
                : best.objections().getFirst().reason();
    }

    static Refuse refuse(List<Verdict> verdicts, List<Objection> objections, Ruling ruling) {
        List<Verdict> permitted =
                verdicts.stream().filter(verdict -> !verdict.hasAny(PERMISSION)).toList();
        if (permitted.isEmpty()) {
            return new Refuse(Refusal.POLICY, whyNotPermitted(verdicts), objections, ruling);
        }
        List<Verdict> able =
                permitted.stream().filter(verdict -> !verdict.hasAny(ABILITY)).toList();
        if (able.isEmpty()) {
            boolean onlyLength = permitted.stream().noneMatch(verdict -> verdict.has(Reason.CAPABILITY));
            Reason lacking = onlyLength ? Reason.CONTEXT : Reason.CAPABILITY;
            return new Refuse(
                    onlyLength ? Refusal.CONTEXT : Refusal.CAPABILITY,
                    verdicts.stream().anyMatch(Reasons::couldButForPrivacy) ? Reason.PRIVACY : lacking,
                    objections,
                    ruling);
        }
        if (able.stream().allMatch(verdict -> verdict.has(Reason.BUDGET))) {
            return new Refuse(Refusal.BUDGET, Reason.BUDGET, objections, ruling);
        }
        boolean private_ = verdicts.stream().anyMatch(verdict -> verdict.has(Reason.PRIVACY));
        return new Refuse(Refusal.UNAVAILABLE, private_ ? Reason.PRIVACY : Reason.AVAILABILITY, objections, ruling);
    }

    private static boolean couldButForPrivacy(Verdict verdict) {
        return verdict.has(Reason.PRIVACY) && !verdict.has(Reason.PINNED) && !verdict.hasAny(ABILITY);
    }

    /** What removed a target that the pin would have allowed; the pin itself when it allows none. */
    private static Reason whyNotPermitted(List<Verdict> verdicts) {
        List<Verdict> pinAllows =
                verdicts.stream().filter(verdict -> !verdict.has(Reason.PINNED)).toList();
        if (pinAllows.stream().anyMatch(verdict -> verdict.has(Reason.PRIVACY))) {
            return Reason.PRIVACY;
        }
        if (pinAllows.stream().anyMatch(verdict -> verdict.has(Reason.COST))) {
            return Reason.COST;
        }
        return pinAllows.isEmpty() ? Reason.PINNED : Reason.PREFERENCE;
    }
}
