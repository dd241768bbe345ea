package dev.fogline.edge.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The whole answer that the chunks of one stream amount to, as llama-server itself would have given it: of what stands
 * on each chunk the last counts, texts are joined, parts of a tool call are joined by its index. One choice.
 */
final class JoinedChunks {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ABOUT =
            List.of("id", "created", "model", "system_fingerprint", "usage", "timings");
    private static final List<String> TEXTS = List.of("content", "reasoning_content", "refusal");
    private static final int TOOL_CALLS = 128;

    private final int limit;
    private final ObjectNode about = JSON.createObjectNode().put("object", "chat.completion");
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
    private final TreeMap<Integer, ToolCall> toolCalls = new TreeMap<>();
    /** As JSON: a tree of twenty alternatives for each token would take many times the room. */
    private final StringBuilder logprobs = new StringBuilder();

    private String role = "assistant";
    private @Nullable String finishReason;
    private long bytes;

    private static final class ToolCall {
        final ObjectNode call = JSON.createObjectNode();
        String name = "";
        final StringBuilder arguments = new StringBuilder();
    }

    /** @param limit the most bytes of text, token probabilities and arguments together */
    JoinedChunks(int limit) {
        this.limit = limit;
        texts.put("content", new StringBuilder());
    }

    /** Whether the answer has said why it ended. */
    boolean finished() {
        return finishReason != null;
    }

    /** @return false when there is more than the limit allows */
    boolean add(JsonNode chunk) {
        for (String field : ABOUT) {
            if (chunk.hasNonNull(field)) {
                about.set(field, chunk.get(field));
            }
        }
        // Only one choice is ever asked for; the event with the usage has none.
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        role = delta.path("role").asText(role);
        for (String field : TEXTS) {
            if (delta.path(field).isTextual()) {
                append(texts.computeIfAbsent(field, first -> new StringBuilder()), delta.path(field));
            }
        }
        delta.path("tool_calls").forEach(this::toolCall);
        for (JsonNode token : choice.path("logprobs").path("content")) {
            String json = token.toString();
            bytes += ByteBufUtil.utf8Bytes(json);
            logprobs.append(logprobs.isEmpty() ? "" : ",").append(json);
        }
        if (choice.path("finish_reason").isTextual()) {
            finishReason = choice.path("finish_reason").textValue();
        }
        return bytes <= limit;
    }

    private void toolCall(JsonNode part) {
        int index = part.path("index").asInt();
        if (index < 0 || index >= TOOL_CALLS) {
            bytes = limit + 1L;
            return;
        }
        ToolCall toolCall = toolCalls.computeIfAbsent(index, first -> new ToolCall());
        for (String field : List.of("id", "type")) {
            if (part.path(field).isTextual()) {
                toolCall.call.set(field, part.get(field));
            }
        }
        JsonNode function = part.path("function");
        toolCall.name = function.path("name").asText(toolCall.name);
        append(toolCall.arguments, function.path("arguments"));
    }

    private void append(StringBuilder to, JsonNode text) {
        String more = text.asText("");
        bytes += ByteBufUtil.utf8Bytes(more);
        to.append(more);
    }

    Buffer json() {
        ObjectNode message = JSON.createObjectNode().put("role", role);
        texts.forEach((field, text) -> message.put(field, text.toString()));
        if (!toolCalls.isEmpty()) {
            if (message.path("content").asText().isEmpty()) {
                message.putNull("content");
            }
            ArrayNode calls = message.putArray("tool_calls");
            for (ToolCall toolCall : toolCalls.values()) {
                toolCall.call
                        .putObject("function")
                        .put("name", toolCall.name)
                        .put("arguments", toolCall.arguments.toString());
                calls.add(toolCall.call);
            }
        }
        ObjectNode choice = JSON.createObjectNode().put("index", 0).put("finish_reason", finishReason);
        choice.set("message", message);
        if (!logprobs.isEmpty()) {
            choice.putObject("logprobs").putRawValue("content", new RawValue("[" + logprobs + "]"));
        }
        about.putArray("choices").add(choice);
        return Buffer.buffer(about.toString());
    }
}
