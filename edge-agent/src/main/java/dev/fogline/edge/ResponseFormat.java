package dev.fogline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The form of the answer. A schema becomes a grammar inside the engine, and a grammar that is nested deep or refers to
 * elsewhere has crashed engines, so both are bounded here.
 */
final class ResponseFormat {
    static final String EXPECTED =
            "text, json_object, or json_schema with a schema of at most 32 levels and 5000 values"
                    + " that refers only to itself";

    private static final int DEPTH = 32;
    private static final int VALUES = 5_000;

    private ResponseFormat() {}

    static boolean valid(JsonNode format) {
        return switch (format.path("type").asText()) {
            case "text", "json_object" -> true;
            case "json_schema" -> {
                JsonNode schema = format.path("json_schema").path("schema");
                yield schema.isObject() && count(schema, DEPTH) <= VALUES;
            }
            default -> false;
        };
    }

    /** Values inside, or more than allowed when it is too deep or refers to elsewhere. */
    private static int count(JsonNode node, int depth) {
        if (depth == 0
                || (node.path("$ref").isTextual() && !node.path("$ref").asText().startsWith("#"))) {
            return VALUES + 1;
        }
        int values = 1;
        for (JsonNode child : node) {
            values += count(child, depth - 1);
            if (values > VALUES) {
                return values;
            }
        }
        return values;
    }

    /** Of a valid one: its known fields. */
    static ObjectNode rebuild(JsonNode format) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.set("type", format.path("type"));
        JsonNode asked = format.path("json_schema");
        if (format.path("type").asText().equals("json_schema")) {
            ObjectNode schema = out.putObject("json_schema");
            for (String field : new String[] {"name", "strict", "schema"}) {
                if (asked.has(field)) {
                    schema.set(field, asked.path(field));
                }
            }
        }
        return out;
    }
}
