package dev.fogline.policies.replay;

import static dev.fogline.policies.replay.LoggedDecision.constant;
import static dev.fogline.policies.replay.LoggedDecision.word;

import dev.fogline.policies.Asked;
import dev.fogline.policies.Language;
import dev.fogline.policies.Masking;
import dev.fogline.policies.Pin;
import dev.fogline.policies.Policy;
import dev.fogline.policies.RequestDetails;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.RequestSize;
import dev.fogline.policies.RoutingPolicy.Answer;
import dev.fogline.policies.Ruling;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Tier;
import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.Detectors;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The request as a policy saw it.
 *
 * @param pin {@code auto}, a tier or a target
 * @param sensitivity under the policy that decided
 * @param asked the stricter of what the caller's header said and what holds for the caller's key, null without both; another
 *     policy may make something else of the findings
 * @param findings how often each kind was found
 * @param detectors the version of the detectors that ran
 * @param kinds what they look for
 * @param features those that are words of ours; a field may be named by the caller, and those are only counted
 * @param otherFeatures how many were left out of {@code features}
 * @param messages how many; null in logs of earlier versions, as are all that follow
 * @param model null where the caller made the name up, which an alias with a {@code *} allows
 * @param headers those that the policy of then lists and that hold a word of its conditions; another value may be a secret or
 *     a person's name, and is not logged
 * @param absentHeaders those that it lists and the request had not
 * @param answers of conditions that ask for something that is not logged: fingerprint to what came of it, so that at least
 *     the same condition has the same answer
 * @param custom how often each entry of the policy's own was found, by its id
 * @param masked kinds found that the policy of then has masked; null in logs of earlier versions, as are all that follow
 * @param fixed kinds that were found at least once where no placeholder can stand
 * @param maskable whether all of {@code masked} could be
 * @param values how many different values of each kind were found; null in logs of earlier versions, as are all that follow
 * @param subjects what it was about
 * @param tenant the name of the caller's key; empty without one
 */
public record LoggedFacts(
        String pin,
        String sensitivity,
        @Nullable String asked,
        Map<String, Integer> findings,
        String detectors,
        List<String> kinds,
        int promptTokens,
        int outputTokens,
        boolean outputBounded,
        int choices,
        Set<String> features,
        int otherFeatures,
        boolean stream,
        @Nullable Double maxCostUsd,
        @Nullable Long deadlineMs,
        @Nullable Integer messages,
        @Nullable String language,
        @Nullable String model,
        @Nullable Map<String, String> headers,
        @Nullable Set<String> absentHeaders,
        @Nullable Map<String, String> answers,
        @Nullable Map<String, Integer> custom,
        @Nullable Set<String> masked,
        @Nullable Set<String> fixed,
        @Nullable Boolean maskable,
        @Nullable Map<String, Integer> values,
        @Nullable Set<String> subjects,
        @Nullable String tenant) {

    /** Names of fields of the API and of parts of a message: a feature with another name was named by a caller. */
    private static final Set<String> OURS = Set.of(
            "audio",
            "file",
            "frequency_penalty",
            "function_call",
            "functions",
            "image",
            "logit_bias",
            "logprobs",
            "metadata",
            "modalities",
            "n",
            "parallel_tool_calls",
            "presence_penalty",
            "remote_media",
            "response_format",
            "seed",
            "stop",
            "temperature",
            "tool_choice",
            "tools",
            "top_logprobs",
            "top_p",
            "unknown_part",
            "user");

    /**
     * @param asked what the caller's header said
     * @param policy that decided
     * @param ruling what it made of the request
     * @param loggable whether a word is the operator's: the name of a model, a feature that some target refuses
     */
    public static LoggedFacts of(
            RequestFacts facts,
            Optional<Sensitivity> asked,
            PolicyWords policy,
            Ruling ruling,
            Predicate<String> loggable) {
        var features = new TreeSet<String>();
        for (String feature : facts.features()) {
            if (OURS.contains(feature) || loggable.test(feature)) {
                features.add(feature);
            }
        }
        RequestDetails details = facts.details();
        String model = details.model();
        boolean ourModel = model.equals(facts.pin().describe()) || loggable.test(model);
        Map<String, String> headers = Map.of();
        Set<String> absent = Set.of();
        if (!policy.headers().isEmpty()) {
            headers = new TreeMap<>(details.headers());
            headers.values().retainAll(policy.words());
            absent = new TreeSet<>(policy.headers());
            absent.removeAll(details.headers().keySet());
        }
        var logged = new LoggedFacts(
                facts.pin().describe(),
                word(facts.sensitivity()),
                asked.map(LoggedDecision::word).orElse(null),
                counts(facts.findings()),
                policy.detectors(),
                policy.kinds(),
                facts.promptTokens(),
                facts.outputTokens(),
                facts.size().outputBounded(),
                facts.size().choices(),
                features,
                facts.features().size() - features.size(),
                facts.stream(),
                facts.maxCostUsd().orElse(null),
                facts.deadlineMs().isPresent() ? facts.deadlineMs().getAsLong() : null,
                details.messages(),
                details.language().label(),
                ourModel ? model : null,
                headers,
                absent,
                new TreeMap<>(),
                details.custom().isEmpty() ? Map.of() : new TreeMap<>(details.custom()),
                ids(facts.masking().kinds(), FindingKind::id),
                ids(facts.masking().fixed(), FindingKind::id),
                facts.masking().whole(),
                counts(details.values()),
                ids(details.subjects(), Subject::id),
                details.tenant());
        return logged.with(policy, ruling);
    }

    private static Map<String, Integer> counts(Map<FindingKind, Integer> ofKinds) {
        if (ofKinds.isEmpty()) {
            return Map.of();
        }
        var counts = new TreeMap<String, Integer>();
        ofKinds.forEach((kind, count) -> counts.put(kind.id(), count));
        return counts;
    }

    private static <T> Set<String> ids(Set<T> some, Function<T, String> id) {
        if (some.isEmpty()) {
            return Set.of();
        }
        var ids = new TreeSet<String>();
        for (T one : some) {
            ids.add(id.apply(one));
        }
        return ids;
    }

    private LoggedFacts with(PolicyWords policy, Ruling ruling) {
        for (Asked condition : policy.asked()) {
            if (answers != null && !decidable(condition)) {
                answers.put(condition.fingerprint(), word(answer(condition, ruling)));
            }
        }
        return this;
    }

    private static Answer answer(Asked condition, Ruling ruling) {
        if (ruling.failed().contains(condition.rule())) {
            return Answer.FAILED;
        }
        return ruling.matched().contains(condition.rule()) ? Answer.HELD : Answer.NOT_HELD;
    }

    /** What is known of a condition; empty when it asks for something that is not logged, and nobody asked it then. */
    Optional<Answer> answer(Asked condition) {
        if (decidable(condition)) {
            return Optional.of(Answer.ASK);
        }
        String then = answers == null ? null : answers.get(condition.fingerprint());
        return Optional.ofNullable(then).map(word -> constant(Answer.class, word));
    }

    private boolean decidable(Asked condition) {
        Set<String> asks = condition.facts();
        return !(asks.contains("request.messages") && messages == null)
                && !(asks.contains("request.language") && language == null)
                && !(asks.contains("request.model") && model == null)
                && !(asks.contains("tenant.name") && tenant == null)
                && condition.headers().stream().allMatch(this::knows)
                && (otherFeatures == 0
                        || condition
                                .features()
                                .filter(named -> named.stream().allMatch(OURS::contains))
                                .isPresent());
    }

    private boolean knows(String header) {
        return (headers != null && headers.containsKey(header))
                || (absentHeaders != null && absentHeaders.contains(header));
    }

    /** The same request under another policy. */
    RequestFacts under(Policy policy, Content content) {
        return new RequestFacts(
                pinned(),
                policy.levels()
                        .of(content)
                        .max(asked == null ? Sensitivity.PUBLIC : constant(Sensitivity.class, asked)),
                content.findings(),
                new RequestSize(promptTokens, outputTokens, outputBounded, choices),
                features,
                stream,
                Optional.ofNullable(maxCostUsd),
                deadlineMs == null ? OptionalLong.empty() : OptionalLong.of(deadlineMs),
                new RequestDetails(
                        messages == null ? 1 : messages,
                        language == null ? Language.EN : constant(Language.class, language),
                        model == null ? "" : model,
                        headers == null ? Map.of() : headers,
                        content,
                        tenant == null ? "" : tenant),
                masking(policy, content));
    }

    private Masking masking(Policy policy, Content content) {
        Map<FindingKind, Integer> found = content.findings();
        // Of what was not looked for then nobody knows where it stands.
        var fixed = new HashSet<>(found.keySet());
        if (this.fixed != null) {
            fixed.removeIf(kind -> findings.containsKey(kind.id()) && !this.fixed.contains(kind.id()));
        }
        Optional<Sensitivity> said = Optional.ofNullable(asked).map(word -> constant(Sensitivity.class, word));
        Masking masking = policy.mask().of(policy.levels(), content, fixed, said, features);
        // Of what an earlier version logged nobody knows whether it could be masked.
        return this.fixed == null ? new Masking(masking.kinds(), fixed, false) : masking;
    }

    /** What was found then as far as these detectors look for it, or something else in its place. */
    Content content(Detectors now, Map<FindingKind, Integer> found) {
        var values = new EnumMap<FindingKind, Integer>(FindingKind.class);
        if (this.values != null) {
            this.values.forEach((kind, count) -> values.put(constant(FindingKind.class, kind), count));
            values.keySet().retainAll(all().keySet());
        }
        return new Content(found, values, customOf(found), now.tellSubjects() ? about() : Set.of());
    }

    /** What it was about, as far as somebody looked. */
    Set<Subject> about() {
        return subjects == null
                ? Set.of()
                : subjects.stream().map(id -> constant(Subject.class, id)).collect(Collectors.toSet());
    }

    private Map<String, Integer> customOf(Map<FindingKind, Integer> found) {
        return custom == null || !found.containsKey(FindingKind.CUSTOM) ? Map.of() : custom;
    }

    private Pin pinned() {
        return switch (pin) {
            case "auto" -> new Pin.None();
            case "edge" -> new Pin.ToTier(Tier.EDGE);
            case "cloud" -> new Pin.ToTier(Tier.CLOUD);
            default -> new Pin.ToTarget(pin);
        };
    }

    /** What these detectors would have found of what was found; a detector that failed then might fail again. */
    Map<FindingKind, Integer> found(Detectors now) {
        var found = all();
        if (!detectors.equals(now.version())) {
            found.keySet().removeAll(now.off());
        }
        return found;
    }

    Map<FindingKind, Integer> all() {
        var found = new EnumMap<FindingKind, Integer>(FindingKind.class);
        findings.forEach((kind, count) -> found.put(constant(FindingKind.class, kind), count));
        return found;
    }

    /** Those that left as placeholders where the request left masked. */
    Set<FindingKind> kindsMasked() {
        return masked == null
                ? Set.of()
                : masked.stream().map(kind -> constant(FindingKind.class, kind)).collect(Collectors.toSet());
    }

    /**
     * Kinds that these detectors might find and that were not found then: nobody looked for them, or did so in another way,
     * or what they say of a span was hidden by a kind that these do not know.
     *
     * @param unknown what {@link #unknown} says of {@link #ran}
     */
    List<FindingKind> notLookedFor(Detectors now, Set<FindingKind> unknown) {
        Map<FindingKind, Integer> found = all();
        boolean hidden = !found(now).equals(found);
        return (hidden ? now.kinds() : unknown)
                .stream().filter(kind -> !found.containsKey(kind)).toList();
    }

    /** What ran then; most records of a log have the same. */
    record Ran(String detectors, List<String> kinds) {}

    Ran ran() {
        return new Ran(detectors, kinds);
    }

    /** Kinds of which nothing is known where what ran found none. */
    static Set<FindingKind> unknown(Detectors now, Ran ran) {
        var unknown = now.kinds();
        unknown.removeIf(kind -> now.knew(ran.detectors, ran.kinds, kind));
        return unknown;
    }
}
