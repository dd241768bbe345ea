package dev.fogline.gateway;

import dev.fogline.gateway.api.ChatRequest;
import dev.fogline.gateway.api.Failure;
import dev.fogline.gateway.api.FailureException;
import dev.fogline.gateway.api.ModelNames;
import dev.fogline.gateway.api.RequestHeaders;
import dev.fogline.gateway.audit.DecisionTrace;
import dev.fogline.gateway.fleet.Fleet;
import dev.fogline.policies.Candidate;
import dev.fogline.policies.Decision;
import dev.fogline.policies.Explanation;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Pin;
import dev.fogline.policies.Policy;
import dev.fogline.policies.RequestDetails;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.RequestSize;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Situation;
import dev.fogline.policies.Target;
import dev.fogline.policies.Tenant;
import dev.fogline.policies.Tier;
import dev.fogline.policies.latency.LatencyEstimate;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** From a request to the one decision about it: facts, one fleet snapshot, the policy. No text goes further. */
final class Deciding {
    /** Room for the answer of a request that does not bound it. */
    private static final int ASSUMED_OUTPUT_TOKENS = 256;

    /** A draw has six decimals, so that its line in the log of decisions is short. */
    private static final int DRAWS = 1_000_000;

    /** Of a header that conditions see. */
    private static final int LONGEST_HEADER = 256;

    private final ModelNames names;
    private final Fleet fleet;
    private final Function<Target, Speed> speeds;
    private final Spending spending;
    private final Reporting reporting;

    Deciding(ModelNames names, Fleet fleet, Function<Target, Speed> speeds, Spending spending, Reporting reporting) {
        this.speeds = speeds;
        this.spending = spending;
        this.names = names;
        this.fleet = fleet;
        this.reporting = reporting;
    }

    /**
     * A decision with the facts it rests on.
     *
     * @param policy the revision that decided; everything else about the exchange goes by it too
     */
    record Decided(Policy policy, Asked asked, Decision decision) {
        RequestFacts facts() {
            return asked.facts;
        }
    }

    /** @param sensitivity the stricter of what the caller's header said and what holds for its key */
    record Asked(RequestFacts facts, Optional<Sensitivity> sensitivity) {}

    /**
     * @param policy whose detectors have read the request
     * @param tenant whose key the caller sent
     * @throws FailureException for a model that nobody knows, or one that contradicts the headers
     */
    Decided decide(ChatExchange exchange, Policy policy, RequestHeaders headers, Tenant tenant, ChatRequest request) {
        RequestFacts facts = facts(
                policy,
                names,
                headers,
                tenant,
                request,
                left(headers, exchange),
                exchange.http().headers());
        Situation situation = situation(policy, ThreadLocalRandom.current().nextInt(DRAWS) / (double) DRAWS);
        Sensitivity without = policy.levels().of(request.content()).max(tenant.least());
        if (headers.sensitivity().isPresent() && headers.sensitivity().get().compareTo(without) < 0) {
            reporting.loweringIgnored();
        }
        return decide(exchange, policy, new Asked(facts, said(headers, tenant)), situation, false);
    }

    /** The same once more, because the money for the plan could not be held back. */
    Decided decideWithoutBudget(ChatExchange exchange, Decided first) {
        Situation without = situation(first.policy(), Math.nextDown(1.0)).withoutBudget();
        return decide(exchange, first.policy(), first.asked(), without, true);
    }

    private Decided decide(ChatExchange exchange, Policy policy, Asked asked, Situation situation, boolean again) {
        FleetSnapshot snapshot = snapshot();
        long start = System.nanoTime();
        Decision decision = policy.routing().decide(asked.facts, snapshot, situation);
        reporting.decided(System.nanoTime() - start);
        reporting.decided(
                exchange,
                policy,
                new DecisionTrace.Inputs(asked.facts, asked.sensitivity, snapshot, situation, spending.committedUsd()),
                decision,
                again);
        return new Decided(policy, asked, decision);
    }

    /** What the fleet says, with how fast each target has been and how it counts tokens. */
    private FleetSnapshot snapshot() {
        List<Candidate> known = fleet.snapshot().candidates();
        List<Candidate> now = new ArrayList<>(known.size());
        for (Candidate candidate : known) {
            LatencyEstimate latency = speeds.apply(candidate.target()).estimate();
            now.add(new Candidate(
                    candidate.target(), candidate.status().with(latency, spending.tokenRatio(candidate.target()))));
        }
        return new FleetSnapshot(now);
    }

    /** What would be decided of this request now, and why. It is not sent, counted or remembered. */
    Explanation explain(Policy policy, MultiMap all, ChatRequest request) {
        RequestHeaders headers = RequestHeaders.of(all);
        OptionalLong deadline = headers.deadlineMs().map(OptionalLong::of).orElse(OptionalLong.empty());
        RequestFacts facts = facts(policy, names, headers, Tenant.NOBODY, request, deadline, all);
        return policy.explain(facts, snapshot(), situation(policy, Math.nextDown(1.0)));
    }

    private static OptionalLong left(RequestHeaders headers, ChatExchange exchange) {
        return headers.deadlineMs()
                .map(ms -> OptionalLong.of(Math.max(0, ms - exchange.age() / 1_000_000)))
                .orElse(OptionalLong.empty());
    }

    /** A caller can make a request more private, never less, and so can whoever gave out its key. */
    private static Optional<Sensitivity> said(RequestHeaders headers, Tenant tenant) {
        Optional<Sensitivity> said = headers.sensitivity().map(tenant.least()::max);
        return said.isPresent() || tenant.least() == Sensitivity.PUBLIC ? said : Optional.of(tenant.least());
    }

    /**
     * All that a policy may know of a request.
     *
     * @param deadlineMs what is left of the caller's deadline
     * @param all headers of the request, of which the policy lists some
     * @throws FailureException for a model that nobody knows, or one that contradicts the headers
     */
    static RequestFacts facts(
            Policy policy,
            ModelNames names,
            RequestHeaders headers,
            Tenant tenant,
            ChatRequest request,
            OptionalLong deadlineMs,
            MultiMap all) {
        Optional<Sensitivity> said = said(headers, tenant);
        return new RequestFacts(
                pin(names, headers, request),
                policy.levels().of(request.content()).max(said.orElse(Sensitivity.PUBLIC)),
                request.findings(),
                new RequestSize(
                        request.promptTokens(),
                        request.maxTokens() > 0 ? request.maxTokens() : ASSUMED_OUTPUT_TOKENS,
                        request.maxTokens() > 0,
                        request.choices()),
                request.features(),
                request.stream(),
                headers.maxCostUsd(),
                deadlineMs,
                new RequestDetails(
                        request.messages(),
                        request.language(),
                        request.model(),
                        listed(policy, all),
                        request.content(),
                        tenant.name()),
                policy.mask().of(policy.levels(), request.content(), request.fixed(), said, request.features()));
    }

    private Situation situation(Policy policy, double draw) {
        return new Situation(
                spending.exhausted(policy),
                spending.pressure(policy),
                draw,
                Instant.ofEpochMilli(System.currentTimeMillis()));
    }

    /**
     * Those that the policy may ask for, each at most so long. Of several with one name all count, joined by a comma: taken
     * alone, one that the caller put before that of a trusted proxy would speak for it.
     */
    private static Map<String, String> listed(Policy policy, MultiMap all) {
        if (policy.headers().isEmpty()) {
            return Map.of();
        }
        var listed = new HashMap<String, String>();
        for (String name : policy.headers()) {
            List<String> values = all.getAll(name);
            if (!values.isEmpty()) {
                String value = values.size() == 1 ? values.getFirst() : String.join(", ", values);
                listed.put(name, value.length() > LONGEST_HEADER ? value.substring(0, LONGEST_HEADER) : value);
            }
        }
        return listed;
    }

    private static Pin pin(ModelNames names, RequestHeaders headers, ChatRequest request) {
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
