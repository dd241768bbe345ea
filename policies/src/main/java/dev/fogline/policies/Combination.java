package dev.fogline.policies;

import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Findings that say more together than each of them alone.
 *
 * @param id what decisions and policies call it
 * @param of the kinds that count
 * @param kinds how many different ones of these there must be
 * @param values how many different values of these there must be, over all of the kinds
 * @param level how private a request is at least that holds them
 */
public record Combination(String id, Set<FindingKind> of, int kinds, int values, Sensitivity level) {
    /** What tells of a person and may not simply leave: the kinds that count where a policy lists none. */
    static final Set<FindingKind> USUAL = Collections.unmodifiableSet(usual());

    /** Those that hold where no policy says more: who somebody is, and a list of people. */
    public static final List<Combination> STANDARD = List.of(
            new Combination(
                    "identity",
                    EnumSet.of(FindingKind.PERSON, FindingKind.DATE_OF_BIRTH, FindingKind.ADDRESS),
                    3,
                    3,
                    Sensitivity.RESTRICTED),
            new Combination("people", USUAL, 1, 10, Sensitivity.RESTRICTED));

    public Combination {
        of = Set.copyOf(of);
    }

    private static Set<FindingKind> usual() {
        var usual = EnumSet.noneOf(FindingKind.class);
        Arrays.stream(FindingKind.values())
                .filter(kind -> kind.personal() && kind.sensitivity().compareTo(Sensitivity.CONFIDENTIAL) >= 0)
                .forEach(usual::add);
        return usual;
    }

    /** Whether a request with that content holds it. */
    boolean holds(Content content) {
        int foundKinds = 0;
        int foundValues = 0;
        for (FindingKind kind : content.findings().keySet()) {
            if (of.contains(kind)) {
                foundKinds++;
                foundValues += content.values(kind);
            }
        }
        return foundKinds >= kinds && foundValues >= values;
    }
}
