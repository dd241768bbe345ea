package dev.fogline.benchmarks.micro;

import dev.fogline.policies.Availability;
import dev.fogline.policies.Candidate;
import dev.fogline.policies.Decision;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Pin;
import dev.fogline.policies.Price;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.RequestSize;
import dev.fogline.policies.RoutingPolicy;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Target;
import dev.fogline.policies.TargetStatus;
import dev.fogline.policies.privacy.FindingKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One decision over one edge and two cloud targets. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
public class DecisionBenchmark {
    private final RoutingPolicy policy = RoutingPolicy.builtIn();
    private final FleetSnapshot fleet = new FleetSnapshot(List.of(
            target("edge/small", 2_048, Set.of("tools", "image")),
            target("cloud/medium", 65_536, Set.of()),
            target("cloud/large", 131_072, Set.of())));
    private final RequestFacts ordinary = facts(new Pin.None(), Sensitivity.PUBLIC, Map.of());
    private final RequestFacts pinned = facts(new Pin.ToTarget("cloud/large"), Sensitivity.PUBLIC, Map.of());
    private final RequestFacts restricted =
            facts(new Pin.None(), Sensitivity.RESTRICTED, Map.of(FindingKind.values()[0], 2));

    private static Candidate target(String id, int context, Set<String> refuses) {
        return new Candidate(
                new Target(id, id, Optional.of(new Price(0.15, 0.6, "benchmark", "2026-01-01"))),
                new TargetStatus(Availability.READY, context, refuses, 0.2));
    }

    private static RequestFacts facts(Pin pin, Sensitivity sensitivity, Map<FindingKind, Integer> findings) {
        return new RequestFacts(
                pin,
                sensitivity,
                findings,
                new RequestSize(450, 256, true, 1),
                Set.of("temperature"),
                true,
                Optional.empty(),
                OptionalLong.empty());
    }

    @Benchmark
    public Decision ordinary() {
        return policy.decide(ordinary, fleet);
    }

    @Benchmark
    public Decision pinned() {
        return policy.decide(pinned, fleet);
    }

    @Benchmark
    public Decision restricted() {
        return policy.decide(restricted, fleet);
    }
}
