package dev.fogline.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Decision.Refusal;
import dev.fogline.policies.Decision.Refuse;
import dev.fogline.policies.Decision.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One request after the other against a small edge and a large cloud. */
class RoutingPolicyTest {
    private static final Target EDGE = new Target("edge/small", "small", Optional.empty());
    private static final Target CLOUD = new Target("cloud/large", "large", Optional.empty());
    private static final Pin.None AUTO = new Pin.None();

    private Availability edgeIs = Availability.READY;

    @Test
    void an_ordinary_prompt_prefers_the_edge_with_the_cloud_behind_it() {
        Route route = route(facts(AUTO, Sensitivity.PUBLIC, 100));
        assertThat(route.plan()).containsExactly(EDGE, CLOUD);
        assertThat(route.reason()).isEqualTo(Reason.PREFERENCE);
    }

    @Test
    void what_cannot_be_masked_stays_at_the_edge_like_restricted() {
        for (Sensitivity sensitivity : List.of(Sensitivity.CONFIDENTIAL, Sensitivity.RESTRICTED)) {
            Route route = route(facts(AUTO, sensitivity, 100));
            assertThat(route.plan()).containsExactly(EDGE);
            assertThat(route.reason()).isEqualTo(Reason.PRIVACY);
        }
    }

    @Test
    void a_long_prompt_goes_to_the_cloud_and_says_context() {
        Route route = route(facts(AUTO, Sensitivity.PUBLIC, 3000));
        assertThat(route.plan()).containsExactly(CLOUD);
        assertThat(route.reason()).isEqualTo(Reason.CONTEXT);
    }

    @Test
    void without_the_edge_the_cloud_serves_and_says_availability() {
        edgeIs = Availability.UNREACHABLE;
        Route route = route(facts(AUTO, Sensitivity.PUBLIC, 100));
        assertThat(route.plan()).containsExactly(CLOUD);
        assertThat(route.reason()).isEqualTo(Reason.AVAILABILITY);
    }

    @Test
    void a_private_request_without_an_edge_waits() {
        edgeIs = Availability.NOT_READY;
        Refuse refuse = refuse(facts(AUTO, Sensitivity.RESTRICTED, 100));
        assertThat(refuse.refusal()).isEqualTo(Refusal.UNAVAILABLE);
        assertThat(refuse.reason()).isEqualTo(Reason.PRIVACY);
    }

    @Test
    void a_private_request_pinned_to_the_cloud_is_refused_for_good() {
        Refuse refuse = refuse(facts(new Pin.ToTier(Tier.CLOUD), Sensitivity.RESTRICTED, 100));
        assertThat(refuse.refusal()).isEqualTo(Refusal.POLICY);
        assertThat(refuse.reason()).isEqualTo(Reason.PRIVACY);
    }

    @Test
    void a_private_request_that_is_too_long_for_every_edge_is_too_long() {
        Refuse refuse = refuse(facts(AUTO, Sensitivity.RESTRICTED, 3000));
        assertThat(refuse.refusal()).isEqualTo(Refusal.CONTEXT);
        assertThat(refuse.reason()).as("the cloud has room for it").isEqualTo(Reason.PRIVACY);
        assertThat(refuse(facts(new Pin.ToTier(Tier.EDGE), Sensitivity.RESTRICTED, 3000))
                        .reason())
                .isEqualTo(Reason.CONTEXT);
    }

    @Test
    void a_decision_says_for_each_target_not_chosen_why() {
        Refuse refuse = refuse(facts(new Pin.ToTier(Tier.CLOUD), Sensitivity.RESTRICTED, 3000));
        assertThat(refuse.objections())
                .extracting(Objection::target, Objection::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("cloud/large", Reason.PRIVACY),
                        org.assertj.core.groups.Tuple.tuple("edge/small", Reason.PINNED),
                        org.assertj.core.groups.Tuple.tuple("edge/small", Reason.CONTEXT));
    }

    private Route route(RequestFacts facts) {
        return (Route) RoutingPolicy.builtIn().decide(facts, fleet());
    }

    private Refuse refuse(RequestFacts facts) {
        return (Refuse) RoutingPolicy.builtIn().decide(facts, fleet());
    }

    private FleetSnapshot fleet() {
        return new FleetSnapshot(List.of(
                new Candidate(CLOUD, new TargetStatus(Availability.READY, 128_000, Set.of(), 0)),
                new Candidate(EDGE, new TargetStatus(edgeIs, 2048, Set.of("tools"), 0))));
    }

    private static RequestFacts facts(Pin pin, Sensitivity sensitivity, int promptTokens) {
        return new RequestFacts(
                pin,
                sensitivity,
                Map.of(),
                new RequestSize(promptTokens, 256, true, 1),
                Set.of(),
                false,
                Optional.empty(),
                OptionalLong.empty());
    }
}
