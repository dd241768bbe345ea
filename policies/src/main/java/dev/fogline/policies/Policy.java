package dev.fogline.policies;

import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.file.KeyDescription;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A policy that is in force: compiled, immutable, and what the gateway needs beside the decision itself.
 *
 * @param revision 12 hexadecimal digits of the SHA-256 of its text
 * @param routing decides
 * @param levels makes the sensitivity of a request out of its findings
 * @param budget what all requests together may spend
 * @param maxOutputTokens the bound of the answer that a request without one is given where money is limited
 * @param targets ids of targets that its rules name, for whoever knows which there are
 * @param warnings sentences for the operator: what it says and does not mean what it seems to, or loosens privacy
 */
public record Policy(
        String name,
        String revision,
        RoutingPolicy routing,
        SensitivityLevels levels,
        Optional<BudgetRule> budget,
        int maxOutputTokens,
        Optional<LatencyObjective> latency,
        Set<String> targets,
        List<String> warnings) {
    static final int MAX_OUTPUT_TOKENS = 4_096;

    public Policy {
        targets = Set.copyOf(targets);
        warnings = List.copyOf(warnings);
    }

    /**
     * @param source what the text is called in messages, such as the file's path
     * @throws InvalidFileException with one sentence that names file, line and key
     */
    public static Policy load(String source, String yaml) {
        return new PolicyReader(source, yaml).policy();
    }

    /** Every key of a policy file, for the reference. */
    public static List<KeyDescription> keys() {
        return KeyDescription.of(PolicyFile.class);
    }

    /** What holds without a policy file: the edge first, the cloud where the edge may not or cannot. */
    public static Policy builtIn() {
        var worstCase = new WorstCase(MAX_OUTPUT_TOKENS);
        return new Policy(
                "built-in",
                "built-in",
                new RoutingPolicy(
                        EgressRules.STANDARD,
                        worstCase,
                        new Slowness(Optional.empty()),
                        RoutingPolicy.constraints(worstCase, false),
                        Preferences.standard()),
                SensitivityLevels.STANDARD,
                Optional.empty(),
                MAX_OUTPUT_TOKENS,
                Optional.empty(),
                Set.of(),
                List.of());
    }

    /** The decision, and all that led to it. */
    public Explanation explain(RequestFacts facts, FleetSnapshot fleet, Situation situation) {
        return Explanation.of(this, facts, fleet, situation);
    }

    /** Whether a request that does not bound its answer must be given {@link #maxOutputTokens()} before it is sent. */
    public boolean boundsOutput(RequestFacts facts) {
        return !facts.size().outputBounded()
                && (budget.isPresent() || facts.maxCostUsd().isPresent());
    }
}
