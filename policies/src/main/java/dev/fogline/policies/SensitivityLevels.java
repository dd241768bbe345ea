package dev.fogline.policies;

import dev.fogline.policies.privacy.FindingKind;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * How private each kind of finding makes a request.
 *
 * @param changed where the policy says something else than {@link FindingKind#sensitivity()}
 * @param custom of what the policy itself has looked for, by its id; {@link FindingKind#CUSTOM} says nothing more then
 * @param least how private every request is, whatever was found in it
 */
public record SensitivityLevels(
        Map<FindingKind, Sensitivity> changed, Map<String, Sensitivity> custom, Sensitivity least) {
    /** What holds where no policy says more. */
    public static final SensitivityLevels STANDARD = new SensitivityLevels(Map.of(), Map.of(), Sensitivity.PUBLIC);

    public SensitivityLevels {
        changed = Map.copyOf(changed);
        custom = Map.copyOf(custom);
        if (changed.containsKey(FindingKind.DETECTOR_FAILURE)) {
            throw new IllegalArgumentException("what a failed detector missed is always RESTRICTED");
        }
    }

    /** The level of one kind; of {@link FindingKind#CUSTOM} that of the most private entry. */
    public Sensitivity of(FindingKind kind) {
        return kind == FindingKind.CUSTOM ? ofCustom(custom.keySet()) : changed.getOrDefault(kind, kind.sensitivity());
    }

    /** The level of the most private of these kinds; the least there is without any. */
    public Sensitivity of(Collection<FindingKind> kinds) {
        return of(kinds, Set.of());
    }

    /**
     * The same where it is known which entries of {@code privacy.custom} were found.
     *
     * @param ids of these entries; without any, a finding of {@link FindingKind#CUSTOM} may have been of each of them
     */
    public Sensitivity of(Collection<FindingKind> kinds, Collection<String> ids) {
        Sensitivity strictest = least;
        for (FindingKind kind : kinds) {
            strictest = strictest.max(kind == FindingKind.CUSTOM && !ids.isEmpty() ? ofCustom(ids) : of(kind));
        }
        return strictest;
    }

    private Sensitivity ofCustom(Collection<String> ids) {
        Sensitivity otherwise = changed.getOrDefault(FindingKind.CUSTOM, FindingKind.CUSTOM.sensitivity());
        return ids.stream()
                .map(id -> custom.getOrDefault(id, otherwise))
                .reduce(Sensitivity::max)
                .orElse(otherwise);
    }
}
