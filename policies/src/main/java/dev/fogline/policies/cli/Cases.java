package dev.fogline.policies.cli;

import dev.fogline.policies.Policy;
import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.file.StrictYaml;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of cases, run. */
public final class Cases {
    private Cases() {}

    /**
     * How one case came out.
     *
     * @param line where it stands
     * @param report what differs and how it came to that; null when it passed
     */
    public record Outcome(
            String name, int line, boolean passed, @Nullable String report) {}

    /**
     * Runs the cases of a text against a policy, whichever its own key {@code policy} names.
     *
     * @param file what the text is called in messages
     * @throws InvalidFileException when the text is no file of cases
     */
    public static List<Outcome> run(String file, String text, Policy policy, Surroundings surroundings) {
        return run(file, read(file, text), policy, surroundings).stream()
                .map(result -> new Outcome(
                        result.of().name(),
                        result.of().line(),
                        result.passed(),
                        result.passed() ? null : result.report()))
                .toList();
    }

    static CaseFile read(String file, String text) {
        CaseFile cases = StrictYaml.read(file, text, CaseFile.class);
        if (cases.cases().isEmpty()) {
            throw new InvalidFileException(file + " has no cases");
        }
        return cases;
    }

    static List<CaseResult> run(String file, CaseFile cases, Policy policy, Surroundings surroundings) {
        return cases.cases().stream()
                .map(entry -> new PolicyCase(file, entry, cases.fleet()))
                .map(one -> CaseResult.of(one, one.explain(policy, surroundings)))
                .toList();
    }
}
