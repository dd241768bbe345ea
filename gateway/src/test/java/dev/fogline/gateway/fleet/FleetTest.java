package dev.fogline.gateway.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FleetTest {
    private final Fleet fleet = new Fleet(List.of(member("edge/a"), member("edge/b"), member("cloud/c")));

    @Test
    void the_fleet_has_settled_once_every_edge_is_ready_or_has_given_up() {
        assertThat(fleet.settled()).as("nobody has told anything").isFalse();
        fleet.answered("edge/a", status("ready"));
        fleet.answered("edge/b", status("starting"));
        assertThat(fleet.settled()).as("one is starting").isFalse();
        fleet.answered("edge/b", status("failed"));
        assertThat(fleet.settled()).as("one is ready, one has given up").isTrue();
        fleet.answered("edge/b", status("restarting"));
        assertThat(fleet.settled()).as("it tries again").isFalse();
        fleet.answered("edge/b", status("ready"));
        assertThat(fleet.settled()).isTrue();
    }

    private static Fleet.Member member(String id) {
        return new Fleet.Member(new Target(id, "m", Optional.empty()), 0, Set.of());
    }

    private static AgentStatus status(String state) {
        return new AgentStatus(state, "m", 2048, null, null, null, Set.of());
    }
}
