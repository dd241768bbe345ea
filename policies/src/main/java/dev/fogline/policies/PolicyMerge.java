package dev.fogline.policies;

import dev.fogline.policies.PolicyFile.CombinationEntry;
import dev.fogline.policies.PolicyFile.CostEntry;
import dev.fogline.policies.PolicyFile.CustomEntry;
import dev.fogline.policies.PolicyFile.FactsEntry;
import dev.fogline.policies.PolicyFile.MaskEntry;
import dev.fogline.policies.PolicyFile.PrivacyEntry;
import dev.fogline.policies.PolicyFile.RuleEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy on top of the one that it extends: what it says holds, what it does not say stays. A rule with the id of one below
 * takes its place; others come after those below.
 */
final class PolicyMerge {
    private PolicyMerge() {}

    static PolicyFile of(PolicyFile above, PolicyFile below) {
        return new PolicyFile(
                above.version(),
                above.name(),
                null,
                either(above.defaults(), below.defaults()),
                facts(above.facts(), below.facts()),
                privacy(above.privacy(), below.privacy()),
                rules(above.rules(), below.rules()),
                either(above.latency(), below.latency()),
                cost(above.cost(), below.cost()),
                either(above.prefer(), below.prefer()),
                either(above.failover(), below.failover()));
    }

    private static @Nullable FactsEntry facts(@Nullable FactsEntry above, @Nullable FactsEntry below) {
        return above == null || below == null
                ? either(above, below)
                : new FactsEntry(either(above.zone(), below.zone()), both(above.headers(), below.headers()));
    }

    private static @Nullable PrivacyEntry privacy(@Nullable PrivacyEntry above, @Nullable PrivacyEntry below) {
        return above == null || below == null
                ? either(above, below)
                : new PrivacyEntry(
                        either(above.detectors(), below.detectors()),
                        either(above.personal(), below.personal()),
                        both(above.levels(), below.levels()),
                        both(above.subjects(), below.subjects()),
                        combinations(above.combinations(), below.combinations()),
                        custom(above.custom(), below.custom()),
                        both(above.defaultEgress(), below.defaultEgress()),
                        mask(above.mask(), below.mask()));
    }

    private static @Nullable MaskEntry mask(@Nullable MaskEntry above, @Nullable MaskEntry below) {
        return above == null || below == null
                ? either(above, below)
                : new MaskEntry(either(above.instruction(), below.instruction()), both(above.redact(), below.redact()));
    }

    private static @Nullable List<CustomEntry> custom(
            @Nullable List<CustomEntry> above, @Nullable List<CustomEntry> below) {
        if (above == null || below == null) {
            return either(above, below);
        }
        var byId = new LinkedHashMap<String, CustomEntry>();
        below.forEach(entry -> byId.put(entry.id().value(), entry));
        above.forEach(entry -> byId.put(entry.id().value(), entry));
        return List.copyOf(byId.values());
    }

    private static @Nullable List<CombinationEntry> combinations(
            @Nullable List<CombinationEntry> above, @Nullable List<CombinationEntry> below) {
        if (above == null || below == null) {
            return either(above, below);
        }
        var byId = new LinkedHashMap<String, CombinationEntry>();
        below.forEach(entry -> byId.put(entry.id().value(), entry));
        above.forEach(entry -> byId.put(entry.id().value(), entry));
        return List.copyOf(byId.values());
    }

    private static @Nullable CostEntry cost(@Nullable CostEntry above, @Nullable CostEntry below) {
        return above == null || below == null
                ? either(above, below)
                : new CostEntry(
                        either(above.budget(), below.budget()),
                        either(above.exhausted(), below.exhausted()),
                        either(above.maxOutput(), below.maxOutput()));
    }

    private static @Nullable List<RuleEntry> rules(@Nullable List<RuleEntry> above, @Nullable List<RuleEntry> below) {
        if (above == null || below == null) {
            return either(above, below);
        }
        var byId = new LinkedHashMap<String, RuleEntry>();
        below.forEach(rule -> byId.put(rule.id().value(), rule));
        above.forEach(rule -> byId.put(rule.id().value(), rule));
        return List.copyOf(byId.values());
    }

    private static <T> @Nullable List<T> both(@Nullable List<T> above, @Nullable List<T> below) {
        if (above == null || below == null) {
            return either(above, below);
        }
        var all = new ArrayList<>(below);
        all.addAll(above);
        return all;
    }

    private static <K, V> @Nullable Map<K, V> both(@Nullable Map<K, V> above, @Nullable Map<K, V> below) {
        if (above == null || below == null) {
            return either(above, below);
        }
        var all = new LinkedHashMap<>(below);
        all.putAll(above);
        return all;
    }

    private static <T> @Nullable T either(@Nullable T above, @Nullable T below) {
        return above != null ? above : below;
    }
}
