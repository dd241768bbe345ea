package dev.fogline.policies.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fogline.policies.evaluation.LabelledRow.Span;
import dev.fogline.policies.file.InvalidFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads labelled texts: JSON lines with {@code text}, and {@code spans}, {@code units} or {@code kind}. */
final class LabelledRows {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String file;
    private int line;

    private LabelledRows(String file) {
        this.file = file;
    }

    /** @throws InvalidFileException that names the line and does not quote it */
    static List<LabelledRow> read(String file, String lines) {
        var reader = new LabelledRows(file);
        var rows = new ArrayList<LabelledRow>();
        lines.lines().forEach(line -> {
            reader.line++;
            if (!line.isBlank()) {
                rows.add(reader.row(line));
            }
        });
        if (rows.isEmpty()) {
            throw new InvalidFileException(file + " holds no rows");
        }
        return rows;
    }

    private LabelledRow row(String json) {
        JsonNode row;
        try {
            row = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw wrong("this is no JSON");
        }
        if (!row.isObject()) {
            throw wrong("a row is a JSON object");
        }
        if (!row.path("text").isTextual()) {
            throw wrong("the key 'text' must be a text");
        }
        String text = row.path("text").textValue();
        return new LabelledRow(
                text,
                spans(row, text.length()),
                units(row),
                positive(row),
                row.path("lang").asText().equals("code"));
    }

    private Optional<List<Span>> spans(JsonNode row, int length) {
        if (!row.has("spans")) {
            return Optional.empty();
        }
        var spans = new ArrayList<Span>();
        for (JsonNode span : list(row, "spans")) {
            if (!span.path("s").isInt()
                    || !span.path("e").isInt()
                    || !span.path("t").isTextual()) {
                throw wrong("a member of 'spans' needs 's', 'e' (whole numbers) and 't' (text)");
            }
            int start = span.path("s").intValue();
            int end = span.path("e").intValue();
            if (start < 0 || end <= start || end > length) {
                throw wrong(
                        "the span from " + start + " to " + end + " is not within a text of " + length + " characters");
            }
            spans.add(new Span(start, end, span.path("t").textValue()));
        }
        return Optional.of(spans);
    }

    private Optional<List<String>> units(JsonNode row) {
        if (!row.has("units")) {
            return Optional.empty();
        }
        var units = new ArrayList<String>();
        for (JsonNode unit : list(row, "units")) {
            if (!unit.isTextual()) {
                throw wrong("a member of 'units' must be a text");
            }
            if (!unit.textValue().isBlank()) {
                units.add(unit.textValue());
            }
        }
        return Optional.of(units);
    }

    private Optional<Boolean> positive(JsonNode row) {
        return switch (row.path("kind").asText()) {
            case "pos" -> Optional.of(true);
            case "neg" -> Optional.of(false);
            case "" -> Optional.empty();
            default -> throw wrong("the key 'kind' must be pos or neg");
        };
    }

    private JsonNode list(JsonNode row, String key) {
        if (!row.path(key).isArray()) {
            throw wrong("the key '" + key + "' must be a list");
        }
        return row.path(key);
    }

    private InvalidFileException wrong(String what) {
        return new InvalidFileException(file + " line " + line + ": " + what);
    }
}
