package dev.fogline.policies;

import java.util.List;

/**
 * What the policy's own rules say of a request, before any target is looked at.
 *
 * @param egress the strictest of the class's default and every rule that spoke
 * @param matched ids of the rules whose condition held, in the file's order
 * @param failed ids of those whose condition could not be evaluated: what they forbid is forbidden as if it held, and what
 *     they prefer counts nothing
 */
public record Ruling(Egress egress, List<String> matched, List<String> failed) {
    public Ruling {
        matched = List.copyOf(matched);
        failed = List.copyOf(failed);
    }
}
