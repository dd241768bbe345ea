package dev.fogline.gateway.audit;

import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Target;
import dev.fogline.policies.privacy.FindingKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** The gateway's own metrics; every name, label and label value is bounded. */
public final class GatewayMetrics {
    private final MeterRegistry registry;
    private final Map<List<String>, Counter> counters = new ConcurrentHashMap<>();

    public GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
        // Rows that have not happened yet are shown as zero, so that a rule on them works from the start.
        for (FindingKind kind : FindingKind.values()) {
            findings(kind);
        }
        for (Sensitivity sensitivity : Sensitivity.values()) {
            egress("allowed", sensitivity);
            egress("denied", sensitivity);
        }
        loweringIgnored();
    }

    public TargetMetrics target(Target target, String provider, IntSupplier inFlight) {
        Gauge.builder("fogline.inflight", inFlight, IntSupplier::getAsInt)
                .description("Exchanges with the target that have not ended")
                .tags("tier", target.tier().label(), "target", target.id())
                // Nobody else holds the supplier, and a gauge whose source was collected reads NaN.
                .strongReference(true)
                .register(registry);
        return new TargetMetrics(registry, target, provider);
    }

    /** A whole exchange ended. Without a target the tier is {@code none}. */
    public void request(String tier, String target, String reason, String outcome) {
        counters.computeIfAbsent(
                        List.of("requests", tier, target, reason, outcome),
                        key -> Counter.builder("fogline.requests")
                                .description("Exchanges by how they ended")
                                .tags("tier", tier, "target", target, "reason", reason, "outcome", outcome)
                                .register(registry))
                .increment();
    }

    public void failover(String from, String to, String cause) {
        counters.computeIfAbsent(
                        List.of("failovers", from, to, cause),
                        key -> Counter.builder("fogline.failovers")
                                .description("Exchanges that went on to the next target of their plan")
                                .tags("from", from, "to", to, "cause", cause)
                                .register(registry))
                .increment();
    }

    public void findings(Map<FindingKind, Integer> found) {
        found.forEach((kind, count) -> findings(kind).increment(count));
    }

    public void egressAllowed(Sensitivity sensitivity) {
        egress("allowed", sensitivity).increment();
    }

    public void egressDenied(Sensitivity sensitivity) {
        egress("denied", sensitivity).increment();
    }

    public void sensitivityLoweringIgnored() {
        loweringIgnored().increment();
    }

    private Counter findings(FindingKind kind) {
        return counters.computeIfAbsent(
                List.of("findings", kind.id()),
                key -> Counter.builder("fogline.findings")
                        .description("What the detectors recognised in requests")
                        .tag("kind", kind.id())
                        .register(registry));
    }

    private Counter egress(String action, Sensitivity sensitivity) {
        String level = sensitivity.name().toLowerCase(Locale.ROOT);
        return counters.computeIfAbsent(
                List.of("egress", action, level),
                key -> Counter.builder("fogline.egress")
                        .description("Bodies that left for a cloud target, and requests that were kept from it")
                        .tags("action", action, "sensitivity", level)
                        .register(registry));
    }

    private Counter loweringIgnored() {
        return counters.computeIfAbsent(
                List.of("lowering"),
                key -> Counter.builder("fogline.sensitivity.lowering.ignored")
                        .description("Requests whose header asked for less privacy than their content has")
                        .register(registry));
    }
}
