package dev.fogline.policies;

import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.file.JsonSchema;
import dev.fogline.policies.file.KeyDescription;
import dev.fogline.policies.privacy.Detectors;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A policy that is in force: compiled, immutable, and what the gateway needs beside the decision itself.
 *
 * @param revision 12 hexadecimal digits of the SHA-256 of its text and of those it extends
 * @param routing decides
 * @param detectors that read a request before it decides
 * @param levels makes the sensitivity of a request out of its findings
 * @param mask how requests are masked
 * @param budget what all requests together may spend
 * @param maxOutputTokens the bound of the answer that a request without one is given where money is limited
 * @param headers those that its conditions may ask for, in lower case: what a request's {@link RequestDetails} may hold
 * @param targets ids of targets that its rules name, for whoever knows which there are
 * @param effective the policy as one document (YAML) that extends nothing
 * @param warnings sentences for the operator: what it says and does not mean what it seems to, or loosens privacy
 */
public record Policy(
        String name,
        String revision,
        RoutingPolicy routing,
        Detectors detectors,
        SensitivityLevels levels,
        MaskRule mask,
        Optional<BudgetRule> budget,
        int maxOutputTokens,
        Optional<LatencyObjective> latency,
        Set<String> headers,
        Set<String> targets,
        String effective,
        List<String> warnings) {
    /** The pack that holds where no policy is named. */
    public static final String DEFAULT = "balanced";

    static final int MAX_OUTPUT_TOKENS = 4_096;

    public Policy {
        headers = Set.copyOf(headers);
        targets = Set.copyOf(targets);
        warnings = List.copyOf(warnings);
    }

    /**
     * @param source what the text is called in messages, such as the file's path
     * @throws InvalidFileException with one sentence that names file, line and key
     */
    public static Policy load(String source, String yaml) {
        return load(source, yaml, PolicyLibrary.packsAndFiles());
    }

    /**
     * @param library where the policies are that it extends
     * @throws InvalidFileException with one sentence that names file, line and key
     */
    public static Policy load(String source, String yaml, PolicyLibrary library) {
        return new PolicyReader(new PolicyLayers(source, yaml, library)).policy();
    }

    /**
     * A policy that comes with Fogline.
     *
     * @param name one of {@link PolicyLibrary#PACKS}
     * @throws InvalidFileException for any other
     */
    public static Policy pack(String name) {
        PolicyLibrary.Text text = PolicyLibrary.named(name);
        return load(text.source(), text.yaml(), PolicyLibrary.packs());
    }

    /** Every key of a policy file, for the reference. */
    public static List<KeyDescription> keys() {
        return KeyDescription.of(PolicyFile.class);
    }

    /** What a policy file may say, as a JSON schema for editors. */
    public static String schema() {
        return JsonSchema.of(PolicyFile.class, "Fogline policy", PolicyFile.NOT_BUILT);
    }

    /** What conditions may ask, for the reference: name, type and meaning. */
    public static List<List<String>> facts() {
        return Stream.of(Fact.values())
                .map(fact -> List.of(fact.id, fact.type.name(), fact.meaning))
                .toList();
    }

    /** What holds where no policy is named, {@value #DEFAULT}: the edge first, the cloud where the edge may not or cannot. */
    public static Policy builtIn() {
        return pack(DEFAULT);
    }

    /** The texts in its conditions: words of whoever wrote it, not of a caller. */
    public Set<String> words() {
        return routing.rules().rules().stream()
                .flatMap(rule -> CaseGrid.TEXT.matcher(rule.written().when()).results())
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What each rule asks for, in the file's order. */
    public List<Asked> asked() {
        return routing.asked(headers);
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
