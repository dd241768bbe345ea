package dev.fogline.policies;

import dev.fogline.policies.privacy.FindingKind;
import java.util.Map;

/**
 * How private each kind of finding makes a request.
 *
 * @param changed where the policy says something else than {@link FindingKind#sensitivity()}
 * @param least how private every request is, whatever was found in it
 */
public record SensitivityLevels(Map<FindingKind, Sensitivity> changed, Sensitivity least) {
    /** What holds where no policy says more. */
    public static final SensitivityLevels STANDARD = new SensitivityLevels(Map.of(), Sensitivity.PUBLIC);

    public SensitivityLevels {
        changed = Map.copyOf(changed);
        if (changed.containsKey(FindingKind.DETECTOR_FAILURE)) {
            throw new IllegalArgumentException("what a failed detector missed is always RESTRICTED");
        }
    }

    /** The level of the most private of these kinds; the least there is without any. */
    public Sensitivity of(Iterable<FindingKind> kinds) {
        Sensitivity strictest = least;
        for (FindingKind kind : kinds) {
            strictest = strictest.max(changed.getOrDefault(kind, kind.sensitivity()));
        }
        return strictest;
    }
}
