package dev.fogline.gateway.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration says of who can serve, without secrets.
 *
 * @param source where it came from, for messages
 * @param builtIn there is no file
 * @param aliases name to what it stands for
 * @param policy the policy that it names: a path, or {@code pack:NAME}
 */
public record ConfiguredTargets(
        String source,
        boolean builtIn,
        List<TargetConfig> targets,
        Map<String, String> aliases,
        Optional<String> policy) {}
