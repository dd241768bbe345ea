package dev.fogline.policies;

import dev.fogline.policies.privacy.FindingKind;
import java.util.Map;

/**
 * How private each kind of finding makes a request.
 *
 * @param changed where the policy says something else than {@link FindingKind#sensitivity()}
 */
public record SensitivityLevels(Map<FindingKind, Sensitivity> changed) {
    /** What holds where no policy says more. */
    public static final SensitivityLevels STANDARD = new SensitivityLevels(Map.of());

    public SensitivityLevels {
        changed = Map.copyOf(changed);
        if (changed.containsKey(FindingKind.DETECTOR_FAILURE)) {
            throw new IllegalArgumentException("what a failed detector missed is always RESTRICTED");
        }
    }

    /** The level of the most private of these kinds; PUBLIC without any. */
    public Sensitivity of(Iterable<FindingKind> kinds) {
        Sensitivity strictest = Sensitivity.PUBLIC;
        for (FindingKind kind : kinds) {
            strictest = strictest.max(changed.getOrDefault(kind, kind.sensitivity()));
        }
        return strictest;
    }
}
