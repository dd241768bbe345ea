package dev.fogline.policies;

import dev.fogline.policies.privacy.FindingKind;
import java.util.Set;

/**
 * What becomes of a request where its egress is {@link Egress#PSEUDONYMISE}.
 *
 * @param kinds those found that the policy has masked
 * @param fixed kinds that were found at least once where no placeholder can stand: in a schema, a name, a key, a field that
 *     nobody knows
 * @param whole once those kinds are masked nothing private is left: all of them lie in text that was read, no part that
 *     nobody can read stands beside them, and the request as such is private neither by what it is about nor by what somebody
 *     said
 */
public record Masking(Set<FindingKind> kinds, Set<FindingKind> fixed, boolean whole) {
    /** Of a request of which nothing is known: it cannot be masked. */
    public static final Masking IMPOSSIBLE = new Masking(Set.of(), Set.of(), false);

    public Masking {
        kinds = Set.copyOf(kinds);
        fixed = Set.copyOf(fixed);
    }
}
