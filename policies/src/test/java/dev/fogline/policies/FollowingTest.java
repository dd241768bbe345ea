package dev.fogline.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Decision.Route;
import dev.fogline.policies.latency.ObservedLatency;
import dev.fogline.policies.latency.Temperature;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Estimates and decisions together, on a clock of their own: two targets, one request after the other. */
class FollowingTest {
    private static final Target EDGE = new Target("edge/small", "small", Optional.empty());
    private static final Target CLOUD = new Target("cloud/large", "large", Optional.empty());
    private static final RequestFacts ORDINARY = new RequestFacts(
            new Pin.None(),
            Sensitivity.PUBLIC,
            Map.of(),
            new RequestSize(100, 100, true, 1),
            Set.of(),
            true,
            Optional.empty(),
            OptionalLong.empty());

    private final Random random = new Random(4);
    private long now;
    private double edgeMs = 100;
    private double cloudMs = 100;
    private final ObservedLatency edge = new ObservedLatency(() -> now);
    private final ObservedLatency cloud = new ObservedLatency(() -> now);

    @ParameterizedTest
    @ValueSource(strings = {"latency: { ttft: 800ms }", "prefer: { latency: 1 }"})
    void when_the_edge_turns_slow_the_choice_follows_within_twenty_requests(String says) {
        Policy policy = Policy.load("p", "version: 1\nname: p\n" + says);
        edge.seed(50, 1);
        edgeMs = 50;
        assertThat(servedByEdge(policy, 50)).isGreaterThanOrEqualTo(45);
        edgeMs = 5_000;
        servedByEdge(policy, 20);
        assertThat(servedByEdge(policy, 100)).isLessThanOrEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latency: { ttft: 800ms }\nprefer: { quality: 1 }", "prefer: { latency: 1 }"})
    void when_the_cloud_turns_slow_the_choice_follows_within_twenty_requests(String says) {
        Policy policy = Policy.load("p", "version: 1\nname: p\n" + says);
        cloud.seed(50, 1);
        cloudMs = 50;
        assertThat(servedByEdge(policy, 50)).isLessThanOrEqualTo(5);
        cloudMs = 5_000;
        servedByEdge(policy, 20);
        assertThat(servedByEdge(policy, 100)).isGreaterThanOrEqualTo(95);
    }

    @Test
    void a_target_that_was_never_seen_is_found() {
        Policy policy = Policy.load("p", "version: 1\nname: p\nprefer: { latency: 1 }");
        edgeMs = 20;
        servedByEdge(policy, 1_500);
        assertThat(servedByEdge(policy, 100)).isGreaterThanOrEqualTo(80);
    }

    @Test
    void a_slow_target_that_recovered_is_found_again() {
        Policy policy = Policy.load("p", "version: 1\nname: p\nlatency: { ttft: 800ms }");
        servedByEdge(policy, 50);
        edgeMs = 5_000;
        servedByEdge(policy, 200);
        edgeMs = 100;
        servedByEdge(policy, 3_000);
        assertThat(servedByEdge(policy, 100)).isEqualTo(100);
    }

    /** Ten requests a second; how many of them the edge served. */
    private int servedByEdge(Policy policy, int requests) {
        int byEdge = 0;
        for (int i = 0; i < requests; i++) {
            now += 100_000_000L;
            var fleet =
                    new FleetSnapshot(List.of(new Candidate(CLOUD, status(cloud)), new Candidate(EDGE, status(edge))));
            Route route = (Route) policy.routing().decide(ORDINARY, fleet, new Situation(false, random.nextDouble()));
            boolean atEdge = route.plan().getFirst().equals(EDGE);
            byEdge += atEdge ? 1 : 0;
            (atEdge ? edge : cloud)
                    .firstToken((atEdge ? edgeMs : cloudMs) * (0.8 + 0.4 * random.nextDouble()), Temperature.WARM);
        }
        return byEdge;
    }

    private static TargetStatus status(ObservedLatency observed) {
        return new TargetStatus(Availability.READY, 0, Set.of(), 0, observed.estimate(Temperature.WARM));
    }
}
