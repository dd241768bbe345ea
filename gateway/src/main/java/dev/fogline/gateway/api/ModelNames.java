package dev.fogline.gateway.api;

import dev.fogline.policies.Pin;
import dev.fogline.policies.Target;
import dev.fogline.policies.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@code model} of a request means. Resolved in this order: auto, edge, cloud; a target's id; a literal alias; the
 * upstream name of exactly one target; an alias with {@code *}, where the longest literal part wins.
 */
public final class ModelNames {
    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private final List<Target> targets;
    /** auto, edge, cloud, and the targets' ids. */
    private final Map<String, Pin> words = new LinkedHashMap<>();

    private final Map<String, String> aliases;
    /** Aliases with a star, the most specific first. */
    private final List<Map.Entry<String, String>> patterns;

    private final Set<String> listed;

    public ModelNames(Collection<Target> targets, Map<String, String> aliases) {
        this.targets = targets.stream().sorted().toList();
        words.put("auto", new Pin.None());
        words.put("edge", new Pin.ToTier(Tier.EDGE));
        words.put("cloud", new Pin.ToTier(Tier.CLOUD));
        this.targets.forEach(target -> words.putIfAbsent(target.id(), new Pin.ToTarget(target.id())));
        this.aliases = Map.copyOf(aliases);
        this.patterns = this.aliases.entrySet().stream()
                .filter(alias -> alias.getKey().contains("*"))
                .sorted(Comparator.comparing(Map.Entry::getKey, LONGEST_FIRST))
                .toList();
        var names = new LinkedHashSet<>(words.keySet());
        this.aliases.keySet().stream()
                .filter(name -> !name.contains("*"))
                .sorted()
                .forEach(names::add);
        this.listed = Collections.unmodifiableSet(names);
    }

    /** What the name pins; empty when nothing has that name. */
    public Optional<Pin> resolve(String name) {
        return word(name)
                .or(() -> Optional.ofNullable(name.contains("*") ? null : aliases.get(name))
                        .flatMap(this::word))
                .or(() -> upstreamName(name))
                .or(() -> patterns.stream()
                        .filter(pattern -> matches(pattern.getKey(), name))
                        .findFirst()
                        .flatMap(pattern -> word(pattern.getValue())));
    }

    /** What {@code GET /v1/models} lists: auto, edge, cloud, ids and literal aliases. */
    public Set<String> listed() {
        return listed;
    }

    private Optional<Pin> word(String name) {
        return Optional.ofNullable(words.get(name));
    }

    private Optional<Pin> upstreamName(String name) {
        var named = new ArrayList<Target>();
        for (Target target : targets) {
            if (target.model().equals(name)) {
                named.add(target);
            }
        }
        return named.size() == 1 ? Optional.of(new Pin.ToTarget(named.getFirst().id())) : Optional.empty();
    }

    private static boolean matches(String pattern, String name) {
        int star = pattern.indexOf('*');
        String before = pattern.substring(0, star);
        String after = pattern.substring(star + 1);
        return name.length() >= before.length() + after.length() && name.startsWith(before) && name.endsWith(after);
    }
}
