package dev.fogline.policies;

import java.util.Optional;

/**
 * One rule of a policy file.
 *
 * @param egress what may leave when the condition holds
 * @param exclude what may not serve then
 * @param pin what alone may serve then
 */
record Rule(String id, Condition when, Optional<Egress> egress, Optional<Pin> exclude, Optional<Pin> pin) {}
