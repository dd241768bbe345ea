package dev.fogline.gateway;

import dev.fogline.gateway.api.ChatRequest;
import dev.fogline.gateway.api.Failure;
import dev.fogline.gateway.api.FailureException;
import dev.fogline.gateway.api.ModelNames;
import dev.fogline.gateway.api.RequestHeaders;
import dev.fogline.gateway.fleet.Fleet;
import dev.fogline.policies.Decision;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Pin;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.RequestSize;
import dev.fogline.policies.RoutingPolicy;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Tier;
import java.util.OptionalLong;

/** From a request to the one decision about it: facts, one fleet snapshot, the policy. No text goes further. */
final class Deciding {
    /** Room for the answer of a request that does not bound it. */
    private static final int ASSUMED_OUTPUT_TOKENS = 256;

    /** OpenAI's bound of {@code n}; how many it is is not read yet. */
    private static final int MOST_CHOICES = 128;

    private final ModelNames names;
    private final Fleet fleet;
    private final RoutingPolicy policy;
    private final Reporting reporting;

    Deciding(ModelNames names, Fleet fleet, RoutingPolicy policy, Reporting reporting) {
        this.names = names;
        this.fleet = fleet;
        this.policy = policy;
        this.reporting = reporting;
    }

    /** @throws FailureException for a model that nobody knows, or one that contradicts the headers */
    Decision decide(ChatExchange exchange, RequestHeaders headers, ChatRequest request) {
        RequestFacts facts = facts(headers, request);
        FleetSnapshot snapshot = fleet.snapshot();
        Decision decision = policy.decide(facts, snapshot);
        boolean lowered =
                headers.sensitivity().isPresent() && headers.sensitivity().get().compareTo(request.sensitivity()) < 0;
        reporting.decided(exchange, facts, snapshot, decision, lowered);
        return decision;
    }

    private RequestFacts facts(RequestHeaders headers, ChatRequest request) {
        return new RequestFacts(
                pin(headers, request),
                // A caller can make a request more private, never less.
                request.sensitivity().max(headers.sensitivity().orElse(Sensitivity.PUBLIC)),
                request.findings(),
                new RequestSize(
                        request.promptTokens(),
                        request.maxTokens() > 0 ? request.maxTokens() : ASSUMED_OUTPUT_TOKENS,
                        request.maxTokens() > 0,
                        request.features().contains("n") ? MOST_CHOICES : 1),
                request.features(),
                request.stream(),
                headers.maxCostUsd(),
                OptionalLong.empty());
    }

    private Pin pin(RequestHeaders headers, ChatRequest request) {
        Pin byModel = names.resolve(request.model())
                .orElseThrow(() -> new FailureException(new Failure.ModelNotFound(
                        "no model has that name; there are " + String.join(", ", names.listed()))));
        if (headers.tier().isEmpty()) {
            return byModel;
        }
        Tier tier = headers.tier().get();
        boolean agree = switch (byModel) {
            case Pin.None none -> true;
            case Pin.ToTier toTier -> toTier.tier() == tier;
            case Pin.ToTarget toTarget -> toTarget.id().startsWith(tier.label() + "/");
        };
        if (!agree) {
            throw new FailureException(new Failure.Invalid("the header X-Fogline-Tier says " + tier.label()
                    + ", but the model is pinned to " + byModel.describe()));
        }
        return byModel instanceof Pin.None ? new Pin.ToTier(tier) : byModel;
    }
}
