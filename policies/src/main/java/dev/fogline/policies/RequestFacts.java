package dev.fogline.policies;

import dev.fogline.policies.privacy.FindingKind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All a policy may know of a request; never its text.
 *
 * @param sensitivity the strictest of what the detectors found and what the caller said
 * @param findings how often each kind was found
 * @param promptTokens estimate, on the safe side
 * @param outputTokens the caller's bound of the answer, or what we assume where there is none
 * @param features names of what the request needs beyond plain text chat: top-level fields that change the answer
 *     ({@code tools}, {@code n} for more than one choice, ...) and kinds of content parts ({@code image}, {@code audio},
 *     {@code file}, {@code remote_media})
 * @param maxCostUsd the caller's bound of the price of this request
 */
public record RequestFacts(
        Pin pin,
        Sensitivity sensitivity,
        Map<FindingKind, Integer> findings,
        int promptTokens,
        int outputTokens,
        Set<String> features,
        boolean stream,
        Optional<Double> maxCostUsd) {
    public RequestFacts {
        findings = Map.copyOf(findings);
        features = Set.copyOf(features);
    }

    public Egress egress() {
        return Egress.defaultFor(sensitivity);
    }
}
