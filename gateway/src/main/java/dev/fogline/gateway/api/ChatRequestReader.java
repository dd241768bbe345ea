package dev.fogline.gateway.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fogline.policies.privacy.Detectors;
import dev.fogline.policies.privacy.PromptScan;
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

    private final Detectors detectors;

    public ChatRequestReader(Detectors detectors) {
        this.detectors = detectors;
    }

    /** @throws FailureException when the body is no valid chat request; its message never quotes the body */
    public ChatRequest read(byte[] body) {
        requireUtf8Object(body);
        try (JsonParser parser = TextWalk.JSON.createParser(body)) {
            return new Reading(body, parser, PromptScan.with(detectors)).request();
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
    private static void requireUtf8Object(byte[] body) {
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
            this.texts = new TextWalk(scan);
        }

        ChatRequest request() throws IOException {
            parser.nextToken();
            Set<String> seen = new HashSet<>();
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
                    field(name);
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
                    scan.findings());
        }

        private void field(String name) throws IOException {
            switch (name) {
                case "model" -> model = parser.getText();
                case "messages" -> messages();
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
                default -> {
                    features.add(name);
                    if (!FieldType.knows(name)) {
                        texts.text(name, 0);
                    }
                    texts.value(parser);
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
            Set<String> seen = new HashSet<>();
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

        private void messages() throws IOException {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw invalid("each of 'messages' must be an object", "messages");
                }
                messages++;
                message();
            }
        }

        private void message() throws IOException {
            Set<String> seen = new HashSet<>();
            boolean role = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (!seen.add(name)) {
                    throw invalid("a field of a message is there twice", "messages");
                }
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "role" -> {
                        if (value != JsonToken.VALUE_STRING) {
                            throw invalid("'role' of a message must be a string", "messages");
                        }
                        role = true;
                        texts.leaf(parser);
                    }
                    case "content" -> content(value);
                    default -> {
                        texts.text(name, 0);
                        texts.value(parser);
                    }
                }
            }
            if (!role) {
                throw invalid("a message has no 'role'", "messages");
            }
        }

        private void content(JsonToken value) throws IOException {
            switch (value) {
                case VALUE_STRING -> texts.leaf(parser);
                case VALUE_NULL -> {}
                case START_ARRAY -> parts();
                default ->
                    throw invalid("'content' of a message must be a string, an array of parts or null", "messages");
            }
        }

        /** Parts of one message that follow each other are one text for the model, so a value may be cut between them. */
        private void parts() throws IOException {
            var joined = new StringBuilder();
            int textParts = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw invalid("each part of a 'content' must be an object", "messages");
                }
                String text = part();
                if (text != null) {
                    joined.append(text);
                    textParts++;
                }
            }
            if (textParts > 1) {
                texts.again(joined);
            }
        }

        /** The part's text, or null for any other kind of part. */
        private @Nullable String part() throws IOException {
            String type = "";
            String text = null;
            boolean remote = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if ("type".equals(name) && value == JsonToken.VALUE_STRING) {
                    type = parser.getText();
                } else if ("text".equals(name) && value == JsonToken.VALUE_STRING) {
                    text = parser.getText();
                    texts.leaf(parser);
                } else if ("image_url".equals(name) || "input_audio".equals(name) || "file".equals(name)) {
                    remote |= media();
                } else {
                    texts.text(name, 0);
                    texts.value(parser);
                }
            }
            switch (type) {
                case "text", "refusal" -> {}
                case "image_url" -> features.add("image");
                case "input_audio" -> features.add("audio");
                case "file" -> features.add("file");
                default -> features.add("unknown_part");
            }
            if (remote) {
                features.add("remote_media");
            }
            return "text".equals(type) ? text : null;
        }

        /**
         * Walks a media value: everything but the bytes themselves, which no detector can read.
         *
         * @return whether it names media elsewhere, which an engine would fetch
         */
        private boolean media() throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                return mediaSource("url");
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                texts.value(parser);
                return false;
            }
            boolean remote = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING) {
                    remote |= mediaSource(name);
                } else {
                    texts.value(parser);
                }
            }
            return remote;
        }

        private boolean mediaSource(String name) throws IOException {
            boolean inline = switch (name) {
                case "data", "file_data" -> true;
                case "url" -> parser.getText().startsWith("data:");
                default -> false;
            };
            if (!inline) {
                texts.leaf(parser);
            }
            return "url".equals(name) && !inline;
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
