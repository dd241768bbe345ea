package dev.fogline.policies;

import dev.fogline.policies.PolicyFile.MaskEntry;
import dev.fogline.policies.file.Located;
import dev.fogline.policies.file.StrictYaml;
import dev.fogline.policies.privacy.DetectorGroup;
import dev.fogline.policies.privacy.Detectors;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From the text of a policy file to the policy, or to one sentence that says what is wrong and where. */
final class PolicyReader {
    private static final int LONGEST_FAILOVER = 8;
    private static final int LONGEST_INSTRUCTION = 2_000;

    private final PolicyLayers layers;
    private final PolicyFile file;
    private final PolicyWarnings warnings = new PolicyWarnings();
    private final Set<String> targets = new HashSet<>();
    private final FactsReader facts;
    private final CustomReader custom;

    PolicyReader(PolicyLayers layers) {
        this.layers = layers;
        this.file = layers.merged();
        this.facts = new FactsReader(file.facts());
        this.custom =
                new CustomReader(file.privacy() == null ? null : file.privacy().custom(), layers::words);
    }

    Policy policy() {
        Detectors detectors = detectors();
        SensitivityLevels levels = levels();
        int maxOutput = maxOutput();
        var worstCase = new WorstCase(maxOutput);
        List<Rule> rules = new RuleReader(facts, worstCase, warnings, targets).rules(file.rules());
        var egress = new EgressRules(defaultEgress(), rules, facts.zone());
        Optional<LatencyObjective> latency = RuleReader.objective(file.latency());
        Optional<BudgetRule> budget = budget();
        var routing = new RoutingPolicy(
                egress,
                worstCase,
                new Slowness(latency),
                RoutingPolicy.constraints(worstCase, budget.isPresent()),
                preferences(worstCase),
                failover());
        warnings.sentences().addAll(layers.loosened());
        return new Policy(
                name(),
                layers.revision(),
                routing,
                detectors,
                levels,
                mask(),
                budget,
                maxOutput,
                latency,
                facts.headers(),
                targets,
                StrictYaml.write(file),
                warnings.sentences());
    }

    private String name() {
        Located<String> name = file.name();
        if (name.value().isBlank() || name.value().length() > 64) {
            throw name.wrong("the key 'name' must be a text of 1 to 64 characters");
        }
        return name.value();
    }

    private Detectors detectors() {
        List<Located<DetectorGroup>> listed =
                file.privacy() == null ? null : file.privacy().detectors();
        if (listed == null) {
            return Detectors.standard().with(custom.detectors());
        }
        var groups = EnumSet.noneOf(DetectorGroup.class);
        for (Located<DetectorGroup> group : listed) {
            if (!groups.add(group.value())) {
                throw group.wrong("the key 'privacy.detectors' lists '" + group.value() + "' twice");
            }
        }
        for (DetectorGroup usual : DetectorGroup.STANDARD) {
            if (!groups.contains(usual)) {
                warnings.of(listed, "privacy.detectors leaves out '" + usual + "': what only it finds may leave");
            }
        }
        return Detectors.of(groups).with(custom.detectors());
    }

    private SensitivityLevels levels() {
        var levels = new EnumMap<FindingKind, Sensitivity>(FindingKind.class);
        orEmpty(file.privacy() == null ? null : file.privacy().levels()).forEach((kind, level) -> {
            if (kind == FindingKind.DETECTOR_FAILURE) {
                throw level.wrong("the key 'privacy.levels.detector_failure' cannot be set: always restricted");
            }
            levels.put(kind, level.value());
            if (level.value().compareTo(kind.sensitivity()) < 0) {
                warnings.at(
                        level,
                        "privacy.levels makes '" + kind.id() + "' " + word(level.value()) + ", less than its "
                                + word(kind.sensitivity()));
            }
        });
        if (file.privacy() != null && file.privacy().personal() != null) {
            Sensitivity floor = file.privacy().personal();
            for (FindingKind kind : FindingKind.values()) {
                if (kind.personal()) {
                    levels.put(
                            kind, levels.getOrDefault(kind, kind.sensitivity()).max(floor));
                }
            }
        }
        Sensitivity least = file.defaults() == null ? null : file.defaults().sensitivity();
        Sensitivity otherwise = levels.getOrDefault(FindingKind.CUSTOM, FindingKind.CUSTOM.sensitivity());
        return new SensitivityLevels(
                levels,
                custom.levels(otherwise),
                subjects(),
                new CombinationReader(warnings)
                        .combinations(
                                file.privacy() == null ? null : file.privacy().combinations()),
                least == null ? Sensitivity.PUBLIC : least);
    }

    private Map<Subject, Sensitivity> subjects() {
        var subjects = new EnumMap<Subject, Sensitivity>(Subject.class);
        orEmpty(file.privacy() == null ? null : file.privacy().subjects()).forEach((subject, level) -> {
            subjects.put(subject, level.value());
            if (level.value().compareTo(subject.sensitivity()) < 0) {
                warnings.at(
                        level,
                        "privacy.subjects makes '" + subject.id() + "' " + word(level.value()) + ", less than its "
                                + word(subject.sensitivity()));
            }
        });
        return subjects;
    }

    private MaskRule mask() {
        MaskEntry mask = file.privacy() == null ? null : file.privacy().mask();
        if (mask == null) {
            return MaskRule.STANDARD;
        }
        var redact = EnumSet.noneOf(FindingKind.class);
        for (Located<FindingKind> kind : mask.redact() == null ? List.<Located<FindingKind>>of() : mask.redact()) {
            if (!MaskRule.SPANS.contains(kind.value())) {
                throw kind.wrong("the key 'privacy.mask.redact' cannot list "
                        + kind.value().id() + ": that is no stretch of text");
            }
            redact.add(kind.value());
        }
        Located<String> instruction = mask.instruction();
        String words = instruction == null ? "true" : instruction.value();
        if (instruction != null && (words.isBlank() || words.length() > LONGEST_INSTRUCTION)) {
            throw instruction.wrong("the key 'privacy.mask.instruction' must be true, false or a text of 1 to "
                    + LONGEST_INSTRUCTION + " characters");
        }
        return switch (words) {
            case "true" -> new MaskRule(true, Optional.empty(), redact);
            case "false" -> new MaskRule(false, Optional.empty(), redact);
            default -> new MaskRule(true, Optional.of(words), redact);
        };
    }

    private Map<Sensitivity, Egress> defaultEgress() {
        var defaults = new EnumMap<Sensitivity, Egress>(Sensitivity.class);
        orEmpty(file.privacy() == null ? null : file.privacy().defaultEgress()).forEach((sensitivity, egress) -> {
            defaults.put(sensitivity, egress.value());
            if (egress.value().compareTo(Egress.defaultFor(sensitivity)) < 0) {
                warnings.at(
                        egress,
                        "privacy.default-egress loosens " + word(sensitivity) + " from "
                                + word(Egress.defaultFor(sensitivity)) + " to " + word(egress.value()));
            }
        });
        return defaults;
    }

    private static <K, V> Map<K, V> orEmpty(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : map;
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
        if (file.prefer() == null) {
            return Preferences.standard();
        }
        var preferences = new ArrayList<>(RuleReader.weights(file.prefer(), worstCase));
        preferences.add(Preferences.tie());
        return preferences;
    }

    private Optional<RoutingPolicy.Failover> failover() {
        if (file.failover() == null) {
            return Optional.empty();
        }
        var order = new ArrayList<String>();
        for (Located<String> id : file.failover()) {
            if (order.contains(id.value()) || order.size() == LONGEST_FAILOVER) {
                throw id.wrong("the key 'failover' lists a target once, and at most " + LONGEST_FAILOVER);
            }
            order.add(RuleReader.target(id.value(), id, "the key 'failover'"));
        }
        targets.addAll(order);
        String place = file.failover().stream()
                .findFirst()
                .map(first -> first.source() + " line " + first.line() + ": ")
                .orElse("");
        return Optional.of(new RoutingPolicy.Failover(order, place));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
