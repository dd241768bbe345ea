package dev.fogline.policies.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Availability;
import dev.fogline.policies.Candidate;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.PolicyLibrary;
import dev.fogline.policies.Price;
import dev.fogline.policies.Target;
import dev.fogline.policies.TargetStatus;
import dev.fogline.policies.cli.Surroundings.ConfiguredFleet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The packs do what their cases say, and are what {@code policy check} asks of a policy. */
class PackCasesTest {
    private static final Candidate EDGE = new Candidate(
            new Target("edge/small", "small", Optional.empty()),
            new TargetStatus(Availability.READY, 4096, Set.of(), 0));
    private static final Candidate CLOUD = new Candidate(
            new Target("cloud/big", "big", Optional.of(new Price(2.5, 10, "list", "2026-11-01"))),
            new TargetStatus(Availability.READY, 0, Set.of(), 0));

    private final Terminal terminal = new Terminal();

    @ParameterizedTest
    @FieldSource("dev.fogline.policies.PolicyLibrary#PACKS")
    void its_cases_pass(String pack) {
        assertThat(terminal.run("test", "packs/" + pack + ".test.yaml"))
                .as(terminal.out() + terminal.err())
                .isZero();
        assertThat(terminal.out()).contains("all passed");
    }

    @ParameterizedTest
    @FieldSource("dev.fogline.policies.PolicyLibrary#PACKS")
    void it_is_good_beside_an_edge_and_a_cloud_and_nothing_in_it_is_superfluous(String pack) {
        terminal.fleet = new ConfiguredFleet(
                "fogline.yaml", false, new FleetSnapshot(List.of(EDGE, CLOUD)), Map.of(), Optional.empty());
        for (String name : List.of("packs/" + pack + ".yaml", PolicyLibrary.PACK + pack)) {
            assertThat(terminal.run("check", name)).as(terminal.out()).isZero();
        }
        assertThat(terminal.out().lines().filter(line -> line.startsWith("warning")))
                .isEmpty();
    }
}
