package dev.fogline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The conversation of a request: checked, then rebuilt with the fields that an engine is to see. */
final class Messages {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Messages() {}

    /** What is wrong, in a sentence that quotes nothing; null if it can be used. */
    static @Nullable String objection(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty()) {
            return "messages must be a list with at least one message.";
        }
        int index = 0;
        for (JsonNode message : messages) {
            String wrong = message(message);
            if (wrong != null) {
                return "messages[" + index + "]" + wrong;
            }
            index++;
        }
        return null;
    }

    private static @Nullable String message(JsonNode message) {
        if (!ROLES.contains(message.path("role").asText())) {
            return ".role must be one of system, developer, user, assistant, tool.";
        }
        JsonNode content = message.path("content");
        boolean absent = content.isMissingNode() || content.isNull();
        if (absent) {
            return message.path("role").asText().equals("assistant")
                    ? null
                    : ".content must be a string or a list of parts.";
        }
        if (content.isTextual()) {
            return null;
        }
        if (!content.isArray() || content.isEmpty()) {
            return ".content must be a string or a list of parts.";
        }
        for (JsonNode part : content) {
            boolean usable = switch (part.path("type").asText()) {
                case "text" -> part.path("text").isTextual();
                case "refusal" -> part.path("refusal").isTextual();
                case "image_url" -> part.path("image_url").path("url").isTextual();
                default -> false;
            };
            if (!usable) {
                return ".content has a part that this model cannot read.";
            }
        }
        return null;
    }

    /** Of messages without objection. */
    static ArrayNode rebuild(JsonNode messages) {
        ArrayNode out = NODES.arrayNode();
        for (JsonNode message : messages) {
            String role = message.path("role").asText();
            ObjectNode one = out.addObject();
            // OpenAI's later name for the same thing; chat templates know the older one.
            one.put("role", role.equals("developer") ? "system" : role.equals("function") ? "tool" : role);
            one.set("content", content(message.path("content")));
            JsonNode calls = message.path("tool_calls");
            if (role.equals("assistant") && calls.isArray() && !calls.isEmpty()) {
                one.set("tool_calls", toolCalls(calls));
            }
            if (message.path("tool_call_id").isTextual()) {
                one.set("tool_call_id", message.path("tool_call_id"));
            }
        }
        return out;
    }

    private static ArrayNode toolCalls(JsonNode calls) {
        ArrayNode out = NODES.arrayNode();
        for (JsonNode call : calls) {
            ObjectNode function = out.addObject()
                    .put("id", call.path("id").asText())
                    .put("type", "function")
                    .putObject("function");
            function.put("name", call.path("function").path("name").asText());
            function.put("arguments", call.path("function").path("arguments").asText());
        }
        return out;
    }

    private static JsonNode content(JsonNode content) {
        if (content.isMissingNode() || content.isNull()) {
            return NODES.textNode("");
        }
        if (content.isTextual()) {
            return content;
        }
        ArrayNode parts = NODES.arrayNode();
        for (JsonNode part : content) {
            ObjectNode one = parts.addObject();
            if (part.path("type").asText().equals("image_url")) {
                one.put("type", "image_url");
                one.putObject("image_url").set("url", part.path("image_url").path("url"));
            } else {
                one.put("type", "text");
                one.set("text", part.has("text") ? part.path("text") : part.path("refusal"));
            }
        }
        return parts;
    }
}
