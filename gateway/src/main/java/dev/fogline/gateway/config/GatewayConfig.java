package dev.fogline.gateway.config;

import dev.fogline.policies.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration that is in force: the file, the presets and the variables, resolved and checked.
 *
 * @param source where it came from, for messages
 * @param users where users call
 * @param operators where metrics, health and administration are
 * @param policy what decides at the start
 * @param policyText what it was made of
 * @param decisionLog the file to log decisions to; empty for none
 * @param audit of what leaves for a cloud
 * @param installationKey for digests that nobody can confirm by guessing
 * @param aliases name to what it stands for, in the file's order; a name may hold one {@code *}
 */
public record GatewayConfig(
        String source,
        Access users,
        Access operators,
        List<TargetConfig> targets,
        Map<String, String> aliases,
        Policy policy,
        PolicyText policyText,
        Optional<Path> decisionLog,
        Audit audit,
        Secret installationKey) {}
