package dev.fogline.policies.file;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads YAML into records and refuses whatever it does not know, with file, line and key. */
public final class StrictYaml {
    /** A file that people write is far smaller; a longer one is a mistake, or meant to hurt. */
    private static final int LONGEST = 1 << 20;

    private static final YAMLMapper MAPPER = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .addModule(new SimpleModule().addDeserializer(Duration.class, new Durations()))
            .addModule(YamlWords.module())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    private static final Map<Class<?>, Map<String, String>> NAMES = new ConcurrentHashMap<>();

    private StrictYaml() {}

    /**
     * @param source what the text is called in messages
     * @throws InvalidFileException with one sentence that names file, line, column and key
     */
    public static <T> T read(String source, String text, Class<T> type) {
        return read(source, text, type, Map.of());
    }

    /**
     * @param notBuilt keys that the language has and this version does not: path without indexes, such as
     *     {@code latency.hedge}, to the name of the feature
     */
    public static <T> T read(String source, String text, Class<T> type, Map<String, String> notBuilt) {
        if (text.length() > LONGEST) {
            throw new InvalidFileException(source + " is longer than " + LONGEST + " characters");
        }
        refuseAliases(source, text);
        try {
            T value = MAPPER.readerFor(type)
                    .without(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .withAttribute(Located.SOURCE, source)
                    .readValue(text);
            if (value == null) {
                throw new InvalidFileException(source + " is empty; it needs at least 'version: 1'");
            }
            KeyCheck.of(value).ifPresent(wrong -> {
                throw at(source, placeOf(text, wrong.pointer()), wrong.complaint());
            });
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw at(source, placeOf(text, e), unknown(e, notBuilt));
        } catch (InvalidFormatException e) {
            throw at(source, e.getLocation(), wrongWord(e, notBuilt));
        } catch (MismatchedInputException e) {
            String what = path(e).isEmpty() ? "the file" : "the key '" + path(e) + "'";
            throw at(source, e.getLocation(), what + " must be " + expected(e.getTargetType()));
        } catch (JsonMappingException e) {
            String what = path(e).isEmpty() ? "" : "the key '" + path(e) + "': ";
            if (e.getCause() instanceof StreamReadException syntax) {
                throw at(source, syntax.getLocation(), what + "this is not valid YAML: " + firstSentence(syntax));
            }
            throw at(source, e.getLocation(), what + firstSentence(e));
        } catch (JacksonException e) {
            throw at(source, e.getLocation(), "this is not valid YAML: " + firstSentence(e));
        } catch (StackOverflowError e) {
            throw new InvalidFileException(source + " is nested too deeply");
        }
    }

    /** Jackson reads {@code *name} as the text "name", which is never what was meant. */
    private static void refuseAliases(String source, String text) {
        if (text.indexOf('*') < 0) {
            return;
        }
        try (YAMLParser parser = MAPPER.getFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    throw at(
                            source,
                            parser.currentTokenLocation(),
                            "'*" + parser.getText() + "' stands for what is written elsewhere; write it out here");
                }
            }
        } catch (IOException unreadable) {
            // What is wrong is told by whoever reads it for what it says.
        }
    }

    /** What was read as a text that reads as the same. */
    public static String write(Record file) {
        try {
            return MAPPER.writeValueAsString(file);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read can be written", e);
        }
    }

    /** A record is made once all its keys are read, so Jackson's own place of an unknown one is where the record ends. */
    private static JsonLocation placeOf(String text, UnrecognizedPropertyException e) {
        String wanted = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "/" + step.getIndex() : "/" + step.getFieldName())
                .collect(Collectors.joining());
        JsonLocation place = placeOf(text, wanted);
        return place == null ? e.getLocation() : place;
    }

    /** Where the key with this pointer stands; of one that is missing, where what it belongs to begins. */
    private static @Nullable JsonLocation placeOf(String text, String pointer) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.getParsingContext().pathAsPointer().toString().equals(pointer)) {
                    return parser.currentTokenLocation();
                }
            }
        } catch (IOException unreadable) {
            return null;
        }
        return pointer.isEmpty() ? null : placeOf(text, pointer.substring(0, pointer.lastIndexOf('/')));
    }

    /** What the reader calls each component of a record. */
    static Map<String, String> names(Class<?> type) {
        return NAMES.computeIfAbsent(type, StrictYaml::introspected);
    }

    private static Map<String, String> introspected(Class<?> type) {
        return MAPPER.getDeserializationConfig().introspect(MAPPER.constructType(type)).findProperties().stream()
                .collect(Collectors.toMap(BeanPropertyDefinition::getInternalName, BeanPropertyDefinition::getName));
    }

    private static String unknown(UnrecognizedPropertyException e, Map<String, String> notBuilt) {
        String feature = feature(path(e), notBuilt);
        return feature != null
                ? notBuilt(path(e), feature)
                : "the key '" + path(e) + "' is unknown; the nearest known one is '"
                        + Nearest.to(e.getPropertyName(), e.getKnownPropertyIds()) + "'";
    }

    /** A value that is none of the words it may be, or a key of a map that is none. */
    private static String wrongWord(InvalidFormatException e, Map<String, String> notBuilt) {
        String key = path(e) + "." + e.getValue();
        String feature = feature(key, notBuilt);
        return feature != null
                ? notBuilt(key, feature)
                : "the key '" + path(e) + "' must be " + expected(e.getTargetType()) + nearest(e);
    }

    private static @Nullable String feature(String path, Map<String, String> notBuilt) {
        return notBuilt.get(path.replaceAll("\\[\\d+]", ""));
    }

    private static String notBuilt(String path, String feature) {
        return "the key '" + path + "' is not built yet: " + feature + "; take it out";
    }

    private static String nearest(InvalidFormatException e) {
        return e.getTargetType().isEnum() && !String.valueOf(e.getValue()).isBlank()
                ? "; the nearest is '"
                        + Nearest.to(String.valueOf(e.getValue()).toLowerCase(Locale.ROOT), words(e.getTargetType()))
                        + "'"
                : "";
    }

    private static InvalidFileException at(String source, @Nullable JsonLocation location, String message) {
        return location == null || location.getLineNr() < 1
                ? new InvalidFileException(source + ": " + message)
                : at(source, location.getLineNr(), location.getColumnNr(), message);
    }

    /** What is wrong with a value whose place is known. */
    public static InvalidFileException at(String source, int line, int column, String message) {
        return new InvalidFileException(
                source, line, column, source + " line " + line + ": " + message + " (column " + column + ")");
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + String.join(", ", words(type));
        }
        if (type == Integer.class || type == int.class) {
            return "a whole number";
        }
        if (type == Double.class || type == double.class) {
            return "a number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type == String.class ? "a text" : "a map of keys and values";
    }

    static List<String> words(Class<?> type) {
        return Stream.of(type.getEnumConstants()).map(StrictYaml::word).toList();
    }

    /** An enum's constant as it is written. */
    static String word(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT);
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step ->
                        step.getFieldName() == null ? "[" + (step.getIndex() + 1) + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    /** Jackson's messages end in class names and source references that help nobody; the cause of a record's own check is better. */
    private static String firstSentence(JacksonException e) {
        Throwable cause = e.getCause();
        String message = cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage();
        return String.valueOf(message).lines().findFirst().orElse("").replaceAll(" \\(class [^)]*\\)", "");
    }

    /** Durations are written as people write them: {@code 500ms}, {@code 60s}, {@code 10m}. */
    private static final class Durations extends StdScalarDeserializer<Duration> {
        private static final long serialVersionUID = 1L;
        private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

        Durations() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getText().strip();
            Matcher form = FORM.matcher(text);
            if (!form.matches() || Long.parseLong(form.group(1)) == 0) {
                throw new JsonMappingException(
                        parser, "'" + text + "' is no duration; write it like 500ms, 60s, 10m or 1h");
            }
            long count = Long.parseLong(form.group(1));
            return switch (form.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofHours(count);
            };
        }
    }
}
