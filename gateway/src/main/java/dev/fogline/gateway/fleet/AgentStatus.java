package dev.fogline.gateway.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What we use of an edge-agent's {@code GET /status}. */
@JsonIgnoreProperties(ignoreUnknown = true)
record AgentStatus(
        @Nullable String state,
        @Nullable String model,
        int context,
        @Nullable Queue queue,
        @Nullable Set<String> refuses) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Queue(int length, int capacity) {
        double fill() {
            return capacity <= 0 ? 0 : Math.clamp((double) length / capacity, 0, 1);
        }
    }

    boolean ready() {
        return "ready".equals(state);
    }

    /** The agent has given up on its engine: waiting longer does not help. */
    boolean failed() {
        return "failed".equals(state);
    }
}
