package dev.fogline.policies.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fogline.policies.Availability;
import dev.fogline.policies.Candidate;
import dev.fogline.policies.Explanation;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Language;
import dev.fogline.policies.Pin;
import dev.fogline.policies.Policy;
import dev.fogline.policies.Price;
import dev.fogline.policies.RequestDetails;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.RequestSize;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Situation;
import dev.fogline.policies.Target;
import dev.fogline.policies.TargetStatus;
import dev.fogline.policies.Tier;
import dev.fogline.policies.cli.CaseFile.BudgetEntry;
import dev.fogline.policies.cli.CaseFile.CaseEntry;
import dev.fogline.policies.cli.CaseFile.RequestEntry;
import dev.fogline.policies.cli.CaseFile.TargetEntry;
import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.file.Located;
import dev.fogline.policies.file.StrictYaml;
import dev.fogline.policies.latency.LatencyEstimate;
import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One case of a file, and what the policy makes of it.
 *
 * @param source the file, for messages
 * @param targets those of the file, where the case has none of its own
 */
record PolicyCase(String source, CaseEntry entry, @Nullable List<TargetEntry> targets) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** So many observations that they are believed. */
    private static final int SAMPLES = 1_000;

    private static final Set<String> UNREADABLE = Set.of("image", "audio", "file", "unknown_part");

    private static final int ASSUMED_OUTPUT_TOKENS = 256;

    String name() {
        return entry.name().value();
    }

    int line() {
        return entry.name().line();
    }

    /** @throws InvalidFileException with the place of what is wrong in the case */
    Explanation explain(Policy policy, Surroundings surroundings) {
        if ((entry.request() == null) == (entry.body() == null)) {
            throw wrong(entry.name(), "needs 'request' (the facts) or 'body' (a whole request), one of them");
        }
        if (entry.headers() != null && entry.body() == null) {
            throw wrong(entry.name(), "has 'headers' without a 'body'; the headers of facts are 'request.headers'");
        }
        if (entry.expect().empty()) {
            throw wrong(entry.name(), "expects nothing; 'expect' needs tier, target, egress, reason, refused or plan");
        }
        FleetSnapshot fleet = fleet();
        RequestFacts facts =
                entry.request() == null ? facts(policy, fleet, surroundings) : facts(policy, entry.request());
        return policy.explain(facts, fleet, situation());
    }

    private Situation situation() {
        BudgetEntry budget = entry.budget();
        boolean exhausted = budget != null && Boolean.TRUE.equals(budget.exhausted());
        Double pressure = budget == null ? null : budget.pressure();
        return new Situation(
                exhausted,
                pressure == null ? (exhausted ? 1 : 0) : pressure,
                Situation.ORDINARY.draw(),
                time(entry.time()));
    }

    private Instant time(@Nullable Located<String> time) {
        if (time == null) {
            return Situation.ORDINARY.now();
        }
        try {
            return OffsetDateTime.parse(time.value()).toInstant();
        } catch (DateTimeParseException e) {
            throw wrong(
                    time,
                    "has a wrong 'time'; it is an instant such as 2026-11-24T02:00:00Z or "
                            + "2026-11-24T10:00:00+08:00");
        }
    }

    private FleetSnapshot fleet() {
        List<TargetEntry> entries = entry.fleet() == null ? targets : entry.fleet();
        if (entries == null || entries.isEmpty()) {
            throw wrong(entry.name(), "has no targets; write a 'fleet' into the case or at the top of the file");
        }
        Set<String> ids = new HashSet<>();
        for (TargetEntry target : entries) {
            if (!ids.add(target.id().value())) {
                throw wrong(target.id(), "has the target '" + target.id().value() + "' twice");
            }
        }
        return new FleetSnapshot(entries.stream().map(this::candidate).toList());
    }

    private Candidate candidate(TargetEntry target) {
        String id = target.id().value();
        CaseFile.PriceEntry price = target.price();
        try {
            return new Candidate(
                    new Target(
                            id,
                            id.substring(id.indexOf('/') + 1),
                            Optional.ofNullable(price)
                                    .map(usd -> new Price(usd.input(), usd.output(), "the test", "today")),
                            Optional.ofNullable(target.region()),
                            Optional.ofNullable(target.licence())),
                    new TargetStatus(
                            Boolean.FALSE.equals(target.ready()) ? Availability.NOT_READY : Availability.READY,
                            target.context() == null ? 0 : target.context(),
                            target.refuses() == null ? Set.of() : Set.copyOf(target.refuses()),
                            target.queue() == null ? 0 : target.queue(),
                            target.ttftMs() == null
                                    ? LatencyEstimate.UNKNOWN
                                    : new LatencyEstimate(target.ttftMs(), 0, Double.NaN, SAMPLES, 0)));
        } catch (IllegalArgumentException e) {
            throw wrong(target.id(), "has a wrong target: " + e.getMessage());
        }
    }

    private RequestFacts facts(Policy policy, FleetSnapshot fleet, Surroundings surroundings) {
        try {
            return surroundings.facts(
                    bytes(entry.body()), entry.headers() == null ? Map.of() : entry.headers(), policy, fleet, Map.of());
        } catch (InvalidFileException e) {
            throw wrong(entry.name(), "has a body that is refused as it is: " + e.getMessage());
        }
    }

    private static byte[] bytes(@Nullable JsonNode body) {
        try {
            return body != null && body.isTextual()
                    ? body.textValue().getBytes(StandardCharsets.UTF_8)
                    : JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read can be written", e);
        }
    }

    private RequestFacts facts(Policy policy, RequestEntry request) {
        Map<FindingKind, Integer> findings = request.findings() == null ? Map.of() : request.findings();
        if (Stream.of(findings, custom(request))
                .flatMap(counts -> counts.values().stream())
                .anyMatch(count -> count < 1)) {
            throw wrong(entry.name(), "counts a finding less than once; leave out what was not found");
        }
        Set<String> features = new HashSet<>(request.features() == null ? List.of() : request.features());
        features.addAll(request.modalities() == null ? List.of() : request.modalities());
        features.remove("text");
        if (Boolean.TRUE.equals(request.tools())) {
            features.add("tools");
        }
        int choices = request.choices() == null ? 1 : request.choices();
        if (choices > 1) {
            features.add("n");
        }
        Content content = content(request, findings, features);
        return new RequestFacts(
                pin(policy, request.model()),
                policy.levels()
                        .of(content)
                        .max(request.sensitivity() == null ? Sensitivity.PUBLIC : request.sensitivity()),
                content.findings(),
                new RequestSize(
                        request.tokens() == null ? 50 : request.tokens(),
                        request.output() == null ? ASSUMED_OUTPUT_TOKENS : request.output(),
                        request.output() != null,
                        choices),
                features,
                Boolean.TRUE.equals(request.stream()),
                Optional.ofNullable(request.maxCostUsd()),
                request.deadlineMs() == null ? OptionalLong.empty() : OptionalLong.of(request.deadlineMs()),
                details(policy, request, content),
                policy.mask()
                        .of(
                                policy.levels(),
                                content,
                                Boolean.FALSE.equals(request.maskable()) ? findings.keySet() : Set.of(),
                                Optional.ofNullable(request.sensitivity()),
                                features));
    }

    /** As the gateway reads it: a part that no detector reads is a finding too. */
    private static Content content(RequestEntry request, Map<FindingKind, Integer> findings, Set<String> features) {
        var found = new HashMap<>(findings);
        int unreadable = (int) features.stream().filter(UNREADABLE::contains).count();
        if (unreadable > 0) {
            found.putIfAbsent(FindingKind.UNREADABLE, unreadable);
        }
        return new Content(
                found, findings, custom(request), request.subjects() == null ? Set.of() : request.subjects());
    }

    private RequestDetails details(Policy policy, RequestEntry request, Content content) {
        Map<String, String> headers = request.headers() == null ? Map.of() : request.headers();
        headers.keySet().stream()
                .filter(name -> !policy.headers().contains(name))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw wrong(
                            entry.name(),
                            "has the header '" + name + "', which the policy's 'facts.headers' does"
                                    + " not list, so no condition sees it");
                });
        return new RequestDetails(
                request.messages() == null ? 1 : request.messages(),
                request.language() == null ? Language.EN : request.language(),
                request.model() == null ? "auto" : request.model().value(),
                headers,
                content,
                request.tenant() == null ? "" : request.tenant());
    }

    private static Map<String, Integer> custom(RequestEntry request) {
        return request.custom() == null ? Map.of() : request.custom();
    }

    /** An alias, or whatever a caller may write, matters only where a condition asks for it. */
    private Pin pin(Policy policy, @Nullable Located<String> model) {
        String name = model == null ? "auto" : model.value();
        if (model != null && name.contains("/")) {
            return new Pin.ToTarget(name);
        }
        return switch (name) {
            case "auto" -> new Pin.None();
            case "edge" -> new Pin.ToTier(Tier.EDGE);
            case "cloud" -> new Pin.ToTier(Tier.CLOUD);
            default -> {
                if (policy.asked().stream()
                        .noneMatch(condition -> condition.facts().contains("request.model"))) {
                    throw wrong(
                            entry.name(),
                            "names a model other than auto, edge, cloud or the id of a target, and no condition asks for"
                                    + " it");
                }
                yield new Pin.None();
            }
        };
    }

    private InvalidFileException wrong(Located<?> place, String what) {
        return StrictYaml.at(source, place.line(), place.column(), "the case '" + name() + "' " + what);
    }
}
