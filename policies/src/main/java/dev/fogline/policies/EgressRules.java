package dev.fogline.policies;

import dev.fogline.policies.privacy.FindingKind;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the policy's rules say of a request.
 *
 * @param defaults what a class may do where no rule says more, if it is not {@link Egress#defaultFor}
 * @param zone of conditions on the time
 */
record EgressRules(Map<Sensitivity, Egress> defaults, List<Rule> rules, ZoneId zone) {
    static final EgressRules STANDARD = new EgressRules(Map.of(), List.of(), ZoneOffset.UTC);

    EgressRules {
        defaults = Map.copyOf(defaults);
        rules = List.copyOf(rules);
    }

    Question ask(RequestFacts request, FleetSnapshot fleet, Situation situation) {
        Egress egress = defaults.getOrDefault(request.sensitivity(), Egress.defaultFor(request.sensitivity()));
        if (request.findings().containsKey(FindingKind.DETECTOR_FAILURE)) {
            egress = Egress.DENY;
        }
        if (rules.isEmpty()) {
            return new Question(request, situation, new Ruling(egress, List.of(), List.of()), List.of());
        }
        var facts = new Facts(request, fleet, situation, zone);
        var applied = new ArrayList<Rule>();
        var matched = new ArrayList<String>();
        var failed = new ArrayList<String>();
        for (Rule rule : rules) {
            try {
                if (!rule.when().holds(facts)) {
                    continue;
                }
                matched.add(rule.id());
                applied.add(rule);
            } catch (Exception e) {
                // A hard rule that cannot be checked is kept: whatever it forbids stays forbidden.
                failed.add(rule.id());
                applied.add(rule.strict());
            }
            egress = stricter(egress, rule.egress().orElse(Egress.ALLOW));
        }
        return new Question(request, situation, new Ruling(egress, matched, failed), applied);
    }

    private static Egress stricter(Egress one, Egress other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
