package dev.fogline.policies.cli;

import dev.fogline.policies.Policy;
import dev.fogline.policies.PolicyLibrary;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code policy test FILE...}: does the policy do in each case what the case expects? */
final class TestCommand {
    private TestCommand() {}

    static int run(List<String> arguments, Tool tool) {
        Arguments given = Arguments.of(arguments, Set.of(), Set.of("--junit"));
        if (given.rest().isEmpty()) {
            throw new WrongUseException("policy test wants files of cases");
        }
        Map<String, List<CaseResult>> byFile = new LinkedHashMap<>();
        for (String file : given.rest()) {
            byFile.put(file, results(file, tool.surroundings()));
        }
        byFile.forEach((file, results) -> print(file, results, tool));
        given.value("--junit").map(Texts::path).ifPresent(report -> JunitReport.write(report, byFile));
        boolean passed = byFile.values().stream().flatMap(List::stream).allMatch(CaseResult::passed);
        return passed ? Tool.GOOD : Tool.FOUND;
    }

    private static List<CaseResult> results(String name, Surroundings surroundings) {
        Path path = Texts.path(name);
        CaseFile file = Cases.read(name, Texts.of(path));
        String reference = file.policy().value();
        Policy policy = Texts.policy(
                reference.startsWith(PolicyLibrary.PACK)
                        ? reference
                        : path.resolveSibling(Texts.path(reference)).toString());
        return Cases.run(name, file, policy, surroundings);
    }

    private static void print(String file, List<CaseResult> results, Tool tool) {
        int failed = 0;
        for (CaseResult result : results) {
            if (!result.passed()) {
                failed++;
                tool.out()
                        .println("FAILED " + file + " line " + result.of().line() + ": "
                                + result.of().name());
                tool.out().print(result.report());
            }
        }
        tool.out()
                .println(file + ": " + results.size() + (results.size() == 1 ? " case, " : " cases, ")
                        + (failed == 0 ? "all passed" : failed + " failed"));
    }
}
