package dev.fogline.policies;

import java.util.Set;

/** When a rule speaks. */
interface Condition {
    /** @throws Exception when it cannot be evaluated */
    boolean holds(Facts facts) throws Exception;

    /** Names of the facts it asks for. */
    default Set<String> asks() {
        return Set.of();
    }
}
