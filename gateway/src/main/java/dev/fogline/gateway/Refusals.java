package dev.fogline.gateway;

import dev.fogline.gateway.api.Failure;
import dev.fogline.policies.Decision.Refuse;
import dev.fogline.policies.Objection;
import dev.fogline.policies.Reason;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** A refusal of the policy as the client is told. */
final class Refusals {
    private static final int SHOWN = 6;

    private Refusals() {}

    /** @param nextBudget seconds until there is money again */
    static Failure of(Refuse refuse, OptionalInt nextBudget) {
        return switch (refuse.refusal()) {
            case POLICY ->
                new Failure.PolicyRefused("no configured target may serve this request: "
                        + because(refuse, Set.of(Reason.PRIVACY, Reason.COST, Reason.PINNED, Reason.PREFERENCE)));
            case CONTEXT ->
                new Failure.ContextLength("the request is too long for every permitted target: "
                        + because(refuse, Set.of(Reason.CONTEXT)));
            case CAPABILITY ->
                new Failure.Invalid("no permitted target can serve this request: "
                        + because(refuse, Set.of(Reason.CAPABILITY, Reason.CONTEXT)));
            case BUDGET ->
                new Failure.BudgetExhausted(
                        "the budget is spent: " + because(refuse, Set.of(Reason.BUDGET)), nextBudget);
            case UNAVAILABLE ->
                new Failure.NoTarget(
                        "no permitted target takes requests now: " + because(refuse, Set.of(Reason.AVAILABILITY)));
        };
    }

    private static String because(Refuse refuse, Set<Reason> reasons) {
        List<Objection> objections = refuse.objections().stream()
                .filter(objection -> reasons.contains(objection.reason()))
                .toList();
        if (objections.isEmpty()) {
            return "there is none configured";
        }
        return objections.stream()
                        .limit(SHOWN)
                        .map(objection -> objection.target() + ": " + objection.message())
                        .collect(Collectors.joining("; "))
                + (objections.size() > SHOWN ? "; ..." : "");
    }
}
