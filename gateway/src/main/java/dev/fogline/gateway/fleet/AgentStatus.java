package dev.fogline.gateway.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What we use of an edge-agent's {@code GET /status}. */
@JsonIgnoreProperties(ignoreUnknown = true)
record AgentStatus(
        @Nullable String state,
        @Nullable String model,
        int context,
        @Nullable Queue queue,
        @JsonProperty("first_token_ms") @Nullable Double firstTokenMs,
        @JsonProperty("tokens_per_second") @Nullable Double tokensPerSecond,
        @Nullable Set<String> refuses) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Queue(int length, int capacity) {
        double fill() {
            return capacity <= 0 ? 0 : Math.clamp((double) length / capacity, 0, 1);
        }
    }

    /** Milliseconds, 0 when unknown. */
    double firstTokenOrUnknown() {
        return firstTokenMs == null ? 0 : firstTokenMs;
    }

    /** Milliseconds between two tokens, 0 when unknown. */
    double perTokenOrUnknown() {
        return tokensPerSecond == null || tokensPerSecond <= 0 ? 0 : 1000 / tokensPerSecond;
    }

    boolean ready() {
        return "ready".equals(state);
    }

    /** The agent has given up on its engine: waiting longer does not help. */
    boolean failed() {
        return "failed".equals(state);
    }
}
