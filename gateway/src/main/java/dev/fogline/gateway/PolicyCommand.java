package dev.fogline.gateway;

import dev.fogline.gateway.api.ChatRequestReader;
import dev.fogline.gateway.api.FailureException;
import dev.fogline.gateway.api.ModelNames;
import dev.fogline.gateway.api.RequestHeaders;
import dev.fogline.gateway.config.ConfigException;
import dev.fogline.gateway.config.ConfigReader;
import dev.fogline.gateway.config.ConfiguredTargets;
import dev.fogline.gateway.config.TargetConfig;
import dev.fogline.gateway.fleet.Fleet;
import dev.fogline.policies.Availability;
import dev.fogline.policies.Candidate;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Policy;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.Tenant;
import dev.fogline.policies.cli.Surroundings;
import dev.fogline.policies.cli.Tool;
import dev.fogline.policies.file.InvalidFileException;
import io.vertx.core.MultiMap;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code ./fogline policy}: the tools, with this gateway's configuration and its own way from a body to facts. */
public final class PolicyCommand implements Surroundings {
    private final ConfigReader configurations;

    PolicyCommand(ConfigReader configurations) {
        this.configurations = configurations;
    }

    public static void main(String... args) {
        System.exit(Tool.ofProcess(new PolicyCommand(ConfigReader.ofProcess())).run(List.of(args)));
    }

    @Override
    public ConfiguredFleet fleet(Optional<Path> explicit) {
        try {
            ConfiguredTargets known = configurations.targets(explicit);
            return new ConfiguredFleet(
                    known.source(), known.builtIn(), ready(known.targets()), known.aliases(), known.policy());
        } catch (ConfigException e) {
            throw new InvalidFileException(String.valueOf(e.getMessage()));
        }
    }

    private static FleetSnapshot ready(List<TargetConfig> targets) {
        var fleet = new Fleet(targets.stream()
                .map(target -> new Fleet.Member(target.target(), target.contextTokens(), target.refuses()))
                .toList());
        return new FleetSnapshot(fleet.snapshot().candidates().stream()
                .map(candidate ->
                        new Candidate(candidate.target(), candidate.status().with(Availability.READY)))
                .toList());
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public RequestFacts facts(
            byte[] body,
            Map<String, String> headers,
            Policy policy,
            FleetSnapshot targets,
            Map<String, String> aliases) {
        var names = new ModelNames(
                targets.candidates().stream().map(Candidate::target).toList(), aliases);
        try {
            MultiMap all = MultiMap.caseInsensitiveMultiMap().addAll(headers);
            RequestHeaders known = RequestHeaders.of(all);
            return Deciding.facts(
                    policy,
                    names,
                    known,
                    Tenant.NOBODY,
                    new ChatRequestReader(policy.detectors()).read(body),
                    known.deadlineMs().map(OptionalLong::of).orElse(OptionalLong.empty()),
                    all);
        } catch (FailureException e) {
            throw new InvalidFileException(String.valueOf(e.failure().message()));
        }
    }
}
