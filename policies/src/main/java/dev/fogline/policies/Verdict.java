package dev.fogline.policies;

import java.util.List;
import java.util.Set;

/**
 * What a policy makes of one target.
 *
 * @param slowness see {@link Slowness#of}
 * @param objections none if it may serve
 */
record Verdict(Target target, double score, int slowness, List<Objection> objections) {
    boolean has(Reason reason) {
        for (Objection objection : objections) {
            if (objection.reason() == reason) {
                return true;
            }
        }
        return false;
    }

    boolean hasAny(Set<Reason> reasons) {
        return objections.stream().anyMatch(objection -> reasons.contains(objection.reason()));
    }
}
