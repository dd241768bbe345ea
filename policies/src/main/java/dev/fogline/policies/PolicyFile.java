package dev.fogline.policies;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fogline.policies.file.Located;
import dev.fogline.policies.privacy.FindingKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shape of a policy file, as it is written. */
record PolicyFile(
        @Nullable Located<Integer> version,
        @Nullable Located<String> name,
        @Nullable PrivacyEntry privacy,
        @Nullable List<RuleEntry> rules,
        @Nullable LatencyEntry latency,
        @Nullable CostEntry cost,
        @Nullable Located<PreferEntry> prefer) {

    /** What the language has, or will have, and this version has not: path to the name of the feature. */
    static final Map<String, String> NOT_BUILT = Map.ofEntries(
            Map.entry("extends", "building on another policy"),
            Map.entry("tenants", "policies by tenant"),
            Map.entry("defaults", "defaults of a policy"),
            Map.entry("failover", "an own order of failover"),
            Map.entry("cache", "answers from a cache"),
            Map.entry("quality", "judging the edge's answer and escalating"),
            Map.entry("escalate", "judging the edge's answer and escalating"),
            Map.entry("shadow", "shadow copies"),
            Map.entry("hedge", "hedging"),
            Map.entry("privacy.detectors", "choosing detectors (all run)"),
            Map.entry("privacy.mask", "masking"),
            Map.entry("rules.escalate", "escalating by rule"),
            Map.entry("rules.hedge", "hedging by rule"),
            Map.entry("rules.shadow", "shadow copies"),
            Map.entry("rules.prefer", "preferences by rule"),
            Map.entry("rules.latency", "latency objectives by rule"),
            Map.entry("rules.cost", "budgets by rule"),
            Map.entry("rules.exclude.region", "regions of targets"),
            Map.entry("rules.exclude.licence", "licences of targets"),
            Map.entry("rules.pin.region", "regions of targets"),
            Map.entry("rules.pin.licence", "licences of targets"),
            Map.entry("latency.hedge", "hedging"),
            Map.entry("latency.total", "an objective for the whole answer"),
            Map.entry("cost.budget.by", "budgets by tenant"),
            Map.entry("cost.pressure", "steering by the burn rate of a budget"),
            Map.entry("cost.reference", "choosing the reference target"));

    record PrivacyEntry(
            @Nullable Map<FindingKind, @Nullable Located<Sensitivity>> levels,
            @Nullable Map<Sensitivity, @Nullable Located<Egress>> defaultEgress) {}

    record RuleEntry(
            @Nullable Located<String> id,
            @Nullable Located<String> when,
            @Nullable Egress egress,
            @Nullable Located<SelectorEntry> exclude,
            @Nullable Located<SelectorEntry> pin) {}

    record SelectorEntry(@Nullable Tier tier, @Nullable String target) {}

    record LatencyEntry(
            @Nullable Located<Duration> ttft, @Nullable Located<Integer> percentile) {}

    record CostEntry(
            @Nullable Located<BudgetEntry> budget,
            @Nullable Exhausted exhausted,
            @Nullable Located<Integer> maxOutput) {}

    record BudgetEntry(@Nullable Double usd, @Nullable Per per) {}

    record PreferEntry(
            @Nullable Double privacy,
            @Nullable Double quality,
            @Nullable Double latency,
            @Nullable Double cost) {}

    enum Per {
        DAY
    }

    enum Exhausted {
        @JsonProperty("edge-only")
        EDGE_ONLY;

        @Override
        public String toString() {
            return "edge-only";
        }
    }
}
