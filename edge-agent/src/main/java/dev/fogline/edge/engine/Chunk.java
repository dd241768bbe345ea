package dev.fogline.edge.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What the agent wants to know of one event of a stream, or of a whole answer. Never the text itself.
 *
 * @param hasToken it carries content, reasoning, a refusal or a tool call
 * @param finished it carries a finish_reason
 * @param usageOnly it holds nothing but usage: the event that one gets for asking
 * @param usage counts and speed as far as the engine tells them here
 * @param realLogprobs it holds a token probability other than exactly 0.0
 */
public record Chunk(boolean hasToken, boolean finished, boolean usageOnly, Usage usage, boolean realLogprobs) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Figures of one answer; 0 where the engine did not tell.
     *
     * @param tokensPerSecond while it was generating, by the engine's own clock
     * @param firstTokenMs time of the prompt by the engine's own clock
     */
    public record Usage(int promptTokens, int completionTokens, double tokensPerSecond, double firstTokenMs) {
        public static final Usage UNKNOWN = new Usage(0, 0, 0, 0);

        private Usage or(Usage other) {
            return completionTokens > 0 || promptTokens > 0 ? this : other;
        }
    }

    /** Thrown for what is neither a chunk nor an answer: the engine reports an error, or talks nonsense. */
    public static final class NoChunk extends Exception {
        private static final long serialVersionUID = 1;

        NoChunk() {
            super("not a chat completion", null, false, false);
        }
    }

    public static Chunk read(String json) throws NoChunk {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException nonsense) {
            throw new NoChunk();
        }
        if (!root.path("choices").isArray() || root.path("error").isObject()) {
            throw new NoChunk();
        }
        boolean hasToken = false;
        boolean finished = false;
        boolean realLogprobs = false;
        for (JsonNode choice : root.path("choices")) {
            JsonNode said = choice.has("delta") ? choice.path("delta") : choice.path("message");
            hasToken |= said(said);
            finished |= choice.path("finish_reason").isTextual();
            for (JsonNode token : choice.path("logprobs").path("content")) {
                realLogprobs |= token.path("logprob").asDouble() != 0.0;
            }
        }
        boolean usageOnly = root.path("choices").isEmpty() && root.path("usage").isObject();
        return new Chunk(hasToken, finished, usageOnly, usage(root), realLogprobs);
    }

    private static boolean said(JsonNode delta) {
        for (String field : new String[] {"content", "reasoning_content", "reasoning", "refusal"}) {
            if (!delta.path(field).asText("").isEmpty()) {
                return true;
            }
        }
        return !delta.path("tool_calls").isEmpty();
    }

    private static Usage usage(JsonNode root) {
        JsonNode usage = root.path("usage");
        JsonNode timings = root.path("timings");
        // A speed over a handful of tokens is noise: llama-server divides one token by a microsecond.
        double speed = timings.path("predicted_n").asInt() >= 4
                ? timings.path("predicted_per_second").asDouble()
                : 0;
        return new Usage(
                usage.path("prompt_tokens").asInt(),
                usage.path("completion_tokens").asInt(),
                speed,
                timings.path("prompt_ms").asDouble());
    }

    Usage usageOr(Usage earlier) {
        return usage.or(earlier);
    }
}
