package dev.fogline.policies.cli;

import dev.fogline.policies.Explanation;
import dev.fogline.policies.Explanation.Facts;
import dev.fogline.policies.Explanation.RuleVerdict;
import dev.fogline.policies.Explanation.TargetVerdict;
import java.util.Formatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** An explanation for a terminal. */
final class ExplanationText {
    private ExplanationText() {}

    static String of(Explanation told) {
        var out = new Formatter(Locale.ROOT);
        out.format("facts    %s\n", facts(told.facts(), told.budgetExhausted()));
        out.format("egress   %s (%s)\n", told.egress(), told.egressSaidBy());
        out.format("rules    of the policy '%s', revision %s%s\n", told.policy(), told.revision(), none(told));
        boolean oneFile =
                told.rules().stream().map(RuleVerdict::file).distinct().count() <= 1;
        told.rules().forEach(rule -> rule(out, rule, oneFile ? "" : name(rule.file()) + " "));
        out.format("targets\n");
        told.targets().forEach(target -> target(out, target));
        out.format("plan     %s\n", told.refused() == null ? String.join(", then ", told.plan()) : told.refused());
        out.format("decided  %s: %s\n", told.reason(), told.decidedBy());
        return out.toString();
    }

    private static String none(Explanation told) {
        return told.rules().isEmpty() ? ": none" : "";
    }

    private static String facts(Facts facts, boolean budgetExhausted) {
        var text = new StringBuilder(facts.sensitivity());
        text.append(facts.findings().isEmpty() ? ", nothing found" : ", found ")
                .append(facts.findings().entrySet().stream()
                        .map(found -> found.getKey() + " x" + found.getValue())
                        .collect(Collectors.joining(" ")));
        if (!facts.findings().isEmpty()) {
            text.append(facts.maskable() ? " (maskable)" : " (not maskable)");
        }
        if (!facts.combinations().isEmpty()) {
            text.append(", together ").append(String.join(" ", facts.combinations()));
        }
        if (!facts.subjects().isEmpty()) {
            text.append(", about ").append(String.join(" and ", facts.subjects()));
        }
        text.append(", about ").append(facts.promptTokens()).append(" tokens, answer of ");
        text.append(facts.outputBounded() ? "at most " : "perhaps ").append(facts.outputTokens());
        text.append(facts.stream() ? ", streamed" : "");
        text.append(", ").append(facts.messages() == 1 ? "1 message" : facts.messages() + " messages");
        text.append(", language ").append(facts.language());
        if (!facts.model().equals("auto") && !facts.model().equals(facts.pin())) {
            text.append(", model ").append(facts.model());
        }
        if (facts.tenant() != null) {
            text.append(", from ").append(facts.tenant());
        }
        if (!facts.headers().isEmpty()) {
            text.append(", headers ")
                    .append(facts.headers().entrySet().stream()
                            .map(header -> header.getKey() + ": " + header.getValue())
                            .collect(Collectors.joining("; ")));
        }
        if (!facts.features().isEmpty()) {
            text.append(", needs ").append(String.join(" ", facts.features()));
        }
        if (!facts.pin().equals("auto")) {
            text.append(", pinned to ").append(facts.pin());
        }
        if (facts.deadlineMs() != null) {
            text.append(", within ").append(facts.deadlineMs()).append(" ms");
        }
        if (facts.maxCostUsd() != null) {
            text.append(", for at most ").append(facts.maxCostUsd()).append(" USD");
        }
        if (facts.budgetPressure() > 0) {
            text.append(String.format(Locale.ROOT, ", budget at %.0f %%", 100 * facts.budgetPressure()));
        }
        if (facts.time() != null) {
            text.append(", at ").append(facts.time());
        }
        return text.append(budgetExhausted ? ", the budget is spent" : "").toString();
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** @param file with a space behind it, where the rules come from several */
    private static void rule(Formatter out, RuleVerdict rule, String file) {
        String verdict = switch (rule.verdict()) {
            case "held" -> "held";
            case "did_not_hold" -> "did not hold";
            default -> "not evaluated, what it forbids is forbidden";
        };
        out.format("  %-12s  %s (%sline %d)  %s\n", verdict, rule.id(), file, rule.line(), rule.effect());
    }

    private static void target(Formatter out, TargetVerdict target) {
        String scores = target.scores().stream()
                .map(one -> String.format(
                        Locale.ROOT,
                        "%s%s %.4g x %.2f",
                        one.preference(),
                        one.rule() == null ? "" : " (" + one.rule() + ")",
                        one.weight(),
                        one.score()))
                .collect(Collectors.joining(" + "));
        out.format(
                "  %-2s %s  score %.3f = %s%s\n",
                target.place() == null ? "-" : target.place() + ".",
                target.id(),
                target.score(),
                scores,
                target.late() == null ? "" : ", expected to miss the " + target.late());
        target.objections().forEach(against -> out.format("       %s: %s\n", against.reason(), against.message()));
    }
}
