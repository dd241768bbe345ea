package dev.fogline.policies;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which rules never speak, cannot be evaluated, or say nothing that another does not say already; found by trying, see
 * {@link CaseGrid}.
 */
final class RuleReach {
    /** Of pairs of rules, so that a thousand rules are still checked in about a second. */
    private static final int MOST_EVALUATIONS = 400_000;

    private final EgressRules rules;
    private final SensitivityLevels levels;
    private final Set<String> headers;
    private final List<String> warnings = new ArrayList<>();
    private int evaluations;
    private int notCompared;

    private RuleReach(Policy policy) {
        this.rules = policy.routing().rules();
        this.levels = policy.levels();
        this.headers = policy.headers();
    }

    static List<String> of(Policy policy) {
        var reach = new RuleReach(policy);
        List<Rule> speaking = new ArrayList<>();
        for (Rule rule : reach.rules.rules()) {
            if (reach.alone(rule)) {
                speaking.add(rule);
            }
        }
        reach.pairs(speaking);
        return reach.warnings;
    }

    private void warn(Rule rule, String message) {
        warnings.add(PolicyCheck.place(rule) + "the rule '" + rule.id() + "' " + message);
    }

    /** Whether the rule ever speaks. */
    private boolean alone(Rule rule) {
        var grid = new CaseGrid(
                levels, rules.zone(), headers, List.of(rule.written().when()));
        EgressRules only = rules.with(List.of(rule));
        boolean holds = grid.find(one -> speaks(only, rule, one, false)).isPresent();
        Optional<CaseGrid.Case> failing =
                grid.find(one -> !ruling(only, one).failed().isEmpty());
        failing.ifPresent(found -> warn(
                rule,
                "cannot be evaluated for some requests, such as one "
                        + (found.description().isEmpty() ? "of any kind" : found.description())
                        + "; " + (forbids(rule) ? "it then counts as if it held" : "it then counts nothing")));
        if (!holds && failing.isEmpty()) {
            warn(
                    rule,
                    grid.constant()
                            ? "never holds: its condition is always false"
                            : "seems never to hold: its condition was false in " + tried(grid));
        }
        return holds || failing.isPresent();
    }

    private static String tried(CaseGrid grid) {
        long all = grid.combinations();
        return all <= CaseGrid.MOST_CASES
                ? "all " + all + " combinations of values around its constants"
                : CaseGrid.MOST_CASES + " of " + all + " combinations of values around its constants";
    }

    private void pairs(List<Rule> speaking) {
        for (int later = 0; later < speaking.size(); later++) {
            for (int other = 0; other < speaking.size(); other++) {
                if (other != later && shadows(speaking.get(other), speaking.get(later), other < later)) {
                    break;
                }
            }
        }
        if (notCompared > 0) {
            warnings.add(notCompared + " pairs of rules were not compared: there are too many");
        }
    }

    /** Of two that say the same, the one further down is the one too many. */
    private boolean shadows(Rule one, Rule other, boolean earlier) {
        if (!covers(one, other) || !implies(other, one)) {
            return false;
        }
        if (!earlier && covers(other, one) && implies(one, other)) {
            return false;
        }
        warn(
                other,
                "seems to change nothing: whenever it held among the cases tried, '" + one.id() + "' (line "
                        + one.written().line() + ") held too, and does as much");
        return true;
    }

    private boolean implies(Rule one, Rule other) {
        if (evaluations > MOST_EVALUATIONS) {
            notCompared++;
            return false;
        }
        EgressRules both = rules.with(List.of(one, other));
        return new CaseGrid(
                        levels,
                        rules.zone(),
                        headers,
                        List.of(one.written().when(), other.written().when()))
                .find(now -> {
                    evaluations += 2;
                    return speaks(both, one, now, true) && !speaks(both, other, now, true);
                })
                .isEmpty();
    }

    private static Ruling ruling(EgressRules rules, CaseGrid.Case now) {
        return rules.ask(now.facts(), now.fleet(), now.situation()).ruling();
    }

    private static boolean speaks(EgressRules rules, Rule rule, CaseGrid.Case now, boolean alsoFailing) {
        Ruling ruling = ruling(rules, now);
        return ruling.matched().contains(rule.id())
                || (alsoFailing && ruling.failed().contains(rule.id()));
    }

    private static boolean forbids(Rule rule) {
        return rule.exclude().isPresent()
                || rule.pin().isPresent()
                || rule.egress().filter(egress -> egress != Egress.ALLOW).isPresent();
    }

    /** Whether the first forbids all that the second forbids, which does nothing else. */
    private static boolean covers(Rule one, Rule other) {
        return forbids(other)
                && other.prefer().isEmpty()
                && other.latency().isEmpty()
                && one.egress().orElse(Egress.ALLOW).compareTo(other.egress().orElse(Egress.ALLOW)) >= 0
                && (other.exclude().isEmpty()
                        || one.exclude()
                                .filter(wide -> wide.covers(other.exclude().get()))
                                .isPresent())
                && (other.pin().isEmpty()
                        || one.pin()
                                .filter(narrow -> other.pin().get().covers(narrow))
                                .isPresent());
    }
}
