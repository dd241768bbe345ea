package dev.fogline.policies;

import dev.fogline.policies.Decision.Refusal;
import dev.fogline.policies.Decision.Refuse;
import dev.fogline.policies.file.Nearest;
import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a policy that can be loaded still has wrong. */
public final class PolicyCheck {
    private final Policy policy;
    private final List<PolicyFinding> findings = new ArrayList<>();

    private PolicyCheck(Policy policy) {
        this.policy = policy;
    }

    /** What shows in the policy alone, its own warnings first. */
    public static List<PolicyFinding> alone(Policy policy) {
        var check = new PolicyCheck(policy);
        policy.warnings().forEach(check::warning);
        RuleReach.of(policy).forEach(check::warning);
        return check.findings;
    }

    /**
     * What shows only beside the targets that there are.
     *
     * @param fleet all of them; whether they take requests now is no matter
     */
    public static List<PolicyFinding> beside(Policy policy, FleetSnapshot fleet) {
        var check = new PolicyCheck(policy);
        check.unknownTargets(fleet.candidates().stream()
                .map(candidate -> candidate.target().id())
                .toList());
        check.unknownTraits(fleet);
        check.homeless(ready(fleet));
        return check.findings;
    }

    /**
     * The targets that it names and that there are not.
     *
     * @param known ids of all that there are
     */
    public static List<PolicyFinding> targets(Policy policy, Collection<String> known) {
        var check = new PolicyCheck(policy);
        check.unknownTargets(known);
        return check.findings;
    }

    private void warning(String message) {
        findings.add(new PolicyFinding(false, message));
    }

    private void error(String message) {
        findings.add(new PolicyFinding(true, message));
    }

    private void unknownTargets(Collection<String> known) {
        for (Rule rule : policy.routing().rules().rules()) {
            unknownTarget(rule, "exclude", rule.exclude(), known);
            unknownTarget(rule, "pin", rule.pin(), known);
        }
        policy.routing().failover().ifPresent(failover -> unknownTargets(failover, known));
    }

    private void unknownTargets(RoutingPolicy.Failover failover, Collection<String> known) {
        for (String id : failover.targets()) {
            if (!known.contains(id)) {
                error(failover.place() + "the key 'failover' names '" + id + "', " + notKnown(id, known));
            }
        }
    }

    private void unknownTarget(Rule rule, String key, Optional<Selector> named, Collection<String> known) {
        named.flatMap(Selector::target)
                .filter(id -> !known.contains(id))
                .ifPresent(id -> error(place(rule) + "the key '" + key + ".target' of the rule '" + rule.id()
                        + "' names '" + id + "', " + notKnown(id, known)));
    }

    /** Regions and licences that no target has: a pin to one leaves nobody, and what excludes one may be misspelt. */
    private void unknownTraits(FleetSnapshot fleet) {
        Set<String> regions = traits(fleet, Target::region);
        Set<String> licences = traits(fleet, Target::licence);
        for (Rule rule : policy.routing().rules().rules()) {
            rule.pin().flatMap(Selector::region).ifPresent(it -> unknownTrait(rule, "pin.region", it, regions));
            rule.pin().flatMap(Selector::licence).ifPresent(it -> unknownTrait(rule, "pin.licence", it, licences));
            rule.exclude().flatMap(Selector::region).ifPresent(it -> unknownTrait(rule, "exclude.region", it, regions));
            rule.exclude()
                    .flatMap(Selector::licence)
                    .ifPresent(it -> unknownTrait(rule, "exclude.licence", it, licences));
        }
    }

    private static Set<String> traits(FleetSnapshot fleet, Function<Target, Optional<String>> trait) {
        return fleet.candidates().stream()
                .flatMap(candidate -> trait.apply(candidate.target()).stream())
                .collect(Collectors.toSet());
    }

    private void unknownTrait(Rule rule, String key, String named, Set<String> known) {
        if (!known.contains(named)) {
            findings.add(new PolicyFinding(
                    key.startsWith("pin"),
                    place(rule) + "the key '" + key + "' of the rule '" + rule.id() + "' names '" + named
                            + "', which no configured target has"
                            + (known.isEmpty() ? "" : "; the nearest is '" + Nearest.to(named, known) + "'")));
        }
    }

    private static String notKnown(String id, Collection<String> known) {
        return "which is not configured"
                + (known.isEmpty() ? "" : "; the nearest that is: '" + Nearest.to(id, known) + "'");
    }

    /**
     * What may not leave needs somebody who takes it, at every hour of the week: each kind of finding alone, in a short
     * request of text.
     */
    private void homeless(FleetSnapshot fleet) {
        boolean byTime = policy.routing().rules().ask(Fact.HOUR)
                || policy.routing().rules().ask(Fact.WEEKDAY);
        for (Moment moment : byTime ? Moment.week(policy.routing().rules().zone()) : List.of(Moment.ANY)) {
            if (homeless(fleet, moment)) {
                return;
            }
        }
    }

    /** One hour of the week; its name goes into a sentence. */
    private record Moment(String name, Situation situation) {
        static final Moment ANY = new Moment("", Situation.ORDINARY);

        static List<Moment> week(ZoneId zone) {
            var week = new ArrayList<Moment>();
            for (DayOfWeek day : DayOfWeek.values()) {
                for (int hour = 0; hour < 24; hour++) {
                    String name = String.format(
                            Locale.ROOT,
                            " on a %s at %d o'clock",
                            day.getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                            hour);
                    week.add(new Moment(name, Situation.ORDINARY.at(CaseDraft.instant(day.getValue(), hour, zone))));
                }
            }
            return week;
        }
    }

    /** Whether anybody is, then. */
    private boolean homeless(FleetSnapshot fleet, Moment moment) {
        var kinds = new TreeMap<Sensitivity, List<String>>();
        for (FindingKind kind : FindingKind.values()) {
            Content one = Content.of(Set.of(kind));
            if (homeless(one, fleet, moment)) {
                kinds.computeIfAbsent(policy.levels().of(one), key -> new ArrayList<>())
                        .add(kind.id());
            }
        }
        for (Subject subject : Subject.values()) {
            Content about = Content.NOTHING.about(Set.of(subject));
            if (homeless(about, fleet, moment)) {
                kinds.computeIfAbsent(policy.levels().of(about), key -> new ArrayList<>())
                        .add("what is about " + subject.id());
            }
        }
        for (Sensitivity said : List.of(Sensitivity.CONFIDENTIAL, Sensitivity.RESTRICTED)) {
            if (refused(said, Content.NOTHING, fleet, moment)) {
                kinds.computeIfAbsent(said, key -> new ArrayList<>()).add("what a caller calls so");
            }
        }
        kinds.forEach(
                (sensitivity, which) -> error("the policy '" + policy.name() + "' permits no configured target for "
                        + Words.of(sensitivity) + " requests" + moment.name() + " (" + String.join(", ", which)
                        + "): each would be refused with policy_refused"));
        return !kinds.isEmpty();
    }

    private boolean homeless(Content content, FleetSnapshot fleet, Moment moment) {
        Sensitivity sensitivity = policy.levels().of(content);
        return sensitivity.compareTo(Sensitivity.CONFIDENTIAL) >= 0 && refused(sensitivity, content, fleet, moment);
    }

    private boolean refused(Sensitivity sensitivity, Content content, FleetSnapshot fleet, Moment moment) {
        var facts = new RequestFacts(
                new Pin.None(),
                sensitivity,
                content.findings(),
                new RequestSize(50, 50, true, 1),
                Set.of(),
                false,
                Optional.empty(),
                OptionalLong.empty(),
                new RequestDetails(1, Language.EN, "auto", Map.of(), content, ""));
        // The kinds alone, in plain text: whatever may leave masked can be.
        Masking plain = policy.mask()
                .of(
                        policy.levels(),
                        content,
                        Set.of(),
                        content.equals(Content.NOTHING) ? Optional.of(sensitivity) : Optional.empty(),
                        Set.of());
        return policy.routing().decide(facts.with(plain), fleet, moment.situation()) instanceof Refuse refuse
                && refuse.refusal() == Refusal.POLICY;
    }

    private static FleetSnapshot ready(FleetSnapshot fleet) {
        return new FleetSnapshot(fleet.candidates().stream()
                .map(candidate ->
                        new Candidate(candidate.target(), candidate.status().with(Availability.READY)))
                .toList());
    }

    static String place(Rule rule) {
        return rule.written().file() + " line " + rule.written().line() + ": ";
    }
}
