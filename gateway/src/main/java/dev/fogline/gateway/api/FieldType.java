package dev.fogline.gateway.api;

import com.fasterxml.jackson.core.JsonToken;
import java.util.Map;

/** What the API reference says a known top-level field holds; unknown fields pass through unseen. */
enum FieldType {
    STRING("a string"),
    BOOLEAN("true or false"),
    INTEGER("an integer"),
    POSITIVE("an integer of at least 1"),
    NUMBER("a number"),
    ARRAY("an array"),
    OBJECT("an object"),
    STRING_OR_ARRAY("a string or an array"),
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
            Map.entry("user", STRING));

    private final String words;

    FieldType(String words) {
        this.words = words;
    }

    static boolean knows(String field) {
        return KNOWN.containsKey(field);
    }

    /** Refuses a known field whose value has another type. */
    static void check(String field, JsonToken value) {
        FieldType type = KNOWN.get(field);
        if (type != null && !type.fits(value)) {
            throw new FailureException(new Failure.Invalid("'" + field + "' must be " + type.words, field));
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
            case STRING_OR_ARRAY -> value == JsonToken.VALUE_STRING || value == JsonToken.START_ARRAY;
            case STRING_OR_OBJECT -> value == JsonToken.VALUE_STRING || value == JsonToken.START_OBJECT;
        };
    }
}
