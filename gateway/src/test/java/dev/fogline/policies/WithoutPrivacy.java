package dev.fogline.policies;

import java.util.List;
import java.util.Optional;

/** A policy whose plans privacy removes nothing from, to see that a test would notice. */
public final class WithoutPrivacy {
    private WithoutPrivacy() {}

    public static Policy of(Policy policy) {
        var worstCase = new WorstCase(policy.maxOutputTokens());
        List<Constraint> constraints = RoutingPolicy.constraints(worstCase, false).stream()
                .filter(constraint -> constraint.reason() != Reason.PRIVACY)
                .toList();
        var routing = new RoutingPolicy(
                policy.routing().rules(), worstCase, new Slowness(Optional.empty()), constraints, List.of());
        return new Policy(
                policy.name(),
                policy.revision(),
                routing,
                policy.detectors(),
                policy.levels(),
                policy.mask(),
                policy.budget(),
                policy.maxOutputTokens(),
                policy.latency(),
                policy.headers(),
                policy.targets(),
                policy.effective(),
                policy.warnings());
    }
}
