package dev.fogline.policies;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fogline.policies.Decision.Refuse;
import dev.fogline.policies.Decision.Route;
import dev.fogline.policies.privacy.Subject;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One decision and all that led to it, for people. It holds no text of the request: of its features only those that a
 * policy or a target has a word for, since others are field names that a client chose.
 *
 * @param rules in the file's order
 * @param egress what may leave
 * @param egressSaidBy who said so
 * @param targets by their scores, the best first
 * @param plan ids of the targets to try in order; empty when the request is refused
 * @param refused the code that the client is told, null when there is a plan
 * @param reason as in the header {@code X-Fogline-Reason}
 * @param decidedBy what decided, in words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Explanation(
        String policy,
        String revision,
        Facts facts,
        boolean budgetExhausted,
        List<RuleVerdict> rules,
        String egress,
        String egressSaidBy,
        List<TargetVerdict> targets,
        List<String> plan,
        @Nullable String refused,
        String reason,
        String decidedBy) {
    private static final Set<String> KNOWN_FEATURES = Set.of(
            "tools",
            "functions",
            "n",
            "logprobs",
            "response_format",
            "image",
            "audio",
            "file",
            "remote_media",
            "unknown_part");

    /**
     * What the decision knew of the request.
     *
     * @param pin auto, a tier or the id of a target
     * @param findings how often each kind was found
     * @param combinations ids of those of the policy that it holds
     * @param subjects what it is about
     * @param maskable whether all that would have to be masked before it leaves can be
     * @param outputTokens the caller's bound, or what is assumed where there is none
     * @param tenant the name of the caller's key, null without one
     * @param headers those that the policy lists and the request has
     * @param time in the policy's zone; null where no condition asks for it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Facts(
            String pin,
            String sensitivity,
            Map<String, Integer> findings,
            List<String> combinations,
            List<String> subjects,
            boolean maskable,
            int promptTokens,
            int outputTokens,
            boolean outputBounded,
            int choices,
            Set<String> features,
            boolean stream,
            @Nullable Double maxCostUsd,
            @Nullable Long deadlineMs,
            int messages,
            String language,
            String model,
            @Nullable String tenant,
            Map<String, String> headers,
            double budgetPressure,
            @Nullable String time) {}

    /**
     * @param file and line: where it stands
     * @param verdict {@code held}, {@code did_not_hold}, or {@code could_not_be_evaluated}: what it forbids is
     *     forbidden then, and what it prefers counts nothing
     * @param effect what it does when it holds
     */
    public record RuleVerdict(String id, String file, int line, String when, String verdict, String effect) {}

    /**
     * @param place in the plan, from 1; null when it is not in it
     * @param score all preferences, weighted
     * @param late {@code objective} or {@code deadline} that it is expected to miss, null when it is in time or not known
     * @param objections why it is excluded; without any it is only outranked where it has no place
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TargetVerdict(
            String id,
            String tier,
            String availability,
            @Nullable Integer place,
            double score,
            List<Score> scores,
            @Nullable String late,
            List<Against> objections) {}

    /**
     * @param rule the one that prefers it, null for what always ranks
     * @param score from 0 to 1, not weighted
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Score(String preference, @Nullable String rule, double weight, double score) {}

    /** @param reason what kind of rule speaks against it */
    public record Against(String reason, String message) {}

    static Explanation of(Policy policy, RequestFacts facts, FleetSnapshot fleet, Situation situation) {
        var recorded = new RecordedDecision();
        Decision decision = policy.routing().decide(facts, fleet, situation, recorded);
        return recorded.explanation(
                policy, decision, facts(policy, facts, fleet, situation), situation.budgetExhausted());
    }

    static List<String> plan(Decision decision) {
        return switch (decision) {
            case Route route -> route.plan().stream().map(Target::id).toList();
            case Refuse refuse -> List.of();
        };
    }

    private static Facts facts(Policy policy, RequestFacts facts, FleetSnapshot fleet, Situation situation) {
        EgressRules rules = policy.routing().rules();
        boolean byTime = rules.ask(Fact.HOUR) || rules.ask(Fact.WEEKDAY);
        var features = new TreeSet<>(KNOWN_FEATURES);
        fleet.candidates()
                .forEach(candidate -> features.addAll(candidate.status().refuses()));
        features.retainAll(facts.features());
        return new Facts(
                facts.pin().describe(),
                Words.of(facts.sensitivity()),
                Words.counts(facts.findings()),
                policy.levels().held(facts.content()).stream()
                        .map(Combination::id)
                        .toList(),
                facts.details().subjects().stream().sorted().map(Subject::id).toList(),
                facts.masking().whole(),
                facts.promptTokens(),
                facts.outputTokens(),
                facts.size().outputBounded(),
                facts.size().choices(),
                features,
                facts.stream(),
                facts.maxCostUsd().orElse(null),
                facts.deadlineMs().isPresent() ? facts.deadlineMs().getAsLong() : null,
                facts.details().messages(),
                facts.details().language().label(),
                facts.details().model(),
                facts.details().tenant().isEmpty() ? null : facts.details().tenant(),
                new TreeMap<>(facts.details().headers()),
                situation.budgetPressure(),
                byTime
                        ? situation
                                .now()
                                .atZone(rules.zone())
                                .truncatedTo(ChronoUnit.MINUTES)
                                .toString()
                        : null);
    }
}
