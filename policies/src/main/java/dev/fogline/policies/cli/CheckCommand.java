package dev.fogline.policies.cli;

import dev.fogline.policies.Policy;
import dev.fogline.policies.PolicyCheck;
import dev.fogline.policies.PolicyFinding;
import dev.fogline.policies.cli.Surroundings.ConfiguredFleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code policy check FILE}: is the file right, and does it say what its author means? */
final class CheckCommand {
    private CheckCommand() {}

    static int run(List<String> arguments, Tool tool) {
        Arguments given = Arguments.of(arguments, Set.of("--strict"), Set.of("--config"));
        if (given.rest().size() != 1) {
            throw new WrongUseException("policy check wants one file");
        }
        String file = given.rest().getFirst();
        Policy policy = Texts.policy(file);
        var findings = new ArrayList<>(PolicyCheck.alone(policy));
        ConfiguredFleet fleet =
                tool.surroundings().fleet(given.value("--config").map(Texts::path));
        if (!fleet.builtIn()) {
            findings.addAll(PolicyCheck.beside(policy, fleet.targets()));
        }
        for (PolicyFinding finding : findings) {
            tool.out().println((finding.error() ? "error: " : "warning: ") + finding.message());
        }
        tool.out()
                .println(
                        fleet.builtIn()
                                ? "not checked against targets: there is no fogline.yaml here; name one with --config"
                                : "checked against the targets of " + fleet.source());
        boolean stop = findings.stream().anyMatch(finding -> finding.error() || given.has("--strict"));
        String revision = " (revision " + policy.revision() + ")";
        tool.out()
                .println(
                        stop
                                ? file + ": the policy '" + policy.name()
                                        + "' can be loaded, and should not be used as it is" + revision
                                : file + ": the policy '" + policy.name() + "' is good" + revision);
        return stop ? Tool.FOUND : Tool.GOOD;
    }
}
