package dev.fogline.policies.file;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what was read against its {@link Key}s: whether all that is required is there and every number is in its range.
 *
 * @param pointer JSON pointer to where it is wrong
 * @param complaint without the file and the line
 */
record KeyCheck(String pointer, String complaint) {

    /** The first thing that is wrong, in the order of the components. */
    static Optional<KeyCheck> of(Object file) {
        return file instanceof Record entry ? inside(entry, "", "") : Optional.empty();
    }

    private static Optional<KeyCheck> inside(Record entry, String pointer, String prefix) {
        Map<String, String> names = StrictYaml.names(entry.getClass());
        for (RecordComponent component : entry.getClass().getRecordComponents()) {
            String name = names.getOrDefault(component.getName(), component.getName());
            Key key = component.getAnnotation(Key.class);
            Object value = unlocated(valueOf(entry, component));
            Optional<KeyCheck> wrong = value == null
                    ? missing(key, pointer, prefix + name)
                    : in(value, key, pointer + "/" + name, prefix + name);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<KeyCheck> in(Object value, @Nullable Key key, String pointer, String path) {
        return switch (value) {
            case Record entry -> inside(entry, pointer, path + ".");
            case Collection<?> list -> members(list, pointer, path);
            case Map<?, ?> map -> members(map, pointer, path);
            case Number number
            when key != null && !(number.doubleValue() >= key.least() && number.doubleValue() <= key.most()) ->
                Optional.of(new KeyCheck(pointer, "the key '" + path + "' must be" + KeyDescription.range(key)));
            default -> Optional.empty();
        };
    }

    private static Optional<KeyCheck> members(Collection<?> list, String pointer, String path) {
        int index = 0;
        for (Object listed : list) {
            Object member = unlocated(listed);
            String at = pointer + "/" + index++;
            String within = path + "[" + index + "]";
            Optional<KeyCheck> wrong = member == null ? empty(at, within) : in(member, null, at, within);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<KeyCheck> members(Map<?, ?> map, String pointer, String path) {
        for (var member : map.entrySet()) {
            String name =
                    member.getKey() instanceof Enum<?> word ? StrictYaml.word(word) : String.valueOf(member.getKey());
            String at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            String within = path + "." + name;
            Object value = unlocated(member.getValue());
            Optional<KeyCheck> wrong = value == null ? empty(at, within) : in(value, null, at, within);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<KeyCheck> missing(@Nullable Key key, String pointer, String path) {
        return key != null && key.required()
                ? Optional.of(new KeyCheck(pointer, "the key '" + path + "' is missing; it is: " + key.meaning()))
                : Optional.empty();
    }

    private static Optional<KeyCheck> empty(String pointer, String path) {
        return Optional.of(new KeyCheck(pointer, "the key '" + path + "' has an empty value"));
    }

    private static @Nullable Object unlocated(@Nullable Object value) {
        return value instanceof Located<?> located ? located.value() : value;
    }

    private static @Nullable Object valueOf(Record entry, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(entry);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }
}
