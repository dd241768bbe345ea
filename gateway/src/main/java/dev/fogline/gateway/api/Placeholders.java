package dev.fogline.gateway.api;

import dev.fogline.policies.privacy.FindingKind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands for the values of one request, such as <code>⟦EMAIL_1⟧</code>: one value, one placeholder. Capitals, a number and
 * brackets that hardly any text has are what models copy as they are; JSON needs no escapes for them, Markdown and HTML give
 * them no meaning, and an answer's text is seldom held back for nothing. The bracket at the end keeps any from being the
 * beginning of another.
 *
 * <p>They are numbered as they first appear, so that a conversation that grows keeps its own, and nothing is stored.
 */
public final class Placeholders {
    static final char OPENER = '\u27e6';
    static final char CLOSER = '\u27e7';

    /** What looks like one of them: ours, one that a model altered, or one that somebody typed. */
    static final Pattern ALIKE = Pattern.compile("\u27e6[A-Za-z][A-Za-z_ -]{0,40}[0-9]{1,9} ?\u27e7");

    private final Map<String, String> byValue = new HashMap<>();
    private final TreeMap<String, String> values = new TreeMap<>();
    private final TreeMap<String, String> inJson = new TreeMap<>();
    private final Map<FindingKind, Integer> last = new EnumMap<>(FindingKind.class);
    private final Set<String> typed;
    private @Nullable String first;

    /** @param typed what the request itself holds that looks like a placeholder: it stays what it is */
    Placeholders(Set<String> typed) {
        this.typed = typed;
    }

    /**
     * @param values in the order in which they first appear
     * @param redact kinds of which nothing is restored
     */
    static Placeholders of(SequencedMap<String, FindingKind> values, Set<FindingKind> redact, Set<String> typed) {
        var placeholders = new Placeholders(typed);
        values.forEach((value, kind) -> {
            if (redact.contains(kind)) {
                placeholders.byValue.put(value, "[REDACTED:" + kind.id() + "]");
            } else {
                placeholders.add(value, kind);
            }
        });
        return placeholders;
    }

    private void add(String value, FindingKind kind) {
        String name;
        do {
            name = OPENER + kind.name() + "_" + last.merge(kind, 1, Integer::sum) + CLOSER;
        } while (typed.contains(name));
        byValue.put(value, name);
        values.put(name, value);
        // Inside the JSON of a tool's arguments some engines escape what is not ASCII.
        String escaped = JsonText.escaped(value);
        String inside = name.substring(1, name.length() - 1);
        inJson.put(name, escaped);
        inJson.put("\\u27e6" + inside + "\\u27e7", escaped);
        inJson.put("\\u27E6" + inside + "\\u27E7", escaped);
        if (first == null) {
            first = name;
        }
    }

    /** What stands for a value. */
    String of(String value) {
        String placeholder = byValue.get(value);
        if (placeholder == null) {
            throw new IllegalStateException("a value without a placeholder");
        }
        return placeholder;
    }

    /** One that can be restored, as an example. */
    Optional<String> first() {
        return Optional.ofNullable(first);
    }

    /** Whether there is anything to restore. */
    boolean any() {
        return !values.isEmpty();
    }

    /** @param json for text that is itself JSON, where values are escaped */
    NavigableMap<String, String> restorable(boolean json) {
        return json ? inJson : values;
    }

    boolean typed(String alike) {
        return typed.contains(alike);
    }
}
