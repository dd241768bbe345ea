package dev.fogline.policies;

import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * All a policy may know of a request; never its text.
 *
 * @param sensitivity the strictest of what the policy makes of its content ({@link SensitivityLevels}), what the caller said
 *     and what holds for the caller's key
 * @param findings how often each kind was found
 * @param features names of what the request needs beyond plain text chat: top-level fields that change the answer
 *     ({@code tools}, {@code n} for more than one choice, ...) and kinds of content parts ({@code image}, {@code audio},
 *     {@code file}, {@code remote_media})
 * @param maxCostUsd the caller's bound of the price of this request
 * @param deadlineMs milliseconds that are left until the caller's deadline
 * @param details what only conditions ask for
 * @param masking whether it can leave masked
 */
public record RequestFacts(
        Pin pin,
        Sensitivity sensitivity,
        Map<FindingKind, Integer> findings,
        RequestSize size,
        Set<String> features,
        boolean stream,
        Optional<Double> maxCostUsd,
        OptionalLong deadlineMs,
        RequestDetails details,
        Masking masking) {
    /** Parts whose tokens only the upstream can count. */
    private static final Set<String> UNCOUNTABLE = Set.of("image", "audio", "file", "remote_media", "unknown_part");

    public RequestFacts {
        findings = Map.copyOf(findings);
        features = Set.copyOf(features);
    }

    /** Of a request that cannot be masked. */
    public RequestFacts(
            Pin pin,
            Sensitivity sensitivity,
            Map<FindingKind, Integer> findings,
            RequestSize size,
            Set<String> features,
            boolean stream,
            Optional<Double> maxCostUsd,
            OptionalLong deadlineMs,
            RequestDetails details) {
        this(pin, sensitivity, findings, size, features, stream, maxCostUsd, deadlineMs, details, Masking.IMPOSSIBLE);
    }

    /** Of a request of one message, which cannot be masked. */
    public RequestFacts(
            Pin pin,
            Sensitivity sensitivity,
            Map<FindingKind, Integer> findings,
            RequestSize size,
            Set<String> features,
            boolean stream,
            Optional<Double> maxCostUsd,
            OptionalLong deadlineMs) {
        this(pin, sensitivity, findings, size, features, stream, maxCostUsd, deadlineMs, RequestDetails.ORDINARY);
    }

    public RequestFacts with(RequestDetails now) {
        return new RequestFacts(
                pin, sensitivity, findings, size, features, stream, maxCostUsd, deadlineMs, now, masking);
    }

    /** The same with a longer prompt. */
    public RequestFacts longer(int tokens) {
        var longer = new RequestSize(
                size.promptTokens() + tokens, size.outputTokens(), size.outputBounded(), size.choices());
        return new RequestFacts(
                pin, sensitivity, findings, longer, features, stream, maxCostUsd, deadlineMs, details, masking);
    }

    public RequestFacts with(Masking now) {
        return new RequestFacts(
                pin, sensitivity, findings, size, features, stream, maxCostUsd, deadlineMs, details, now);
    }

    /** What its texts hold. */
    public Content content() {
        return new Content(findings, details.values(), details.custom(), details.subjects());
    }

    public int promptTokens() {
        return size.promptTokens();
    }

    public int outputTokens() {
        return size.outputTokens();
    }

    /** Whether {@link #promptTokens()} bounds what an upstream will count as input. */
    public boolean inputBounded() {
        for (String feature : features) {
            if (UNCOUNTABLE.contains(feature)) {
                return false;
            }
        }
        return true;
    }
}
