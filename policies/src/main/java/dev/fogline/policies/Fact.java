package dev.fogline.policies;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.fogline.policies.privacy.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a condition may ask: a typed variable with a dotted name, so that a mistyped one fails when the policy is
 * loaded.
 */
enum Fact {
    TOKENS("request.tokens", SimpleType.INT, "Tokens of the prompt, estimated on the safe side"),
    MESSAGES("request.messages", SimpleType.INT, "How many messages it has"),
    MODALITIES(
            "request.modalities",
            ListType.create(SimpleType.STRING),
            "`text`, and what is in it of `audio`, `file`, `image`"),
    TOOLS("request.tools", SimpleType.BOOL, "It brings tools or functions"),
    STREAM("request.stream", SimpleType.BOOL, "The answer is to be streamed"),
    MODEL("request.model", SimpleType.STRING, "The model it names: `auto`, `edge`, `cloud`, an alias or a target"),
    LANGUAGE(
            "request.language",
            SimpleType.STRING,
            "`zh`, `en` or `other`, by the scripts of its texts; what is written in letters without accents is `en`"),
    SENSITIVITY(
            "request.sensitivity",
            SimpleType.INT,
            "Its class, to be compared with `PUBLIC`, `INTERNAL`, `CONFIDENTIAL`, `RESTRICTED`"),
    FINDINGS(
            "request.findings",
            MapType.create(SimpleType.STRING, SimpleType.INT),
            "How often each kind was found in it, as in `\"cn_id\" in request.findings`"),
    CUSTOM(
            "request.custom",
            MapType.create(SimpleType.STRING, SimpleType.INT),
            "How often each entry of `privacy.custom` was found in it, as in `\"case-number\" in request.custom`"),
    SUBJECTS(
            "request.subjects",
            ListType.create(SimpleType.STRING),
            "What it is about, of `health`, `law`, `minors`, `pay`, `credentials`, `letters`, `affairs`, as in `\"health\""
                    + " in request.subjects`"),
    FEATURES(
            "request.features",
            ListType.create(SimpleType.STRING),
            "Fields and kinds of parts that it needs beyond plain chat, such as `response_format`"),
    PINNED("request.pinned", SimpleType.BOOL, "The caller chose a tier or a target"),
    HEADERS(
            "request.headers",
            MapType.create(SimpleType.STRING, SimpleType.STRING),
            "The headers that `facts.headers` lists and it has, as in `\"x-team\" in request.headers`"),
    DEADLINE(
            "request.deadline_ms",
            SimpleType.INT,
            "Milliseconds until the caller's deadline; without one 86,400,000, the longest there is"),
    TENANT("tenant.name", SimpleType.STRING, "The name of the key that the caller sent; empty without one"),
    PRESSURE("budget.pressure", SimpleType.DOUBLE, "Share of the budget that is spent or held back, from 0 to 1"),
    EXHAUSTED("budget.exhausted", SimpleType.BOOL, "Nothing is left of the budget"),
    EDGE_READY("fleet.edge_ready", SimpleType.BOOL, "An edge target takes requests"),
    CLOUD_READY("fleet.cloud_ready", SimpleType.BOOL, "A cloud target takes requests, as far as is known"),
    READY("fleet.ready", ListType.create(SimpleType.STRING), "Ids of the targets that take requests"),
    EDGE_QUEUE(
            "fleet.edge_queue",
            SimpleType.DOUBLE,
            "How full the emptiest queue of an edge that takes requests is, from 0 to 1; 1 if none does"),
    HOUR("time.hour", SimpleType.INT, "0 to 23, in the zone of `facts.zone`"),
    WEEKDAY("time.weekday", SimpleType.INT, "1 for Monday to 7 for Sunday, in the zone of `facts.zone`");

    /** What {@code request.deadline_ms} is where the caller sets none. */
    static final long NO_DEADLINE_MS = 86_400_000;

    /** What the language will have and this version has not, and what it is. */
    static final Map<String, String> NOT_BUILT = Map.of(
            "request.tenant", "asking for the tenant of a request; its name is `tenant.name`",
            "request.difficulty", "judging how hard a request is",
            "edge_confidence", "judging the edge's answer");

    private static final List<String> MEDIA = List.of("audio", "file", "image");
    private static final Map<String, Fact> BY_ID = new HashMap<>();

    static {
        for (Fact fact : values()) {
            BY_ID.put(fact.id, fact);
        }
    }

    final String id;
    final CelType type;

    /** For operators, without a full stop. */
    final String meaning;

    Fact(String id, CelType type, String meaning) {
        this.id = id;
        this.type = type;
        this.meaning = meaning;
    }

    static @Nullable Fact named(String id) {
        return BY_ID.get(id);
    }

    Object of(Facts facts) {
        RequestFacts request = facts.request;
        return switch (this) {
            case TOKENS -> (long) request.promptTokens();
            case MESSAGES -> (long) request.details().messages();
            case MODALITIES -> modalities(request);
            case TOOLS ->
                request.features().contains("tools") || request.features().contains("functions");
            case STREAM -> request.stream();
            case MODEL -> request.details().model();
            case LANGUAGE -> request.details().language().label();
            case SENSITIVITY -> (long) request.sensitivity().ordinal();
            case FINDINGS -> findings(request);
            case CUSTOM -> counts(request.details().custom());
            case SUBJECTS ->
                request.details().subjects().stream().map(Subject::id).sorted().toList();
            case TENANT -> request.details().tenant();
            case FEATURES -> request.features().stream().sorted().toList();
            case PINNED -> !(request.pin() instanceof Pin.None);
            case HEADERS -> request.details().headers();
            case DEADLINE -> request.deadlineMs().orElse(NO_DEADLINE_MS);
            case PRESSURE -> facts.situation.budgetPressure();
            case EXHAUSTED -> facts.situation.budgetExhausted();
            case EDGE_READY -> ready(facts.fleet, Tier.EDGE).findAny().isPresent();
            case CLOUD_READY -> ready(facts.fleet, Tier.CLOUD).findAny().isPresent();
            case READY ->
                Stream.of(Tier.values())
                        .flatMap(tier -> ready(facts.fleet, tier))
                        .map(candidate -> candidate.target().id())
                        .sorted()
                        .toList();
            case EDGE_QUEUE ->
                ready(facts.fleet, Tier.EDGE)
                        .mapToDouble(candidate -> candidate.status().queueFill())
                        .min()
                        .orElse(1);
            case HOUR -> (long) facts.time().getHour();
            case WEEKDAY -> (long) facts.time().getDayOfWeek().getValue();
        };
    }

    private static List<String> modalities(RequestFacts request) {
        var modalities = new ArrayList<String>();
        modalities.add("text");
        MEDIA.stream().filter(request.features()::contains).forEach(modalities::add);
        return modalities;
    }

    private static Map<String, Long> findings(RequestFacts request) {
        var findings = new TreeMap<String, Integer>();
        request.findings().forEach((kind, count) -> findings.put(kind.id(), count));
        return counts(findings);
    }

    /** As CEL has whole numbers. */
    private static Map<String, Long> counts(Map<String, Integer> counts) {
        var longs = new TreeMap<String, Long>();
        counts.forEach((name, count) -> longs.put(name, (long) count));
        return longs;
    }

    private static Stream<Candidate> ready(FleetSnapshot fleet, Tier tier) {
        return fleet.candidates().stream()
                .filter(candidate ->
                        candidate.target().tier() == tier && candidate.status().availability() == Availability.READY);
    }
}
