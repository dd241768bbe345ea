package dev.fogline.policies.privacy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What the texts of a request hold, by kinds and counts.
 *
 * @param findings how often each kind was found
 * @param values how many different values of each kind there are, as far as that is known: a conversation that grows
 *     repeats them
 * @param custom how often each entry of the policy's own was found, by its id; without any, a finding of
 *     {@link FindingKind#CUSTOM} may have been of each of them
 * @param subjects what they are about
 */
public record Content(
        Map<FindingKind, Integer> findings,
        Map<FindingKind, Integer> values,
        Map<String, Integer> custom,
        Set<Subject> subjects) {
    /** Of texts in which nothing was found. */
    public static final Content NOTHING = new Content(Map.of(), Map.of(), Map.of(), Set.of());

    public Content {
        findings = Map.copyOf(findings);
        values = Map.copyOf(values);
        custom = Map.copyOf(custom);
        subjects = Set.copyOf(subjects);
    }

    /** Each finding with a value of its own, and nothing else. */
    public static Content of(Map<FindingKind, Integer> findings) {
        return new Content(findings, findings, Map.of(), Set.of());
    }

    /** One of each kind. */
    public static Content of(Iterable<FindingKind> kinds) {
        var findings = new EnumMap<FindingKind, Integer>(FindingKind.class);
        kinds.forEach(kind -> findings.put(kind, 1));
        return of(findings);
    }

    /** How many different values of a kind there are, at least one if it was found. */
    public int values(FindingKind kind) {
        int found = findings.getOrDefault(kind, 0);
        return found == 0 ? 0 : Math.max(1, values.getOrDefault(kind, found));
    }

    /** The same without anything of some kinds. */
    public Content without(Set<FindingKind> kinds) {
        var other = new EnumMap<FindingKind, Integer>(FindingKind.class);
        other.putAll(findings);
        other.keySet().removeAll(kinds);
        return other.size() == findings.size()
                ? this
                : new Content(other, values, kinds.contains(FindingKind.CUSTOM) ? Map.of() : custom, subjects);
    }

    /** The same about something else. */
    public Content about(Set<Subject> others) {
        return new Content(findings, values, custom, others);
    }
}
