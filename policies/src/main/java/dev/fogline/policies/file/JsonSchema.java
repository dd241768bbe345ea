package dev.fogline.policies.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@link StrictYaml} takes, as a JSON schema (draft 2020-12), so that editors complete keys and underline mistakes. It
 * says what the {@link Key}s say; what only a reader can tell, such as whether a condition is one, it leaves open.
 */
public final class JsonSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, String> notBuilt;

    private JsonSchema(Map<String, String> notBuilt) {
        this.notBuilt = notBuilt;
    }

    /**
     * @param notBuilt keys that the language has and this version has not, as for {@link StrictYaml#read}: no value of them
     *     is taken, and their description says why
     */
    public static String of(Class<? extends Record> file, String title, Map<String, String> notBuilt) {
        ObjectNode schema = JSON.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", title);
        schema.setAll(new JsonSchema(notBuilt).object(file, ""));
        return schema.toPrettyString() + "\n";
    }

    private ObjectNode object(Class<?> type, String prefix) {
        Map<String, String> names = StrictYaml.names(type);
        ObjectNode object = JSON.objectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = JSON.objectNode();
        var required = JSON.arrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            Key key = component.getAnnotation(Key.class);
            String name = names.getOrDefault(component.getName(), component.getName());
            ObjectNode property = content(component.getGenericType(), key, prefix + name);
            if (key != null) {
                property.put("description", description(key));
                if (key.required()) {
                    required.add(name);
                }
            }
            properties.set(name, property);
        }
        notBuiltWithin(prefix)
                .forEach(name -> properties.set(name, never("Not built yet: " + notBuilt.get(prefix + name))));
        object.set("properties", properties);
        if (!required.isEmpty()) {
            object.set("required", required);
        }
        return object;
    }

    private Stream<String> notBuiltWithin(String prefix) {
        return notBuilt.keySet().stream()
                .filter(path -> path.startsWith(prefix) && path.indexOf('.', prefix.length()) < 0)
                .map(path -> path.substring(prefix.length()))
                .sorted();
    }

    private static ObjectNode never(String description) {
        ObjectNode never = JSON.objectNode().put("description", description);
        never.set("not", JSON.objectNode());
        return never;
    }

    private static String description(Key key) {
        return Stream.of(
                        key.meaning(),
                        key.form(),
                        key.required() || key.normally().isEmpty() ? key.otherwise() : "`" + key.normally() + "`")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private ObjectNode content(Type located, @Nullable Key key, String path) {
        Type type = KeyDescription.unlocated(located);
        Class<?> raw = KeyDescription.raw(type);
        Type member = KeyDescription.members(type);
        if (member != null) {
            ObjectNode list = JSON.objectNode().put("type", "array");
            list.set("items", content(member, null, path));
            return list;
        }
        if (raw.isRecord()) {
            return object(raw, path + ".");
        }
        if (type instanceof ParameterizedType map && Map.class.isAssignableFrom(raw)) {
            ObjectNode object = JSON.objectNode().put("type", "object");
            object.set("propertyNames", content(map.getActualTypeArguments()[0], null, path));
            object.set("additionalProperties", content(map.getActualTypeArguments()[1], null, path));
            return object;
        }
        if (raw.isEnum()) {
            var words = JSON.arrayNode();
            StrictYaml.words(raw).forEach(words::add);
            ObjectNode word = JSON.objectNode().put("type", "string");
            word.set("enum", words);
            return word;
        }
        if (raw == Duration.class) {
            return JSON.objectNode().put("type", "string").put("pattern", "^\\d{1,9}(ms|s|m|h)$");
        }
        return number(raw, key);
    }

    private static ObjectNode number(Class<?> raw, @Nullable Key key) {
        ObjectNode value = JSON.objectNode();
        if (raw == int.class || raw == Integer.class) {
            value.put("type", "integer");
        } else if (raw == double.class || raw == Double.class) {
            value.put("type", "number");
        } else {
            return value.put("type", raw == boolean.class || raw == Boolean.class ? "boolean" : "string");
        }
        if (key != null && Double.isFinite(key.least())) {
            value.put("minimum", key.least());
        }
        if (key != null && Double.isFinite(key.most())) {
            value.put("maximum", key.most());
        }
        return value;
    }
}
