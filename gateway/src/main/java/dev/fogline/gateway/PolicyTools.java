package dev.fogline.gateway;

import dev.fogline.gateway.admin.PolicyToolsResource;
import dev.fogline.gateway.admin.PolicyToolsResource.CheckView;
import dev.fogline.gateway.admin.PolicyToolsResource.TestView;
import dev.fogline.gateway.config.ConfigReader;
import dev.fogline.policies.Policy;
import dev.fogline.policies.PolicyCheck;
import dev.fogline.policies.PolicyFinding;
import dev.fogline.policies.cli.Cases;
import dev.fogline.policies.replay.DecisionFiles;
import dev.fogline.policies.replay.Replay;
import dev.fogline.policies.replay.ReplayReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tools for policies beside this gateway's targets and its log of decisions. */
final class PolicyTools implements PolicyToolsResource.Tools {
    private final Gateway gateway;

    PolicyTools(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public CheckView check(String text) {
        Policy policy = gateway.policies().draft(text);
        var findings = new ArrayList<>(PolicyCheck.alone(policy));
        findings.addAll(PolicyCheck.beside(policy, gateway.fleet().snapshot()));
        return new CheckView(
                policy.revision(),
                policy.name(),
                findings.stream().noneMatch(PolicyFinding::error),
                findings,
                policy.effective());
    }

    @Override
    public Optional<ReplayReport> simulate(String text) {
        var replay = new Replay(gateway.policies().candidate(text));
        return gateway.config().decisionLog().map(log -> {
            DecisionFiles.replayRunning(log, replay);
            return replay.report();
        });
    }

    @Override
    public TestView test(String text) {
        Policy policy = gateway.policies().current().policy();
        List<Cases.Outcome> outcomes = Cases.run("cases", text, policy, new PolicyCommand(ConfigReader.ofProcess()));
        return new TestView(
                policy.revision(), policy.name(), outcomes.stream().allMatch(Cases.Outcome::passed), outcomes);
    }
}
