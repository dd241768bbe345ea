package dev.fogline.policies.cli;

import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Language;
import dev.fogline.policies.Pin;
import dev.fogline.policies.Policy;
import dev.fogline.policies.RequestDetails;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.RequestSize;
import dev.fogline.policies.cli.Surroundings.ConfiguredFleet;
import dev.fogline.policies.privacy.PromptScan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A terminal whose gateway has the given targets and takes a whole body for its text. */
final class Terminal implements Surroundings {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    ConfiguredFleet fleet =
            new ConfiguredFleet("nothing", true, new FleetSnapshot(List.of()), Map.of(), Optional.empty());
    String input = "";

    int run(String... arguments) {
        return new Tool(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        this)
                .run(List.of(arguments));
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public ConfiguredFleet fleet(Optional<Path> explicit) {
        return fleet;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public RequestFacts facts(
            byte[] body,
            Map<String, String> headers,
            Policy policy,
            FleetSnapshot targets,
            Map<String, String> aliases) {
        PromptScan scan = PromptScan.with(policy.detectors());
        scan.text(new String(body, StandardCharsets.UTF_8));
        return new RequestFacts(
                new Pin.None(),
                policy.levels().of(scan.content()),
                scan.findings(),
                new RequestSize(body.length, 256, false, 1),
                Set.of(),
                false,
                Optional.empty(),
                OptionalLong.empty(),
                new RequestDetails(1, Language.EN, "auto", headers, scan.content(), ""));
    }
}
