package dev.fogline.policies;

import dev.fogline.policies.privacy.FindingKind;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        Egress egress = withoutRules(request);
        if (rules.isEmpty()) {
            return new Question(request, situation, new Ruling(egress, List.of(), List.of()), List.of(), null);
        }
        var facts = new Facts(request, fleet, situation, zone);
        var applied = new ArrayList<Rule>();
        var matched = new ArrayList<String>();
        var failed = new ArrayList<String>();
        Rule strictest = null;
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
            if (rule.egress().isPresent() && rule.egress().get().compareTo(egress) > 0) {
                egress = rule.egress().get();
                strictest = rule;
            }
        }
        return new Question(request, situation, new Ruling(egress, matched, failed), applied, strictest);
    }

    private Egress withoutRules(RequestFacts request) {
        return request.findings().containsKey(FindingKind.DETECTOR_FAILURE)
                ? Egress.DENY
                : defaults.getOrDefault(request.sensitivity(), Egress.defaultFor(request.sensitivity()));
    }

    /** Whether any condition asks for it. */
    boolean ask(Fact fact) {
        return rules.stream().anyMatch(rule -> rule.when().asks().contains(fact.id));
    }

    /** The same with other rules. */
    EgressRules with(List<Rule> others) {
        return new EgressRules(defaults, others, zone);
    }

    /** Who said what may leave, in words: what holds without rules if that is as strict, else the first rule that is. */
    String saidBy(Question question) {
        if (question.strictest() != null) {
            return "the rule '" + question.strictest().id() + "'";
        }
        RequestFacts request = question.facts();
        return request.findings().containsKey(FindingKind.DETECTOR_FAILURE)
                ? "a detector that failed"
                : "what holds for " + request.sensitivity().name().toLowerCase(Locale.ROOT) + " requests";
    }
}
