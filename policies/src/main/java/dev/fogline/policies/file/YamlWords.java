package dev.fogline.policies.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Duration;

/** Writes enums and durations as people write them. */
final class YamlWords {
    private YamlWords() {}

    static SimpleModule module() {
        return new SimpleModule("words")
                .addSerializer(Enum.class, new Word())
                .addKeySerializer(Enum.class, new WordOfKey())
                .addSerializer(Duration.class, new Milliseconds());
    }

    @SuppressWarnings("rawtypes")
    private static final class Word extends JsonSerializer<Enum> {
        @Override
        public void serialize(Enum value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(StrictYaml.word(value));
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class WordOfKey extends JsonSerializer<Enum> {
        @Override
        public void serialize(Enum value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeFieldName(StrictYaml.word(value));
        }
    }

    private static final class Milliseconds extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toMillis() + "ms");
        }
    }
}
