package dev.fogline.policies;

import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How private what was found makes a request.
 *
 * @param changed where the policy says something else than {@link FindingKind#sensitivity()}
 * @param custom of what the policy itself has looked for, by its id; {@link FindingKind#CUSTOM} says nothing more then
 * @param subjects where the policy says something else than {@link Subject#sensitivity()}
 * @param combinations what several findings say together
 * @param least how private every request is, whatever was found in it
 */
public record SensitivityLevels(
        Map<FindingKind, Sensitivity> changed,
        Map<String, Sensitivity> custom,
        Map<Subject, Sensitivity> subjects,
        List<Combination> combinations,
        Sensitivity least) {
    /** What holds where no policy says more. */
    public static final SensitivityLevels STANDARD = new SensitivityLevels(Map.of(), Map.of(), Sensitivity.PUBLIC);

    public SensitivityLevels {
        changed = Map.copyOf(changed);
        custom = Map.copyOf(custom);
        subjects = Map.copyOf(subjects);
        combinations = List.copyOf(combinations);
        if (changed.containsKey(FindingKind.DETECTOR_FAILURE)) {
            throw new IllegalArgumentException("what a failed detector missed is always RESTRICTED");
        }
    }

    /** With the usual subjects and combinations. */
    public SensitivityLevels(
            Map<FindingKind, Sensitivity> changed, Map<String, Sensitivity> custom, Sensitivity least) {
        this(changed, custom, Map.of(), Combination.STANDARD, least);
    }

    /** The level of one kind; of {@link FindingKind#CUSTOM} that of the most private entry. */
    public Sensitivity of(FindingKind kind) {
        return kind == FindingKind.CUSTOM ? ofCustom(custom.keySet()) : changed.getOrDefault(kind, kind.sensitivity());
    }

    public Sensitivity of(Subject subject) {
        return subjects.getOrDefault(subject, subject.sensitivity());
    }

    /** The level of a request that holds one of each of these kinds and nothing else. */
    public Sensitivity of(Collection<FindingKind> kinds) {
        return of(Content.of(kinds));
    }

    /** The strictest of what each finding says, what they say together, what the request is about, and the least there is. */
    public Sensitivity of(Content content) {
        Sensitivity strictest = about(content).max(ofCombinations(content));
        for (FindingKind kind : content.findings().keySet()) {
            strictest = strictest.max(
                    kind == FindingKind.CUSTOM && !content.custom().isEmpty()
                            ? ofCustom(content.custom().keySet())
                            : of(kind));
        }
        return strictest;
    }

    /** What stays when everything that was found is masked: what the request is about, and the least there is. */
    public Sensitivity about(Content content) {
        Sensitivity strictest = least;
        for (Subject subject : content.subjects()) {
            strictest = strictest.max(of(subject));
        }
        return strictest;
    }

    private Sensitivity ofCombinations(Content content) {
        Sensitivity strictest = Sensitivity.PUBLIC;
        for (Combination combination : held(content)) {
            strictest = strictest.max(combination.level());
        }
        return strictest;
    }

    /** The combinations that a request with this content holds. */
    List<Combination> held(Content content) {
        if (content.findings().isEmpty()) {
            return List.of();
        }
        var held = new ArrayList<Combination>();
        for (Combination combination : combinations) {
            if (combination.holds(content)) {
                held.add(combination);
            }
        }
        return held;
    }

    /** The strictest of these entries of {@code privacy.custom}. */
    Sensitivity ofCustom(Collection<String> ids) {
        Sensitivity otherwise = changed.getOrDefault(FindingKind.CUSTOM, FindingKind.CUSTOM.sensitivity());
        return ids.stream()
                .map(id -> custom.getOrDefault(id, otherwise))
                .reduce(Sensitivity::max)
                .orElse(otherwise);
    }
}
