package dev.fogline.gateway.api;

import com.fasterxml.jackson.core.JsonToken;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API reference says a known field holds; unknown fields pass through unseen. */
enum FieldType {
    STRING("a string"),
    BOOLEAN("true or false"),
    INTEGER("an integer"),
    POSITIVE("an integer of at least 1"),
    NUMBER("a number"),
    ARRAY("an array"),
    OBJECT("an object"),
    STRING_OR_ARRAY("a string or an array"),
    STRING_OR_PARTS("a string, an array of parts or null"),
    STRING_OR_OBJECT("a string or an object");

    private static final Map<String, FieldType> KNOWN = Map.ofEntries(
            Map.entry("model", STRING),
            Map.entry("messages", ARRAY),
            Map.entry("stream", BOOLEAN),
            Map.entry("stream_options", OBJECT),
            Map.entry("max_tokens", POSITIVE),
            Map.entry("max_completion_tokens", POSITIVE),
            Map.entry("n", POSITIVE),
            Map.entry("temperature", NUMBER),
            Map.entry("top_p", NUMBER),
            Map.entry("presence_penalty", NUMBER),
            Map.entry("frequency_penalty", NUMBER),
            Map.entry("seed", INTEGER),
            Map.entry("stop", STRING_OR_ARRAY),
            Map.entry("logprobs", BOOLEAN),
            Map.entry("top_logprobs", INTEGER),
            Map.entry("logit_bias", OBJECT),
            Map.entry("response_format", OBJECT),
            Map.entry("tools", ARRAY),
            Map.entry("tool_choice", STRING_OR_OBJECT),
            Map.entry("parallel_tool_calls", BOOLEAN),
            Map.entry("functions", ARRAY),
            Map.entry("function_call", STRING_OR_OBJECT),
            Map.entry("modalities", ARRAY),
            Map.entry("metadata", OBJECT),
            Map.entry("user", STRING),
            Map.entry("safety_identifier", STRING),
            Map.entry("prompt_cache_key", STRING),
            Map.entry("store", BOOLEAN),
            Map.entry("service_tier", STRING),
            Map.entry("reasoning_effort", STRING),
            Map.entry("verbosity", STRING),
            Map.entry("prediction", OBJECT),
            Map.entry("audio", OBJECT),
            Map.entry("web_search_options", OBJECT));

    private static final Map<String, FieldType> IN_MESSAGE = Map.of(
            "role", STRING,
            "content", STRING_OR_PARTS,
            "name", STRING,
            "refusal", STRING,
            "tool_call_id", STRING,
            "tool_calls", ARRAY,
            "function_call", OBJECT,
            "audio", OBJECT);

    private static final Map<String, FieldType> IN_PART = Map.of("type", STRING, "text", STRING);

    private final String words;

    FieldType(String words) {
        this.words = words;
    }

    static boolean knows(String field) {
        return KNOWN.containsKey(field);
    }

    /** Whether it is a number that says how a model answers, such as its temperature. */
    static boolean isSetting(String field) {
        return KNOWN.get(field) == NUMBER;
    }

    /** Refuses a known top-level field whose value has another type. */
    static void check(String field, JsonToken value) {
        require(KNOWN.get(field), field, "", field, value);
    }

    /** The same for a field of a message. */
    static void checkInMessage(String field, JsonToken value) {
        require(IN_MESSAGE.get(field), field, " of a message", "messages", value);
    }

    /** The same for a field of a part of a message's content. */
    static void checkInPart(String field, JsonToken value) {
        require(IN_PART.get(field), field, " of a content's part", "messages", value);
    }

    private static void require(@Nullable FieldType type, String field, String where, String param, JsonToken value) {
        if (type != null && value != JsonToken.VALUE_NULL && !type.fits(value)) {
            throw new FailureException(
                    new Failure.Invalid("'" + field + "'" + where + " must be " + type.words, param));
        }
    }

    private boolean fits(JsonToken value) {
        return switch (this) {
            case STRING -> value == JsonToken.VALUE_STRING;
            case BOOLEAN -> value.isBoolean();
            case INTEGER, POSITIVE -> value == JsonToken.VALUE_NUMBER_INT;
            case NUMBER -> value.isNumeric();
            case ARRAY -> value == JsonToken.START_ARRAY;
            case OBJECT -> value == JsonToken.START_OBJECT;
            case STRING_OR_ARRAY, STRING_OR_PARTS -> value == JsonToken.VALUE_STRING || value == JsonToken.START_ARRAY;
            case STRING_OR_OBJECT -> value == JsonToken.VALUE_STRING || value == JsonToken.START_OBJECT;
        };
    }
}
