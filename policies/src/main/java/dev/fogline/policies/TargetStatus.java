package dev.fogline.policies;

import dev.fogline.policies.latency.LatencyEstimate;
import java.util.Set;

/**
 * What we last saw of a target.
 *
 * @param contextTokens tokens that prompt and answer may have together; 0 when unknown
 * @param refuses names of request features it cannot serve, see {@link RequestFacts#features()}
 * @param queueFill waiting requests over the queue's capacity, 0 to 1; 0 when unknown
 * @param latency how fast it has been
 */
public record TargetStatus(
        Availability availability, int contextTokens, Set<String> refuses, double queueFill, LatencyEstimate latency) {
    public TargetStatus {
        refuses = Set.copyOf(refuses);
    }

    /** Of a target that has not been measured. */
    public TargetStatus(Availability availability, int contextTokens, Set<String> refuses, double queueFill) {
        this(availability, contextTokens, refuses, queueFill, LatencyEstimate.UNKNOWN);
    }

    public TargetStatus with(Availability now) {
        return new TargetStatus(now, contextTokens, refuses, queueFill, latency);
    }

    public TargetStatus with(LatencyEstimate now) {
        return new TargetStatus(availability, contextTokens, refuses, queueFill, now);
    }
}
