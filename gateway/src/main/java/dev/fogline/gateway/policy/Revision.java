package dev.fogline.gateway.policy;

import dev.fogline.policies.Policy;
import java.time.Instant;

/**
 * A policy that is or was in force.
 *
 * @param document its text, without what it extends
 * @param source where the text came from: the file's path, {@code pack:NAME}, {@code put} or {@code rollback}
 * @param since when it was last put in force
 */
public record Revision(Policy policy, String document, String source, Instant since) {
    public String id() {
        return policy.revision();
    }
}
