package dev.fogline.policies.cli;

import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Policy;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.file.InvalidFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the tools need and this module has not: the gateway's configuration and its reader of requests. */
public interface Surroundings {
    /**
     * The targets of a configuration, each taken as ready.
     *
     * @param source where they stand, for messages
     * @param builtIn there is no file: they are what {@code ./fogline up} starts
     * @param policy the one that the configuration names: a path, or {@code pack:NAME}
     */
    record ConfiguredFleet(
            String source,
            boolean builtIn,
            FleetSnapshot targets,
            Map<String, String> aliases,
            Optional<String> policy) {}

    /**
     * The configuration that the gateway would find from here, without its secrets.
     *
     * @throws InvalidFileException if it is wrong
     */
    ConfiguredFleet fleet(Optional<Path> explicit);

    /**
     * What the gateway makes of a request.
     *
     * @param headers those that it has; names in any case
     * @throws InvalidFileException if it would be refused as it is; the message quotes nothing of it
     */
    RequestFacts facts(
            byte[] body,
            Map<String, String> headers,
            Policy policy,
            FleetSnapshot targets,
            Map<String, String> aliases);

    Instant now();
}
