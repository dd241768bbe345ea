package dev.fogline.benchmarks.micro;

import dev.fogline.policies.Availability;
import dev.fogline.policies.Candidate;
import dev.fogline.policies.Decision;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Pin;
import dev.fogline.policies.Policy;
import dev.fogline.policies.Price;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.RequestSize;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Situation;
import dev.fogline.policies.Target;
import dev.fogline.policies.TargetStatus;
import dev.fogline.policies.latency.LatencyEstimate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One decision, the facts given, by a policy of so many rules, of which each tenth holds, over so many targets. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
public class PolicyBenchmark {
    private static final List<String> RULES = List.of(
            "{ id: rN, when: request.tokens > 100, prefer: { quality: 1 } }",
            "{ id: rN, when: request.sensitivity >= RESTRICTED, egress: deny }",
            "{ id: rN, when: request.tools && request.tokens > 2000, exclude: { tier: edge } }",
            "{ id: rN, when: '\"cn_id\" in request.findings', egress: deny }",
            "{ id: rN, when: 'request.modalities.exists(m, m == \"image\")', exclude: { tier: edge } }",
            "{ id: rN, when: budget.pressure > 0.9, prefer: { cost: 5 } }",
            "{ id: rN, when: fleet.edge_queue > 0.8 && fleet.cloud_ready, prefer: { quality: 2 } }",
            "{ id: rN, when: time.hour < 8 || time.hour >= 18, pin: { tier: edge } }",
            "{ id: rN, when: request.pinned && !request.stream, egress: pseudonymise }",
            "{ id: rN, when: 'request.language == \"zh\" && request.messages > 9', prefer: { quality: 3 } }");

    @Param({"10", "100", "1000"})
    int rules;

    @Param({"2", "3", "20", "200"})
    int targets;

    private Policy policy = Policy.builtIn();
    private FleetSnapshot fleet = new FleetSnapshot(List.of());
    private final Situation situation = new Situation(false, 0.3, 0.5, Instant.parse("2026-11-24T10:00:00Z"));
    private final RequestFacts request = new RequestFacts(
            new Pin.None(),
            Sensitivity.PUBLIC,
            Map.of(),
            new RequestSize(450, 256, true, 1),
            Set.of("temperature"),
            true,
            Optional.empty(),
            OptionalLong.empty());

    @Setup
    public void load() {
        var yaml = new StringBuilder("version: 1\nname: benchmark\nfacts: { zone: UTC }\n")
                .append("latency: { ttft: 800ms }\nprefer: { privacy: 1, latency: 1, cost: 1, quality: 1 }\nrules:\n");
        for (int i = 0; i < rules; i++) {
            yaml.append("  - ")
                    .append(RULES.get(i % RULES.size()).replace("rN", "r" + i))
                    .append('\n');
        }
        policy = Policy.load("benchmark.yaml", yaml.toString());
        var candidates = new ArrayList<Candidate>();
        for (int i = 0; i < targets; i++) {
            candidates.add(new Candidate(
                    new Target(
                            (i % 3 == 0 ? "edge/t" : "cloud/t") + i,
                            "m",
                            Optional.of(new Price(0.15, 0.6, "benchmark", "2026-01-01"))),
                    new TargetStatus(
                            Availability.READY,
                            65_536,
                            Set.of("audio"),
                            0.2,
                            new LatencyEstimate(100 + i, 0.3, 20, 50, 100))));
        }
        fleet = new FleetSnapshot(candidates);
    }

    @Benchmark
    public Decision decide() {
        return policy.routing().decide(request, fleet, situation);
    }
}
