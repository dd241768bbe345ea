package dev.fogline.policies.file;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One row of a reference page.
 *
 * @param path such as {@code targets[].limits.connect}; {@code []} stands for each member of a list
 * @param value what is taken, in Markdown; empty for a key that only holds others
 * @param normally what holds without it, in Markdown; empty for a key that only holds others
 */
public record KeyDescription(String path, String value, String normally, Key key) {

    /**
     * Every key that {@link StrictYaml} takes in a file of this type, in the order of its components.
     *
     * @throws IllegalStateException if one has no {@link Key}
     */
    public static List<KeyDescription> of(Class<? extends Record> file) {
        var all = new ArrayList<KeyDescription>();
        collect("", file, all);
        return List.copyOf(all);
    }

    private static void collect(String prefix, Class<?> type, List<KeyDescription> all) {
        Map<String, String> names = StrictYaml.names(type);
        if (names.size() != type.getRecordComponents().length) {
            throw new IllegalStateException(type.getName() + " is read with other keys than it has components");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            Key key = component.getAnnotation(Key.class);
            if (key == null) {
                throw new IllegalStateException(type.getName() + " does not describe " + component.getName());
            }
            Type content = unlocated(component.getGenericType());
            String path = prefix + names.get(component.getName());
            Type member = members(content);
            Class<?> keys = raw(member == null ? content : member);
            all.add(new KeyDescription(
                    path, keys.isRecord() ? "" : value(content, key), keys.isRecord() ? "" : normally(key), key));
            if (keys.isRecord()) {
                collect(path + (member == null ? "." : "[]."), keys, all);
            }
        }
    }

    private static String value(Type type, Key key) {
        if (!key.form().isEmpty()) {
            return key.form();
        }
        Class<?> raw = raw(type);
        Type member = members(type);
        if (member != null) {
            return "list: " + value(member, key);
        }
        if (type instanceof ParameterizedType map && Map.class.isAssignableFrom(raw)) {
            Type[] types = map.getActualTypeArguments();
            return "map: " + value(types[0], key) + " → " + value(unlocated(types[1]), key);
        }
        if (raw.isEnum()) {
            return StrictYaml.words(raw).stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
        }
        if (raw == Duration.class) {
            return "duration";
        }
        if (raw == int.class || raw == Integer.class) {
            return "whole number" + range(key);
        }
        return raw == double.class || raw == Double.class ? "number" + range(key) : "text";
    }

    /** In words, empty without bounds. */
    static String range(Key key) {
        if (key.least() == Double.NEGATIVE_INFINITY) {
            return "";
        }
        if (key.least() == key.most()) {
            return " " + plain(key.least());
        }
        return " from " + plain(key.least())
                + (key.most() == Double.POSITIVE_INFINITY ? "" : " to " + plain(key.most()));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String normally(Key key) {
        if (key.required()) {
            return "required";
        }
        return key.normally().isEmpty()
                ? (key.otherwise().isEmpty() ? "none" : key.otherwise())
                : "`" + key.normally() + "`";
    }

    static Type unlocated(Type type) {
        return raw(type) == Located.class ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
    }

    static @Nullable Type members(Type type) {
        return Collection.class.isAssignableFrom(raw(type))
                ? unlocated(((ParameterizedType) type).getActualTypeArguments()[0])
                : null;
    }

    static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type);
    }
}
