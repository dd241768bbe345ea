package dev.fogline.gateway.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fogline.policies.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One exchange as an operator may see it: facts, decision and outcome, no content.
 *
 * @param policy revision of the policy that decided
 * @param pin what the caller confined the plan to, {@code auto} for nothing
 * @param findings how often each kind was found
 * @param subjects what the request is about
 * @param features what the request needs, of those that some target refuses
 * @param plan ids in the order of trying; empty when refused
 * @param outcome {@code success} or an error code; null while it runs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExchangeRecord(
        String id,
        Instant at,
        String policy,
        String pin,
        String sensitivity,
        Map<String, Integer> findings,
        List<String> subjects,
        int promptTokensEstimate,
        int outputTokensBound,
        List<String> features,
        boolean stream,
        List<String> plan,
        String reason,
        List<RuleAgainst> objections,
        List<Attempt> attempts,
        @Nullable String tier,
        @Nullable String target,
        @Nullable String outcome,
        @Nullable Double firstTokenMs,
        @Nullable Double totalMs,
        @Nullable Usage usage,
        @Nullable Double costUsd) {

    /** A rule that spoke against a target. */
    public record RuleAgainst(String target, String reason, String message) {}

    /** One try at one target. */
    public record Attempt(String target, String result, double ms) {}
}
