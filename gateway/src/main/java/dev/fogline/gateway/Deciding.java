package dev.fogline.gateway;

import dev.fogline.gateway.api.ChatRequest;
import dev.fogline.gateway.api.Failure;
import dev.fogline.gateway.api.FailureException;
import dev.fogline.gateway.api.ModelNames;
import dev.fogline.gateway.api.RequestHeaders;
import dev.fogline.gateway.fleet.Fleet;
import dev.fogline.policies.Candidate;
import dev.fogline.policies.Decision;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Pin;
import dev.fogline.policies.Policy;
import dev.fogline.policies.RequestDetails;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.RequestSize;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Situation;
import dev.fogline.policies.Target;
import dev.fogline.policies.Tier;
import dev.fogline.policies.latency.LatencyEstimate;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** From a request to the one decision about it: facts, one fleet snapshot, the policy. No text goes further. */
final class Deciding {
    /** Room for the answer of a request that does not bound it. */
    private static final int ASSUMED_OUTPUT_TOKENS = 256;

    /** Of a header that conditions see. */
    private static final int LONGEST_HEADER = 256;

    private final ModelNames names;
    private final Fleet fleet;
    private final Policy policy;
    private final Function<Target, Speed> speeds;
    private final Spending spending;
    private final Reporting reporting;

    Deciding(
            ModelNames names,
            Fleet fleet,
            Policy policy,
            Function<Target, Speed> speeds,
            Spending spending,
            Reporting reporting) {
        this.speeds = speeds;
        this.spending = spending;
        this.names = names;
        this.fleet = fleet;
        this.policy = policy;
        this.reporting = reporting;
    }

    /** A decision with the facts it rests on. */
    record Decided(RequestFacts facts, Decision decision) {}

    /** @throws FailureException for a model that nobody knows, or one that contradicts the headers */
    Decided decide(ChatExchange exchange, RequestHeaders headers, ChatRequest request) {
        RequestFacts facts = facts(exchange, headers, request);
        Situation situation = new Situation(
                spending.exhausted(),
                spending.pressure(),
                ThreadLocalRandom.current().nextDouble(),
                now());
        Sensitivity ofContent = policy.levels().of(request.findings().keySet());
        if (headers.sensitivity().isPresent() && headers.sensitivity().get().compareTo(ofContent) < 0) {
            reporting.loweringIgnored();
        }
        return decide(exchange, facts, situation, false);
    }

    /** The same once more, because the money for the plan could not be held back. */
    Decided decideWithoutBudget(ChatExchange exchange, RequestFacts facts) {
        return decide(exchange, facts, new Situation(true, spending.pressure(), Math.nextDown(1.0), now()), true);
    }

    private Decided decide(ChatExchange exchange, RequestFacts facts, Situation situation, boolean again) {
        FleetSnapshot snapshot = snapshot();
        long start = System.nanoTime();
        Decision decision = policy.routing().decide(facts, snapshot, situation);
        reporting.decided(System.nanoTime() - start);
        reporting.decided(exchange, facts, decision, again);
        return new Decided(facts, decision);
    }

    /** What the fleet says, with how fast each target has been. */
    private FleetSnapshot snapshot() {
        List<Candidate> known = fleet.snapshot().candidates();
        List<Candidate> now = new ArrayList<>(known.size());
        for (Candidate candidate : known) {
            LatencyEstimate latency = speeds.apply(candidate.target()).estimate();
            now.add(new Candidate(candidate.target(), candidate.status().with(latency)));
        }
        return new FleetSnapshot(now);
    }

    private RequestFacts facts(ChatExchange exchange, RequestHeaders headers, ChatRequest request) {
        return new RequestFacts(
                pin(headers, request),
                // A caller can make a request more private, never less.
                policy.levels()
                        .of(request.findings().keySet())
                        .max(headers.sensitivity().orElse(Sensitivity.PUBLIC)),
                request.findings(),
                new RequestSize(
                        request.promptTokens(),
                        request.maxTokens() > 0 ? request.maxTokens() : ASSUMED_OUTPUT_TOKENS,
                        request.maxTokens() > 0,
                        request.choices()),
                request.features(),
                request.stream(),
                headers.maxCostUsd(),
                headers.deadlineMs()
                        .map(ms -> OptionalLong.of(Math.max(0, ms - exchange.age() / 1_000_000)))
                        .orElse(OptionalLong.empty()),
                new RequestDetails(
                        request.messages(),
                        request.language(),
                        request.model(),
                        headers(exchange.http().headers())));
    }

    /** Those that the policy may ask for, each by its first value and at most so long. */
    private Map<String, String> headers(MultiMap all) {
        var listed = new HashMap<String, String>();
        for (String name : policy.headers()) {
            String value = all.get(name);
            if (value != null) {
                listed.put(name, value.length() > LONGEST_HEADER ? value.substring(0, LONGEST_HEADER) : value);
            }
        }
        return listed;
    }

    private static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
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
