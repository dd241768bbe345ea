package dev.fogline.edge.standin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A chat request turned into what the small model can take. A cloud understands tools and pictures; this one drops them
 * and answers in text, so that the way of a request can be shown.
 *
 * @param body for the engine, which always streams
 * @param stream the caller wants a stream
 */
record StandInRequest(Buffer body, boolean stream, boolean usageWanted) {
    private static final List<String> PASSED =
            List.of("temperature", "top_p", "seed", "stop", "logprobs", "top_logprobs", "response_format");

    private static final int USUAL_MAX_TOKENS = 512;

    /** Null if it is no chat request. */
    static @Nullable StandInRequest read(Buffer bytes, String model, int context) {
        try {
            JsonObject asked = bytes.toJsonObject();
            if (!(asked.getValue("messages") instanceof JsonArray messages) || messages.isEmpty()) {
                return null;
            }
            JsonObject out = new JsonObject().put("model", model).put("messages", plain(messages));
            for (String field : PASSED) {
                Object value = asked.getValue(field);
                if (value != null) {
                    out.put(field, value);
                }
            }
            Object most = asked.getValue("max_completion_tokens", asked.getValue("max_tokens"));
            out.put("max_tokens", Math.clamp(most instanceof Number n ? n.longValue() : USUAL_MAX_TOKENS, 1, context));
            boolean stream = Boolean.TRUE.equals(asked.getValue("stream"));
            out.put("stream", true).put("stream_options", new JsonObject().put("include_usage", true));
            boolean usageWanted = asked.getValue("stream_options") instanceof JsonObject options
                    && Boolean.TRUE.equals(options.getValue("include_usage"));
            return new StandInRequest(out.toBuffer(), stream, usageWanted);
        } catch (DecodeException | ClassCastException noJsonObject) {
            return null;
        }
    }

    private static JsonArray plain(JsonArray messages) {
        JsonArray out = new JsonArray();
        for (Object entry : messages) {
            if (entry instanceof JsonObject message) {
                Object role = message.getValue("role");
                String plainRole = "assistant".equals(role)
                        ? "assistant"
                        : "system".equals(role) || "developer".equals(role) ? "system" : "user";
                out.add(new JsonObject().put("role", plainRole).put("content", text(message.getValue("content"))));
            }
        }
        return out;
    }

    private static String text(@Nullable Object content) {
        if (content instanceof JsonArray parts) {
            return parts.stream()
                    .map(part -> part instanceof JsonObject object && object.getValue("text") instanceof String text
                            ? text
                            : "")
                    .collect(Collectors.joining("\n"));
        }
        return content instanceof String text ? text : "";
    }
}
