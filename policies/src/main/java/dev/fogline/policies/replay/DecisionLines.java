package dev.fogline.policies.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fogline.policies.file.InvalidFileException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Lines of the decision log: one JSON object each, names with underscores. */
public final class DecisionLines {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectReader READER = MAPPER.readerFor(LoggedDecision.class);

    private DecisionLines() {}

    /** The line, with its end. */
    public static byte[] write(LoggedDecision decision) {
        ByteBuffer line = new DecisionLineWriter().write(decision);
        return Arrays.copyOf(line.array(), line.limit());
    }

    /**
     * @param file what the log is called in messages
     * @param number of the line, from 1
     * @throws InvalidFileException when the line is none of ours; the message does not quote it
     */
    public static LoggedDecision read(String file, long number, String line) {
        LoggedDecision decision;
        try {
            decision = READER.readValue(line);
        } catch (JsonMappingException e) {
            String key = e.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + (step.getIndex() + 1) + "]" : step.getFieldName())
                    .collect(Collectors.joining("."));
            throw wrong(file, number, key.isEmpty() ? "this is no logged decision" : "the key '" + key + "' is wrong");
        } catch (JacksonException e) {
            throw wrong(file, number, "this is no JSON object");
        }
        if (decision == null || decision.v() != LoggedDecision.VERSION) {
            throw wrong(file, number, "the key 'v' must be " + LoggedDecision.VERSION);
        }
        if (decision.facts() == null
                || decision.fleet() == null
                || decision.moment() == null
                || decision.decision() == null
                || decision.at() == null) {
            throw wrong(file, number, "it needs 'at', 'facts', 'fleet', 'moment' and 'decision'");
        }
        return decision;
    }

    static InvalidFileException wrong(String file, long number, String what) {
        return new InvalidFileException(file + " line " + number + ": " + what);
    }

    /** Other values of this package, for people and programs. */
    public static String pretty(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of plain values can be written", e);
        }
    }
}
