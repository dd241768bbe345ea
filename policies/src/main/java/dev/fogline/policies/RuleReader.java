package dev.fogline.policies;

import dev.fogline.policies.CelConditions.InvalidConditionException;
import dev.fogline.policies.PolicyFile.LatencyEntry;
import dev.fogline.policies.PolicyFile.PreferEntry;
import dev.fogline.policies.PolicyFile.RuleEntry;
import dev.fogline.policies.PolicyFile.SelectorEntry;
import dev.fogline.policies.file.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From the rules of a policy file to rules that can be asked. */
final class RuleReader {
    private static final Pattern RULE_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern NAMED = Pattern.compile("[a-z0-9][a-z0-9.-]{0,31}");

    private final FactsReader facts;
    private final WorstCase worstCase;
    private final PolicyWarnings warnings;
    private final Set<String> targets;

    /** @param targets takes the ids that rules name */
    RuleReader(FactsReader facts, WorstCase worstCase, PolicyWarnings warnings, Set<String> targets) {
        this.facts = facts;
        this.worstCase = worstCase;
        this.warnings = warnings;
        this.targets = targets;
    }

    List<Rule> rules(@Nullable List<RuleEntry> entries) {
        var rules = new ArrayList<Rule>();
        for (RuleEntry entry : entries == null ? List.<RuleEntry>of() : entries) {
            rules.add(rule(entry.id(), entry));
        }
        return rules;
    }

    private Rule rule(Located<String> id, RuleEntry entry) {
        if (!RULE_ID.matcher(id.value()).matches()) {
            throw id.wrong(
                    "the id of the rule '" + id.value() + "' must be lower-case letters, digits and -, at most 64");
        }
        Egress egress = entry.egress();
        if (egress == null
                && entry.exclude() == null
                && entry.pin() == null
                && entry.prefer() == null
                && entry.latency() == null) {
            throw id.wrong("the rule '" + id.value()
                    + "' does nothing; it needs 'egress', 'exclude', 'pin', 'prefer' or 'latency'");
        }
        if (egress == Egress.ALLOW) {
            warnings.at(
                    id,
                    "the rule '" + id.value() + "' says 'egress: allow', which changes nothing: rules only tighten,"
                            + " and only privacy.default-egress loosens");
        }
        return new Rule(
                id.value(),
                condition(id.value(), entry.when()),
                Optional.ofNullable(egress),
                selector(id.value(), "exclude", entry.exclude()),
                selector(id.value(), "pin", entry.pin()),
                entry.prefer() == null ? List.of() : weights(entry.prefer(), worstCase),
                objective(entry.latency()),
                new Rule.Written(id.source(), id.line(), entry.when().value()));
    }

    private Condition condition(String rule, Located<String> when) {
        try {
            Condition condition = CelConditions.compile(when.value());
            String undeclared = facts.undeclared(condition, when.value());
            if (undeclared != null) {
                throw new InvalidConditionException(undeclared, 1, 1);
            }
            return condition;
        } catch (InvalidConditionException e) {
            throw when.wrong("the condition 'when' of the rule '" + rule + "' " + e.getMessage() + ", at character "
                    + e.column + (e.line > 1 ? " of its line " + e.line : "") + " of the expression");
        }
    }

    private Optional<Selector> selector(String rule, String key, @Nullable Located<SelectorEntry> entry) {
        if (entry == null) {
            return Optional.empty();
        }
        String where = "the key '" + key + "' of the rule '" + rule + "'";
        SelectorEntry names = entry.value();
        var selector = new Selector(
                Optional.ofNullable(names.tier()),
                Optional.ofNullable(names.target()),
                Optional.ofNullable(names.region()),
                Optional.ofNullable(names.licence()));
        boolean more = names.tier() != null || names.region() != null || names.licence() != null;
        if (names.target() == null ? !more : more) {
            throw entry.wrong(where + " needs 'target' alone, or some of 'tier', 'region' and 'licence'");
        }
        selector.target().ifPresent(id -> targets.add(target(id, entry, where)));
        for (Optional<String> name : List.of(selector.region(), selector.licence())) {
            if (name.isPresent() && !NAMED.matcher(name.get()).matches()) {
                throw entry.wrong(where + ": a region or licence is up to 32 of a-z, 0-9, . and -");
            }
        }
        return Optional.of(selector);
    }

    static String target(String id, Located<?> place, String where) {
        try {
            Target.requireId(id);
            return id;
        } catch (IllegalArgumentException e) {
            throw place.wrong(where + ": " + e.getMessage());
        }
    }

    static List<Preference> weights(Located<PreferEntry> prefer, WorstCase worstCase) {
        PreferEntry weights = prefer.value();
        List<Preference> preferences = Preferences.weighted(
                weight(weights.privacy()),
                weight(weights.quality()),
                weight(weights.latency()),
                weight(weights.cost()),
                worstCase);
        if (preferences.isEmpty()) {
            throw prefer.wrong("the key 'prefer' needs at least one weight above 0");
        }
        return preferences;
    }

    private static double weight(@Nullable Double weight) {
        return weight == null ? 0 : weight;
    }

    static Optional<LatencyObjective> objective(@Nullable LatencyEntry entry) {
        return entry == null
                ? Optional.empty()
                : Optional.of(new LatencyObjective(
                        entry.ttft().value(),
                        entry.percentile() == null ? 95 : entry.percentile().value()));
    }
}
