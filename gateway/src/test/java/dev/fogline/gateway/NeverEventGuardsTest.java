package dev.fogline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.Needles.Sighting;
import dev.fogline.gateway.config.ConfigReader;
import dev.fogline.gateway.config.Environment;
import dev.fogline.gateway.config.GatewayConfig;
import dev.fogline.policies.Decision.Route;
import dev.fogline.policies.Policy;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.Target;
import dev.fogline.policies.WithoutPrivacy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The never-event's test finds what leaves once a guard is gone: each guard holds back something that it would see. */
class NeverEventGuardsTest {
    private static final int REQUESTS = 1_500;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final List<FaultyUpstream> edges = upstreams(2);
    private final List<FaultyUpstream> clouds = upstreams(2);

    private List<FaultyUpstream> upstreams(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new FaultyUpstream(vertx, 0))
                .toList();
    }

    @AfterEach
    void leave() {
        edges.forEach(FaultyUpstream::close);
        clouds.forEach(FaultyUpstream::close);
        Blocking.get(vertx.close());
    }

    /** Lets everything go as it came. */
    private static final class LeavesAsItCame extends Masking {
        LeavesAsItCame(Vertx vertx, Executor pool) {
            super(vertx, pool);
        }

        @Override
        boolean needed(Route route, RequestFacts facts, Target target) {
            return false;
        }
    }

    private NeverEventRun run(UnaryOperator<Policy> policy, BiFunction<Vertx, Executor, Masking> masking, int requests)
            throws Exception {
        int port = FreePort.next();
        Path folder = Files.createTempDirectory("fogline-guards");
        String targets = IntStream.range(0, 2)
                .mapToObj(i -> """
                          - { id: edge/%1$s, base-url: 'http://127.0.0.1:%2$d/v1', limits: { first-event: 500ms, total: 500ms } }
                          - { id: cloud/%1$s, base-url: 'http://127.0.0.1:%3$d/v1', limits: { first-event: 500ms, total: 500ms } }
                        """.formatted(
                        (char) ('a' + i), edges.get(i).port(), clouds.get(i).port()))
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("policy.yaml"), NeverEventRun.POLICIES.getFirst());
        Path file = Files.writeString(
                folder.resolve("fogline.yaml"),
                "version: 1\nport: " + port + "\naliases: { \"gpt-*\": auto }\ntargets:\n" + targets
                        + "policy: policy.yaml\n");
        GatewayConfig config = new ConfigReader(new Environment(Map.of()), folder, folder).read(Optional.of(file));
        config = with(policy.apply(config.policy()), config);
        Gateway gateway = Blocking.get(
                Gateway.start(vertx, config, new SimpleMeterRegistry(), 2, Duration.ofMinutes(1), masking));
        Blocking.until("ready", gateway::ready);
        try {
            return new NeverEventRun(vertx, port, edges, clouds, unchanged -> {})
                    .run(NeverEventRun.SEED, requests, decisions -> {});
        } finally {
            Blocking.get(gateway.stop());
        }
    }

    private static GatewayConfig with(Policy policy, GatewayConfig config) throws ReflectiveOperationException {
        var values = new ArrayList<Object>();
        for (var component : GatewayConfig.class.getRecordComponents()) {
            values.add(
                    component.getType() == Policy.class
                            ? policy
                            : component.getAccessor().invoke(config));
        }
        return (GatewayConfig) GatewayConfig.class.getDeclaredConstructors()[0].newInstance(values.toArray());
    }

    private static Map<Boolean, Long> byMaskable(List<Sighting> sightings) {
        return sightings.stream()
                .collect(Collectors.partitioningBy(
                        seen -> seen.request().value().kind().mayLeaveMasked(), Collectors.counting()));
    }

    @Test
    void with_its_guards_nothing_leaves() throws Exception {
        assertThat(run(policy -> policy, Masking::new, REQUESTS).sightings()).isEmpty();
    }

    @Test
    void without_masking_what_may_leave_only_masked_is_seen() throws Exception {
        List<Sighting> seen =
                run(policy -> policy, LeavesAsItCame::new, REQUESTS).sightings();
        assertThat(byMaskable(seen).get(true)).isGreaterThan(50);
        assertThat(byMaskable(seen).get(false)).as("what no plan lets out").isZero();
    }

    @Test
    void a_plan_that_privacy_has_not_looked_at_is_stopped_before_it_is_sent() throws Exception {
        NeverEventRun run = run(WithoutPrivacy::of, Masking::new, REQUESTS / 10);
        assertThat(run.sightings()).isEmpty();
        assertThat(run.outcomes("500")).isPositive();
    }

    @Test
    void without_the_plans_filter_and_that_stop_everything_is_seen() throws Exception {
        List<Sighting> seen =
                run(WithoutPrivacy::of, LeavesAsItCame::new, REQUESTS).sightings();
        assertThat(seen.stream().map(one -> one.request().value().kind()).distinct())
                .containsExactlyInAnyOrder(PrivateValue.Kind.values());
        assertThat(seen.stream().map(one -> one.request().place()).distinct().count())
                .as("places")
                .isGreaterThan(30);
        assertThat(seen.stream().map(Sighting::where).distinct()).contains("cloud", "cloud, unescaped");
    }
}
