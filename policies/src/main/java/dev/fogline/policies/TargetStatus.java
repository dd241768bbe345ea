package dev.fogline.policies;

import dev.fogline.policies.cost.TokenRatio;
import dev.fogline.policies.latency.LatencyEstimate;
import java.util.Set;

/**
 * What we last saw of a target.
 *
 * @param contextTokens tokens that prompt and answer may have together; 0 when unknown
 * @param refuses names of request features it cannot serve, see {@link RequestFacts#features()}
 * @param queueFill waiting requests over the queue's capacity, 0 to 1; 0 when unknown
 * @param latency how fast it has been
 * @param tokenRatio input tokens that it counts for each that is estimated, see {@link TokenRatio}
 */
public record TargetStatus(
        Availability availability,
        int contextTokens,
        Set<String> refuses,
        double queueFill,
        LatencyEstimate latency,
        double tokenRatio) {
    public TargetStatus {
        if (!(tokenRatio > 0)) {
            throw new IllegalArgumentException("a ratio of tokens is positive");
        }
        refuses = Set.copyOf(refuses);
    }

    /** Of a target that has not told how it counts tokens. */
    public TargetStatus(
            Availability availability,
            int contextTokens,
            Set<String> refuses,
            double queueFill,
            LatencyEstimate latency) {
        this(availability, contextTokens, refuses, queueFill, latency, 1);
    }

    /** Of a target that has not been measured. */
    public TargetStatus(Availability availability, int contextTokens, Set<String> refuses, double queueFill) {
        this(availability, contextTokens, refuses, queueFill, LatencyEstimate.UNKNOWN);
    }

    public TargetStatus with(Availability now) {
        return new TargetStatus(now, contextTokens, refuses, queueFill, latency, tokenRatio);
    }

    public TargetStatus with(LatencyEstimate now) {
        return with(now, tokenRatio);
    }

    public TargetStatus with(LatencyEstimate now, double ratio) {
        return new TargetStatus(availability, contextTokens, refuses, queueFill, now, ratio);
    }
}
