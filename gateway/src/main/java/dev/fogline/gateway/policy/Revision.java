package dev.fogline.gateway.policy;

import dev.fogline.policies.Policy;
import java.time.Instant;
import java.util.Optional;

/**
 * A policy that is or was in force.
 *
 * @param document its text; empty for what is built in
 * @param source where the text came from: the file's path, {@code put}, {@code rollback} or {@code built-in}
 * @param since when it was last put in force
 */
public record Revision(Policy policy, Optional<String> document, String source, Instant since) {
    public String id() {
        return policy.revision();
    }
}
