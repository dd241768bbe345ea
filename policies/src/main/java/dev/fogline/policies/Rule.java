package dev.fogline.policies;

import java.util.List;
import java.util.Optional;

/**
 * One rule of a policy file.
 *
 * @param egress what may leave when the condition holds
 * @param exclude what may not serve then
 * @param pin what alone may serve then
 * @param prefer what ranks the targets then, beside what always does
 * @param latency how soon the first token should come then
 */
record Rule(
        String id,
        Condition when,
        Optional<Egress> egress,
        Optional<Selector> exclude,
        Optional<Selector> pin,
        List<Preference> prefer,
        Optional<LatencyObjective> latency) {
    Rule {
        prefer = List.copyOf(prefer);
    }

    /** Without what only ranks: a preference whose condition cannot be checked scores nothing. */
    Rule strict() {
        return new Rule(id, when, egress, exclude, pin, List.of(), Optional.empty());
    }
}
