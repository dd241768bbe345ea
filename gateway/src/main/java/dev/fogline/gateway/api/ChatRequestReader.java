package dev.fogline.gateway.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fogline.policies.privacy.Detectors;
import dev.fogline.policies.privacy.PromptScan;
import dev.fogline.policies.privacy.TimeLimit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to {@link ChatRequest}, in one pass without a tree: checks the types of known fields, notes where the fields
 * stand so that the body can be forwarded byte for byte, and lets the detectors read every text.
 */
public final class ChatRequestReader {
    private static final int TOKENS_PER_MESSAGE = 4;
    private static final int MAX_FIELDS = 256;

    /** A temperature and the like of so few characters, such as 0.2 or -1.25, says nothing of anybody. */
    private static final int SHORT_SETTING = 5;

    private final Detectors detectors;
    private final TimeLimit.Clock clock;

    public ChatRequestReader(Detectors detectors) {
        this(detectors, DetectionClock.SYSTEM);
    }

    /** @param clock by which the detectors' time limit goes */
    ChatRequestReader(Detectors detectors, TimeLimit.Clock clock) {
        this.detectors = detectors;
        this.clock = clock;
    }

    /** @throws FailureException when the body is no valid chat request; its message never quotes the body */
    public ChatRequest read(byte[] body) {
        requireObject(body);
        if (!Utf8.isValid(body)) {
            throw invalid("the body is not valid UTF-8");
        }
        var limit = TimeLimit.of(body.length, clock);
        try (JsonParser parser = TextWalk.JSON.createParser(body)) {
            return new Reading(body, parser, PromptScan.with(detectors, limit)).request();
        } catch (JacksonException e) {
            // Jackson's own message quotes the input.
            throw invalid("the body is not valid JSON"
                    + (e.getLocation() == null
                            ? ""
                            : ": see byte " + Math.max(0, e.getLocation().getByteOffset())));
        } catch (IOException e) {
            throw invalid("the body is not valid UTF-8");
        }
    }

    /** Jackson would also take UTF-16 and UTF-32, whose offsets are not those of the bytes. */
    private static void requireObject(byte[] body) {
        int start = 0;
        while (start < body.length
                && (body[start] == ' ' || body[start] == '\n' || body[start] == '\r' || body[start] == '\t')) {
            start++;
        }
        if (start == body.length) {
            throw invalid("the body is empty; it must be a JSON object");
        }
        if (body[start] != '{' || (start + 1 < body.length && body[start + 1] == 0)) {
            throw invalid("the body must be a JSON object in UTF-8 without a byte order mark");
        }
    }

    private static FailureException invalid(String message) {
        return new FailureException(new Failure.Invalid(message));
    }

    private static FailureException invalid(String message, String param) {
        return new FailureException(new Failure.Invalid(message, param));
    }

    /** The state of one pass. */
    private static final class Reading {
        private final byte[] body;
        private final JsonParser parser;
        private final PromptScan scan;
        private final TextWalk texts;
        private final List<BodyField> fields = new ArrayList<>();
        private final Set<String> features = new HashSet<>();
        private @Nullable BodyField includeUsageField;
        private boolean includeUsage;
        private @Nullable String model;
        private boolean stream;
        private int maxTokens;
        private int choices = 1;
        private int messages;

        Reading(byte[] body, JsonParser parser, PromptScan scan) {
            this.body = body;
            this.parser = parser;
            this.scan = scan;
            this.texts = new TextWalk(scan, body);
        }

        ChatRequest request() throws IOException {
            parser.nextToken();
            var seen = new FieldNames();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                int keyStart = tokenStart();
                if (!seen.add(name)) {
                    throw invalid("a field of the body is there twice");
                }
                if (seen.size() > MAX_FIELDS) {
                    throw invalid("the body has more than " + MAX_FIELDS + " fields");
                }
                JsonToken value = parser.nextToken();
                int valueStart = tokenStart();
                if (value != JsonToken.VALUE_NULL) {
                    FieldType.check(name, value);
                    field(name, value);
                }
                fields.add(new BodyField(name, keyStart, valueStart, tokenEnd()));
            }
            if (parser.nextToken() != null) {
                throw invalid("there is something after the end of the JSON object");
            }
            if (model == null) {
                throw invalid("'model' is missing; use auto, edge, cloud or a name from /v1/models", "model");
            }
            if (messages == 0) {
                throw invalid("'messages' is missing or empty", "messages");
            }
            return new ChatRequest(
                    body,
                    List.copyOf(fields),
                    includeUsageField,
                    model,
                    stream,
                    includeUsage,
                    texts.tokens() + messages * TOKENS_PER_MESSAGE,
                    messages,
                    texts.language(),
                    maxTokens,
                    choices,
                    Set.copyOf(features),
                    scan.sensitivity(),
                    scan.content(),
                    scan.fixed(),
                    texts.found());
        }

        private void field(String name, JsonToken value) throws IOException {
            switch (name) {
                case "model" -> model = parser.getText();
                case "messages" -> messages = new Messages(parser, texts, features).read();
                case "stream" -> stream = parser.getBooleanValue();
                case "stream_options" -> streamOptions();
                case "max_tokens", "max_completion_tokens" -> maxTokens = Math.max(maxTokens, positive(name));
                case "n" -> {
                    choices = positive(name);
                    if (choices > 1) {
                        features.add(name);
                    }
                }
                case "logprobs" -> {
                    if (parser.getBooleanValue()) {
                        features.add(name);
                    }
                }
                case "tools", "functions" -> {
                    if (array()) {
                        features.add(name);
                    }
                }
                case "modalities" -> modalities();
                case "user", "safety_identifier", "prompt_cache_key" -> {
                    features.add(name);
                    texts.hashed(parser);
                }
                default -> {
                    if (value.isNumeric() && FieldType.knows(name) && !Double.isFinite(parser.getDoubleValue())) {
                        throw invalid("'" + name + "' is larger than any number that models compute with", name);
                    }
                    features.add(name);
                    if (!FieldType.knows(name)) {
                        texts.text(name, 0);
                    }
                    if (FieldType.isSetting(name) && parser.getTextLength() <= SHORT_SETTING) {
                        texts.known(parser.getTextLength());
                    } else {
                        texts.value(parser);
                    }
                }
            }
        }

        private int positive(String name) throws IOException {
            if (parser.getNumberType() != JsonParser.NumberType.INT || parser.getIntValue() < 1) {
                throw invalid("'" + name + "' must be an integer from 1 to 2147483647", name);
            }
            return parser.getIntValue();
        }

        /** Walks an array; true if it holds anything. */
        private boolean array() throws IOException {
            boolean any = false;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                any = true;
                texts.value(parser);
            }
            return any;
        }

        private void modalities() throws IOException {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() == JsonToken.VALUE_STRING && "audio".equals(parser.getText())) {
                    features.add("audio");
                }
                texts.value(parser);
            }
        }

        private void streamOptions() throws IOException {
            var seen = new FieldNames();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                int keyStart = tokenStart();
                if (!seen.add(name)) {
                    throw invalid("a field of 'stream_options' is there twice", "stream_options");
                }
                JsonToken value = parser.nextToken();
                int valueStart = tokenStart();
                if (!"include_usage".equals(name)) {
                    texts.text(name, 0);
                    texts.value(parser);
                    continue;
                }
                if (value != JsonToken.VALUE_NULL && !value.isBoolean()) {
                    throw invalid("'stream_options.include_usage' must be true or false", "stream_options");
                }
                includeUsage = value == JsonToken.VALUE_TRUE;
                includeUsageField = new BodyField(name, keyStart, valueStart, tokenEnd());
            }
        }

        private int tokenStart() {
            return (int) parser.currentTokenLocation().getByteOffset();
        }

        /** Jackson reads a string only when asked; without that the end of the token is not known. */
        private int tokenEnd() throws IOException {
            parser.finishToken();
            return (int) parser.currentLocation().getByteOffset();
        }
    }
}
