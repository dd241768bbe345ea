package dev.fogline.policies.file;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A value and where it stands, for errors that show only when the whole file, and what it builds on, has been read.
 *
 * @param source what its file is called in messages
 * @param line from 1
 * @param column from 1
 */
@JsonDeserialize(using = Located.Reader.class)
public record Located<T>(T value, String source, int line, int column) {
    static final String SOURCE = "source";

    @Override
    @JsonValue
    public T value() {
        return value;
    }

    /** That the value is wrong, with its place. */
    public InvalidFileException wrong(String message) {
        return StrictYaml.at(source, line, column, message);
    }

    /** Reads the value as its own type would be read. */
    static final class Reader extends JsonDeserializer<Located<?>> implements ContextualDeserializer {
        private final @Nullable JavaType content;

        Reader() {
            this(null);
        }

        private Reader(@Nullable JavaType content) {
            this.content = content;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
            JavaType type = context.getContextualType();
            if (type == null && property != null) {
                type = property.getType();
            }
            return new Reader(type == null ? null : type.containedType(0));
        }

        @Override
        public Located<?> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (content == null) {
                throw new IllegalStateException("a located value has a type");
            }
            JsonLocation at = parser.currentTokenLocation();
            return new Located<>(
                    context.readValue(parser, content),
                    String.valueOf(context.getAttribute(SOURCE)),
                    at.getLineNr(),
                    at.getColumnNr());
        }
    }
}
