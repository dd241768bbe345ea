package dev.fogline.policies;

import java.util.Map;

/** When a rule speaks. */
interface Condition {
    /**
     * @param facts by the names of {@link FactNames}
     * @throws Exception when it cannot be evaluated
     */
    boolean holds(Map<String, Object> facts) throws Exception;
}
