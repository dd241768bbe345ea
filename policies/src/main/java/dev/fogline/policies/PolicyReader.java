package dev.fogline.policies;

import dev.fogline.policies.CelConditions.InvalidConditionException;
import dev.fogline.policies.PolicyFile.PreferEntry;
import dev.fogline.policies.PolicyFile.RuleEntry;
import dev.fogline.policies.PolicyFile.SelectorEntry;
import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.file.Located;
import dev.fogline.policies.file.StrictYaml;
import dev.fogline.policies.privacy.FindingKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From the text of a policy file to the policy, or to one sentence that says what is wrong and where. */
final class PolicyReader {
    private static final Pattern RULE_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final int REVISION_DIGITS = 12;

    private final String source;
    private final String yaml;
    private final PolicyFile file;
    private final List<String> warnings = new ArrayList<>();
    private final Set<String> targets = new HashSet<>();

    PolicyReader(String source, String yaml) {
        this.source = source;
        this.yaml = yaml;
        this.file = StrictYaml.read(source, yaml, PolicyFile.class, PolicyFile.NOT_BUILT);
    }

    Policy policy() {
        if (file.version().value() != 1) {
            throw at(file.version(), "the key 'version' must be 1");
        }
        SensitivityLevels levels = levels();
        var egress = new EgressRules(defaultEgress(), rules());
        Optional<LatencyObjective> latency = latency();
        int maxOutput = maxOutput();
        Optional<BudgetRule> budget = budget();
        var worstCase = new WorstCase(maxOutput);
        return new Policy(
                name(),
                revision(),
                new RoutingPolicy(
                        egress,
                        worstCase,
                        new Slowness(latency),
                        RoutingPolicy.constraints(worstCase, budget.isPresent()),
                        preferences(worstCase)),
                levels,
                budget,
                maxOutput,
                latency,
                targets,
                warnings);
    }

    private String name() {
        Located<String> name = file.name();
        if (name.value().isBlank() || name.value().length() > 64) {
            throw at(name, "the key 'name' must be a text of 1 to 64 characters");
        }
        return name.value();
    }

    private String revision() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(yaml.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, REVISION_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private SensitivityLevels levels() {
        var levels = new EnumMap<FindingKind, Sensitivity>(FindingKind.class);
        orEmpty(file.privacy() == null ? null : file.privacy().levels()).forEach((kind, level) -> {
            if (kind == FindingKind.DETECTOR_FAILURE) {
                throw at(level, "the key 'privacy.levels.detector_failure' cannot be set: always restricted");
            }
            levels.put(kind, level.value());
            if (level.value().compareTo(kind.sensitivity()) < 0) {
                warn(
                        level,
                        "privacy.levels makes '" + kind.id() + "' " + word(level.value()) + ", less than its "
                                + word(kind.sensitivity()));
            }
        });
        return new SensitivityLevels(levels);
    }

    private Map<Sensitivity, Egress> defaultEgress() {
        var defaults = new EnumMap<Sensitivity, Egress>(Sensitivity.class);
        orEmpty(file.privacy() == null ? null : file.privacy().defaultEgress()).forEach((sensitivity, egress) -> {
            defaults.put(sensitivity, egress.value());
            if (egress.value().compareTo(Egress.defaultFor(sensitivity)) < 0) {
                warn(
                        egress,
                        "privacy.default-egress loosens " + word(sensitivity) + " from "
                                + word(Egress.defaultFor(sensitivity)) + " to " + word(egress.value()));
            }
            warnOfMasking(egress, egress.value(), "privacy.default-egress for " + word(sensitivity));
        });
        return defaults;
    }

    private static <K, V> Map<K, V> orEmpty(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : map;
    }

    private List<Rule> rules() {
        var rules = new ArrayList<Rule>();
        var ids = new HashSet<String>();
        for (RuleEntry entry : file.rules() == null ? List.<RuleEntry>of() : file.rules()) {
            String place = "rules[" + (rules.size() + 1) + "]";
            Located<String> id = entry.id();
            if (!RULE_ID.matcher(id.value()).matches()) {
                throw at(id, "the key '" + place + ".id' must be lower-case letters, digits and -, at most 64");
            }
            if (!ids.add(id.value())) {
                throw at(id, "the rule '" + id.value() + "' is there twice; ids are unique");
            }
            if (entry.egress() == null && entry.exclude() == null && entry.pin() == null) {
                throw at(id, "the rule '" + id.value() + "' does nothing; it needs 'egress', 'exclude' or 'pin'");
            }
            rules.add(rule(id, entry));
        }
        return rules;
    }

    private Rule rule(Located<String> id, RuleEntry entry) {
        Egress egress = entry.egress();
        if (egress == Egress.ALLOW) {
            warn(
                    id,
                    "the rule '" + id.value() + "' says 'egress: allow', which changes nothing: rules only tighten,"
                            + " and only privacy.default-egress loosens");
        }
        warnOfMasking(id, egress, "the rule '" + id.value() + "'");
        return new Rule(
                id.value(),
                condition(id.value(), entry.when()),
                Optional.ofNullable(egress),
                selector(id.value(), "exclude", entry.exclude()),
                selector(id.value(), "pin", entry.pin()),
                new Rule.Written(source, id.line(), entry.when().value()));
    }

    private Condition condition(String rule, Located<String> when) {
        try {
            return CelConditions.compile(when.value());
        } catch (InvalidConditionException e) {
            throw at(
                    when,
                    "the condition 'when' of the rule '" + rule + "' " + e.getMessage() + ", at character " + e.column
                            + (e.line > 1 ? " of its line " + e.line : "") + " of the expression");
        }
    }

    private Optional<Pin> selector(String rule, String key, @Nullable Located<SelectorEntry> entry) {
        if (entry == null) {
            return Optional.empty();
        }
        Tier tier = entry.value().tier();
        String target = entry.value().target();
        if ((tier == null) == (target == null)) {
            throw at(entry, "the key '" + key + "' of the rule '" + rule + "' needs 'tier' or 'target', one of them");
        }
        if (target == null) {
            return Optional.of(new Pin.ToTier(tier == null ? Tier.EDGE : tier));
        }
        try {
            Target.requireId(target);
        } catch (IllegalArgumentException e) {
            throw at(entry, "the key '" + key + "' of the rule '" + rule + "': " + e.getMessage());
        }
        targets.add(target);
        return Optional.of(new Pin.ToTarget(target));
    }

    private Optional<LatencyObjective> latency() {
        if (file.latency() == null) {
            return Optional.empty();
        }
        var ttft = file.latency().ttft();
        var percentile = file.latency().percentile();
        return Optional.of(new LatencyObjective(ttft.value(), percentile == null ? 95 : percentile.value()));
    }

    private Optional<BudgetRule> budget() {
        if (file.cost() == null || file.cost().budget() == null) {
            return Optional.empty();
        }
        return Optional.of(new BudgetRule(file.cost().budget().value().usd()));
    }

    private int maxOutput() {
        Located<Integer> maxOutput = file.cost() == null ? null : file.cost().maxOutput();
        return maxOutput == null ? Policy.MAX_OUTPUT_TOKENS : maxOutput.value();
    }

    private List<Preference> preferences(WorstCase worstCase) {
        Located<PreferEntry> prefer = file.prefer();
        if (prefer == null) {
            return Preferences.standard();
        }
        double privacy = weight(prefer.value().privacy());
        double quality = weight(prefer.value().quality());
        double latency = weight(prefer.value().latency());
        double cost = weight(prefer.value().cost());
        if (privacy + quality + latency + cost == 0) {
            throw at(prefer, "the key 'prefer' needs at least one weight above 0");
        }
        return Preferences.weighted(privacy, quality, latency, cost, worstCase);
    }

    private static double weight(@Nullable Double weight) {
        return weight == null ? 0 : weight;
    }

    private void warnOfMasking(Located<?> place, @Nullable Egress egress, String who) {
        if (egress == Egress.PSEUDONYMISE) {
            warn(place, who + " says pseudonymise, which acts as deny: masking is not built yet");
        }
    }

    private void warn(Located<?> place, String message) {
        warnings.add(source + " line " + place.line() + ": " + message);
    }

    private InvalidFileException at(Located<?> place, String message) {
        return StrictYaml.at(source, place.line(), place.column(), message);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
