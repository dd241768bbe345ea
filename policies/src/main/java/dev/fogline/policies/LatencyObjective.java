package dev.fogline.policies;

import java.time.Duration;

/**
 * How soon the first token should come.
 *
 * @param ttft time to first token
 * @param percentile share of the requests that should keep it, 50 to 99
 */
public record LatencyObjective(Duration ttft, int percentile) {
    public LatencyObjective {
        if (!ttft.isPositive()) {
            throw new IllegalArgumentException("an objective is a positive duration");
        }
        if (percentile < 50 || percentile > 99) {
            throw new IllegalArgumentException("a percentile is from 50 to 99");
        }
    }
}
