package dev.fogline.gateway.config;

import dev.fogline.policies.Policy;
import dev.fogline.policies.file.InvalidFileException;
import java.nio.file.Path;
import java.util.Collection;

/**
 * A policy file as it was read.
 *
 * @param path as configured, with the links in it
 */
public record PolicyText(Path path, String text) {

    Policy policy(Collection<TargetConfig> targets) {
        return compile(path.toString(), text, targets);
    }

    /**
     * The policy that a text is, for these targets.
     *
     * @param source what the text is called in messages
     * @throws InvalidFileException when the text is no policy, or names a target that is not configured
     */
    public static Policy compile(String source, String text, Collection<TargetConfig> targets) {
        Policy policy = Policy.load(source, text);
        policy.targets().stream()
                .filter(id -> targets.stream().noneMatch(t -> t.target().id().equals(id)))
                .sorted()
                .findFirst()
                .ifPresent(id -> {
                    throw new InvalidFileException(
                            source + ": a rule names the target '" + id + "', which is not configured");
                });
        return policy;
    }
}
