package dev.fogline.gateway.audit;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Target;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The gateway's own metrics; every name, label and label value is bounded. */
public final class GatewayMetrics {
    private static final Duration[] FINE = LongStream.of(
                    10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 50_000, 250_000)
            .mapToObj(micros -> Duration.ofNanos(micros * 1000))
            .toArray(Duration[]::new);

    /** What the gateway holds only so much of: bodies in flight, large requests being read, calls to a target. */
    private static final List<String> SHED = List.of("bodies", "large_requests", "concurrency");

    /** Policies come and go, and each may name its rules as it likes. */
    private static final int MOST_RULES = 256;

    private final MeterRegistry registry;
    private final Map<List<String>, Counter> counters = new ConcurrentHashMap<>();
    private final Set<String> failedRules = ConcurrentHashMap.newKeySet();
    private final Map<String, Budget> budgets = new HashMap<>();
    private final Map<Sensitivity, Counter> allowed = new EnumMap<>(Sensitivity.class);
    private final Map<Sensitivity, Counter> pseudonymised = new EnumMap<>(Sensitivity.class);
    private final Map<Sensitivity, Counter> denied = new EnumMap<>(Sensitivity.class);
    private final Timer read;
    private final Timer decide;
    private final Timer overhead;
    private final Counter policyReloadFailures;
    private final Counter decisionLogDropped;
    private final Counter decisionLogErrors;
    private @Nullable Gauge policy;

    public GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
        String deciding = "Time to read a request and to decide about it";
        read = timer("fogline.decision.duration", deciding, "read");
        decide = timer("fogline.decision.duration", deciding, "decide");
        overhead = timer("fogline.overhead", "Time that the gateway adds to an exchange", "before_sending");
        // Rows that have not happened yet are shown as zero, so that a rule on them works from the start.
        for (FindingKind kind : FindingKind.values()) {
            findings(kind);
        }
        for (Subject subject : Subject.values()) {
            subject(subject);
        }
        for (Sensitivity sensitivity : Sensitivity.values()) {
            allowed.put(sensitivity, egress("allowed", sensitivity));
            pseudonymised.put(sensitivity, egress("pseudonymised", sensitivity));
            denied.put(sensitivity, egress("denied", sensitivity));
        }
        loweringIgnored();
        SHED.forEach(this::shedFor);
        decisionLogDropped = Counter.builder("fogline.decision.log.dropped")
                .description("Decisions that the log has no line of, because they came faster than it is written")
                .register(registry);
        decisionLogErrors = Counter.builder("fogline.decision.log.errors")
                .description("Writes to the decision log that failed; their lines are lost")
                .register(registry);
        policyReloadFailures = Counter.builder("fogline.policy.reload.failures")
                .description("Changes of the policy file that could not be used: the policy before stayed in force")
                .register(registry);
    }

    /**
     * @param circuit 0 closed, 1 half-open, 2 open
     * @param limit how many exchanges the target may have at one time
     */
    public TargetMetrics target(Target target, String provider, IntSupplier inFlight, int limit, IntSupplier circuit) {
        gauge("fogline.inflight", "Exchanges with the target that have not ended", target, inFlight);
        gauge("fogline.concurrency.limit", "Exchanges that the target may have at one time", target, () -> limit);
        gauge("fogline.circuit.state", "0 closed, 1 half-open, 2 open", target, circuit);
        return new TargetMetrics(registry, target, provider);
    }

    private void gauge(String name, String description, Target target, IntSupplier value) {
        Gauge.builder(name, value, IntSupplier::getAsInt)
                .description(description)
                .tags("tier", target.tier().label(), "target", target.id())
                // Nobody else holds the supplier, and a gauge whose source was collected reads NaN.
                .strongReference(true)
                .register(registry);
    }

    /** What it took to read a request. */
    public void read(long nanos) {
        read.record(nanos, NANOSECONDS);
    }

    /** What it took to decide about one. */
    public void decided(long nanos) {
        decide.record(nanos, NANOSECONDS);
    }

    /** Time that the gateway itself added before the request went to its target. */
    public void overhead(long nanos) {
        overhead.record(nanos, NANOSECONDS);
    }

    /** Something was turned away because the gateway holds all it may. */
    public void shed(String cause) {
        shedFor(cause).increment();
    }

    private Counter shedFor(String cause) {
        return counters.computeIfAbsent(
                List.of("shed", cause),
                key -> Counter.builder("fogline.shed")
                        .description("Requests turned away because a bound was reached")
                        .tag("cause", cause)
                        .register(registry));
    }

    private Timer timer(String name, String description, String phase) {
        return Timer.builder(name)
                .description(description)
                .tag("phase", phase)
                .serviceLevelObjectives(FINE)
                .register(registry);
    }

    /** What an attempt cost at the target's list price. */
    public void cost(Target target, double usd) {
        money("fogline.cost.usd", "List price of what targets have done, in US dollars", target)
                .increment(usd);
    }

    /** What the same tokens would have cost on the reference cloud target. */
    public void referenceCost(Target target, double usd) {
        money(
                        "fogline.cost.reference.usd",
                        "What the same tokens would have cost on the reference cloud, in US dollars",
                        target)
                .increment(usd);
    }

    /** An attempt at a cloud whose price nobody has told us; it is not free. */
    public void priceUnknown(Target target) {
        counters.computeIfAbsent(
                        List.of("price_unknown", target.id()),
                        key -> Counter.builder("fogline.price.unknown")
                                .description("Attempts at targets without a price")
                                .tag("target", target.id())
                                .register(registry))
                .increment();
    }

    /**
     * Another call for the same budget replaces it.
     *
     * @param limit what may be spent
     */
    public synchronized void budget(String name, double limit, DoubleSupplier spent, DoubleSupplier reserved) {
        Budget before = budgets.get(name);
        if (before != null) {
            // Its series stay: a scrape in between must find them.
            before.rule = new BudgetRule(limit, spent, reserved);
            return;
        }
        var budget = new Budget(new BudgetRule(limit, spent, reserved));
        budgetGauge(budget, "fogline.budget.limit.usd", "What may be spent", name, BudgetRule::limit);
        budgetGauge(
                budget,
                "fogline.budget.spent.usd",
                "What has been spent",
                name,
                rule -> rule.spent().getAsDouble());
        budgetGauge(
                budget,
                "fogline.budget.pressure",
                "Share of the budget that is spent or held back",
                name,
                BudgetRule::pressure);
        budgets.put(name, budget);
    }

    /** The policy in force limits nothing of that name. */
    public synchronized void noBudget(String name) {
        Budget before = budgets.remove(name);
        if (before != null) {
            before.gauges.forEach(registry::remove);
        }
    }

    private void budgetGauge(
            Budget budget, String name, String description, String label, ToDoubleFunction<BudgetRule> value) {
        budget.gauges.add(Gauge.builder(name, () -> value.applyAsDouble(budget.rule))
                .description(description)
                .tag("budget", label)
                .strongReference(true)
                .register(registry));
    }

    private record BudgetRule(double limit, DoubleSupplier spent, DoubleSupplier reserved) {
        double pressure() {
            return limit > 0 ? (spent.getAsDouble() + reserved.getAsDouble()) / limit : 1;
        }
    }

    private static final class Budget {
        private final List<Gauge> gauges = new ArrayList<>();
        private volatile BudgetRule rule;

        Budget(BudgetRule rule) {
            this.rule = rule;
        }
    }

    /** From now on this revision decides; the series of the one before goes, once this one's is there. */
    public synchronized void policy(String revision) {
        Gauge before = policy;
        policy = Gauge.builder("fogline.policy.info", () -> 1)
                .description("The revision of the policy in force")
                .tag("revision", revision)
                .strongReference(true)
                .register(registry);
        if (before != null && !before.getId().equals(policy.getId())) {
            registry.remove(before);
        }
    }

    /** A changed policy file could not be used; the policy before it stays in force. */
    public void policyReloadFailed() {
        policyReloadFailures.increment();
    }

    /** A decision found the log's queue full. */
    public void decisionLogDropped() {
        decisionLogDropped.increment();
    }

    /** A write to the decision log failed. */
    public void decisionLogFailed() {
        decisionLogErrors.increment();
    }

    private Counter money(String name, String description, Target target) {
        return counters.computeIfAbsent(
                List.of(name, target.id()),
                key -> Counter.builder(name)
                        .description(description)
                        .tags("tier", target.tier().label(), "target", target.id())
                        .register(registry));
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

    /** What requests were about. */
    public void subjects(Set<Subject> about) {
        about.forEach(subject -> subject(subject).increment());
    }

    public void egressAllowed(Sensitivity sensitivity) {
        increment(allowed, sensitivity);
    }

    public void egressPseudonymised(Sensitivity sensitivity) {
        increment(pseudonymised, sensitivity);
    }

    /** Something that had to be masked before it left for a target could not be, and was not sent. */
    public void maskingFailed(Target target) {
        counters.computeIfAbsent(
                        List.of("masking_failures", target.id()),
                        key -> Counter.builder("fogline.masking.failures")
                                .description("Targets passed over because the request could not be masked for them")
                                .tags("tier", target.tier().label(), "target", target.id())
                                .register(registry))
                .increment();
    }

    public void egressDenied(Sensitivity sensitivity) {
        increment(denied, sensitivity);
    }

    public void sensitivityLoweringIgnored() {
        loweringIgnored().increment();
    }

    /** A rule's condition could not be evaluated: what it forbids was forbidden, what it prefers counted nothing. */
    public void ruleFailed(String rule) {
        String label = failedRules.contains(rule) || (failedRules.size() < MOST_RULES && failedRules.add(rule))
                ? rule
                : "other";
        counters.computeIfAbsent(
                        List.of("rule_failures", label),
                        key -> Counter.builder("fogline.policy.rule.failures")
                                .description("Decisions in which a rule's condition could not be evaluated")
                                .tag("rule", label)
                                .register(registry))
                .increment();
    }

    private Counter findings(FindingKind kind) {
        return counters.computeIfAbsent(
                List.of("findings", kind.id()),
                key -> Counter.builder("fogline.findings")
                        .description("What the detectors recognised in requests")
                        .tag("kind", kind.id())
                        .register(registry));
    }

    private Counter subject(Subject subject) {
        return counters.computeIfAbsent(
                List.of("subjects", subject.id()),
                key -> Counter.builder("fogline.subjects")
                        .description(
                                "Requests that are about somebody's health, law case, child, pay or credentials, are letters, or"
                                        + " tell of a person's or an organisation's own affairs")
                        .tag("subject", subject.id())
                        .register(registry));
    }

    private Counter egress(String action, Sensitivity sensitivity) {
        return Counter.builder("fogline.egress")
                .description("Bodies that left for a cloud target, and requests that were kept from it")
                .tags("action", action, "sensitivity", sensitivity.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private static void increment(Map<Sensitivity, Counter> counters, Sensitivity sensitivity) {
        Objects.requireNonNull(counters.get(sensitivity), "each level has a counter")
                .increment();
    }

    private Counter loweringIgnored() {
        return counters.computeIfAbsent(
                List.of("lowering"),
                key -> Counter.builder("fogline.sensitivity.lowering.ignored")
                        .description("Requests whose header asked for less privacy than their content has")
                        .register(registry));
    }
}
