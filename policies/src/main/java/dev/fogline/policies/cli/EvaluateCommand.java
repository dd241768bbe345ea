package dev.fogline.policies.cli;

import dev.fogline.policies.Policy;
import dev.fogline.policies.evaluation.Evaluation;
import dev.fogline.policies.evaluation.Outcome;
import dev.fogline.policies.evaluation.OutcomeText;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code privacy evaluate FILE}: precision and recall of detection on labelled texts. */
final class EvaluateCommand {
    private EvaluateCommand() {}

    static int run(List<String> arguments, PrintStream out) {
        Arguments given = Arguments.of(arguments, Set.of("--json", "--no-names"), Set.of("--least-f2", "--policy"));
        if (given.rest().size() != 1) {
            throw new WrongUseException("privacy evaluate wants one file");
        }
        Optional<Double> least = given.value("--least-f2").map(EvaluateCommand::share);
        String file = given.rest().getFirst();
        Optional<Policy> policy = given.value("--policy").map(Texts::policy);
        Outcome outcome = Evaluation.of(
                file,
                Texts.of(Texts.path(file)),
                policy.map(Policy::detectors).orElseGet(() -> PrivacyCommand.detectors(given)),
                policy.orElseGet(Policy::builtIn));
        out.print(given.has("--json") ? OutcomeText.json(outcome) : OutcomeText.of(outcome));
        return least.isPresent() && outcome.micro().f2() < least.get() ? Tool.FOUND : Tool.GOOD;
    }

    private static double share(String text) {
        try {
            double share = Double.parseDouble(text);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new WrongUseException("--least-f2 wants a number from 0 to 1, not '" + text + "'");
        }
        throw new WrongUseException("--least-f2 wants a number from 0 to 1");
    }
}
