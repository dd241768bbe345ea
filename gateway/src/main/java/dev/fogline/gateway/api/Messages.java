package dev.fogline.gateway.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code messages} of a request: their shape, what kinds of parts they hold, and every text in them. */
final class Messages {
    /** Words of the API, in which there is nothing to find. */
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");

    private final JsonParser parser;
    private final TextWalk texts;
    private final Set<String> features;

    /** @param features gets the kinds of parts, see {@code RequestFacts} */
    Messages(JsonParser parser, TextWalk texts, Set<String> features) {
        this.parser = parser;
        this.texts = texts;
        this.features = features;
    }

    /** Reads the array at whose beginning the parser stands, and says how many there are. */
    int read() throws IOException {
        int messages = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw invalid("each of 'messages' must be an object");
            }
            messages++;
            message();
        }
        return messages;
    }

    private void message() throws IOException {
        var seen = new FieldNames();
        boolean role = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (!seen.add(name)) {
                throw invalid("a field of a message is there twice");
            }
            JsonToken value = parser.nextToken();
            FieldType.checkInMessage(name, value);
            switch (name) {
                case "role" -> {
                    role = value == JsonToken.VALUE_STRING;
                    if (role && ROLES.contains(parser.getText())) {
                        texts.known(parser.getTextLength());
                    } else {
                        texts.leaf(parser);
                    }
                }
                case "content" -> content(value);
                case "reasoning_content", "reasoning", "refusal" -> {
                    if (value == JsonToken.VALUE_STRING) {
                        texts.prose(parser);
                    } else {
                        texts.value(parser);
                    }
                }
                case "tool_calls", "function_call" -> texts.calls(parser);
                default -> {
                    texts.text(name, 0);
                    texts.value(parser);
                }
            }
        }
        if (!role) {
            throw invalid("a message has no 'role'");
        }
    }

    private void content(JsonToken value) throws IOException {
        if (value == JsonToken.START_ARRAY) {
            parts();
        } else {
            texts.prose(parser);
        }
    }

    /** Parts of one message that follow each other are one text for the model, so a value may be cut between them. */
    private void parts() throws IOException {
        var joined = new StringBuilder();
        var ends = new ArrayList<Integer>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw invalid("each part of a 'content' must be an object");
            }
            String text = part();
            if (text != null) {
                joined.append(text);
                ends.add(joined.length());
            }
        }
        if (ends.size() > 1) {
            texts.again(joined, ends.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    /** The part's text, or null for any other kind of part. */
    private @Nullable String part() throws IOException {
        var seen = new FieldNames();
        String type = "";
        String text = null;
        boolean media = false;
        boolean remote = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            // Of two types we would judge by one and the target perhaps by the other.
            if (!seen.add(name)) {
                throw invalid("a field of a content's part is there twice");
            }
            JsonToken value = parser.nextToken();
            FieldType.checkInPart(name, value);
            switch (name) {
                case "type" -> type = value == JsonToken.VALUE_NULL ? "" : parser.getText();
                case "text" -> {
                    text = value == JsonToken.VALUE_NULL ? null : parser.getText();
                    texts.prose(parser);
                }
                case "image_url", "input_audio", "file" -> {
                    media = true;
                    remote |= media();
                }
                default -> {
                    texts.text(name, 0);
                    texts.value(parser);
                }
            }
        }
        switch (type) {
            case "text", "refusal" -> {}
            case "image_url" -> features.add("image");
            case "input_audio" -> features.add("audio");
            case "file" -> features.add("file");
            default -> features.add("unknown_part");
        }
        if (media || !(type.equals("text") || type.equals("refusal"))) {
            texts.unreadable();
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

    private static FailureException invalid(String message) {
        return new FailureException(new Failure.Invalid(message, "messages"));
    }
}
