package dev.fogline.gateway.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fogline.policies.Usage;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Fogline needs to know of a chat answer or of one chunk of it; everything else is relayed unread.
 *
 * @param choices how many it holds
 * @param hasContent non-empty content, reasoning, refusal or tool call
 * @param finished a choice has its {@code finish_reason}
 * @param usage null when absent or {@code null}; all zero when it says nothing
 * @param error it reports an error instead of an answer
 */
record AnswerFacts(
        int choices,
        boolean hasContent,
        boolean finished,
        @Nullable Usage usage,
        String model,
        boolean error) {

    /** Empty when the bytes are no JSON object. */
    static Optional<AnswerFacts> read(byte[] bytes, int start, int length) {
        try (JsonParser parser = TextWalk.JSON.createParser(bytes, start, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            var reading = new Reading(parser);
            reading.answer();
            return parser.nextToken() == null ? Optional.of(reading.facts()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static final class Reading {
        private final JsonParser parser;
        private int choices;
        private boolean hasContent;
        private boolean finished;
        private @Nullable Usage usage;
        private String model = "";
        private boolean error;

        Reading(JsonParser parser) {
            this.parser = parser;
        }

        AnswerFacts facts() {
            return new AnswerFacts(choices, hasContent, finished, usage, model, error);
        }

        void answer() throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "choices" -> choices(value);
                    case "usage" -> usage(value);
                    case "model" -> model = value == JsonToken.VALUE_STRING ? parser.getText() : "";
                    case "error" -> {
                        error = value != JsonToken.VALUE_NULL;
                        parser.skipChildren();
                    }
                    default -> parser.skipChildren();
                }
            }
        }

        private void choices(JsonToken value) throws IOException {
            if (value != JsonToken.START_ARRAY) {
                return;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                choices++;
                if (parser.currentToken() == JsonToken.START_OBJECT) {
                    choice();
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void choice() throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "delta", "message" -> message(value);
                    case "finish_reason" -> finished |= value == JsonToken.VALUE_STRING;
                    // Moonshot puts the usage of a stream into its last choice.
                    case "usage" -> usage(value);
                    default -> parser.skipChildren();
                }
            }
        }

        private void message(JsonToken value) throws IOException {
            if (value != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken inside = parser.nextToken();
                switch (name) {
                    case "content", "reasoning_content", "reasoning", "refusal" ->
                        hasContent |= inside == JsonToken.VALUE_STRING && parser.getTextLength() > 0;
                    case "tool_calls" -> {
                        hasContent |= inside == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY;
                        skipRestOfArray(inside);
                        continue;
                    }
                    case "function_call" -> hasContent |= inside == JsonToken.START_OBJECT;
                    default -> {}
                }
                parser.skipChildren();
            }
        }

        private void skipRestOfArray(JsonToken opening) throws IOException {
            if (opening != JsonToken.START_ARRAY) {
                parser.skipChildren();
                return;
            }
            while (parser.currentToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
                parser.nextToken();
            }
        }

        private void usage(JsonToken value) throws IOException {
            if (value != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return;
            }
            usage = TokenCounts.read(parser);
        }
    }
}
