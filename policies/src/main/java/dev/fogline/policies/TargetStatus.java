package dev.fogline.policies;

import java.util.Set;

/**
 * What we last saw of a target.
 *
 * @param contextTokens tokens that prompt and answer may have together; 0 when unknown
 * @param refuses names of request features it cannot serve, see {@link RequestFacts#features()}
 * @param queueFill waiting requests over the queue's capacity, 0 to 1; 0 when unknown
 */
public record TargetStatus(Availability availability, int contextTokens, Set<String> refuses, double queueFill) {
    public TargetStatus {
        refuses = Set.copyOf(refuses);
    }

    public TargetStatus with(Availability now) {
        return new TargetStatus(now, contextTokens, refuses, queueFill);
    }
}
