package dev.fogline.gateway.config;

import dev.fogline.policies.Policy;
import dev.fogline.policies.PolicyCheck;
import dev.fogline.policies.PolicyLibrary;
import dev.fogline.policies.file.InvalidFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/**
 * A policy as it was read.
 *
 * @param source what it is called in messages: its path as configured, or {@code pack:NAME}
 * @param file where it is, with the links in the path; empty for a pack
 */
public record PolicyText(String source, String text, Optional<Path> file) {

    /** @throws InvalidFileException when there is no such pack */
    static PolicyText pack(String name) {
        PolicyLibrary.Text pack = PolicyLibrary.named(name);
        return new PolicyText(pack.source(), pack.yaml(), Optional.empty());
    }

    Policy policy(Collection<TargetConfig> targets) {
        return compile(source, text, PolicyLibrary.packsAndFiles(), targets);
    }

    /**
     * The policy that a text is, for these targets.
     *
     * @param source what the text is called in messages
     * @param library has what it extends
     * @throws InvalidFileException when the text is no policy, or names a target that is not configured
     */
    public static Policy compile(String source, String text, PolicyLibrary library, Collection<TargetConfig> targets) {
        Policy policy = Policy.load(source, text, library);
        PolicyCheck.targets(
                        policy, targets.stream().map(each -> each.target().id()).toList())
                .stream()
                .findFirst()
                .ifPresent(unknown -> {
                    throw new InvalidFileException(unknown.message());
                });
        return policy;
    }
}
