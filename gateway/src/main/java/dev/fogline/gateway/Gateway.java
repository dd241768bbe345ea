package dev.fogline.gateway;

import dev.fogline.gateway.api.BodyBudget;
import dev.fogline.gateway.api.Callers;
import dev.fogline.gateway.api.ChatRequestReader;
import dev.fogline.gateway.api.FailureException;
import dev.fogline.gateway.api.ModelNames;
import dev.fogline.gateway.api.RequestBody;
import dev.fogline.gateway.api.Waits;
import dev.fogline.gateway.audit.DecisionLog;
import dev.fogline.gateway.audit.DecisionMemory;
import dev.fogline.gateway.audit.DecisionTrace;
import dev.fogline.gateway.audit.GatewayMetrics;
import dev.fogline.gateway.audit.egress.AuditMetrics;
import dev.fogline.gateway.audit.egress.EgressAudit;
import dev.fogline.gateway.config.GatewayConfig;
import dev.fogline.gateway.config.PolicyText;
import dev.fogline.gateway.config.TargetConfig;
import dev.fogline.gateway.fleet.AgentPoll;
import dev.fogline.gateway.fleet.Fleet;
import dev.fogline.gateway.policy.PolicyFile;
import dev.fogline.gateway.policy.PolicyRevisions;
import dev.fogline.gateway.policy.PolicyWatch;
import dev.fogline.gateway.policy.Revision;
import dev.fogline.gateway.upstream.ConcurrencyLimit;
import dev.fogline.policies.Explanation;
import dev.fogline.policies.Policy;
import dev.fogline.policies.Target;
import dev.fogline.policies.Tier;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The running gateway: what all event loops share, and the user plane on top of it. */
final class Gateway {
    private static final Logger LOG = Logger.getLogger(Gateway.class);

    /** Request bodies that may be in flight together. */
    private static final long BODIES = 64L * 1024 * 1024;

    private static final int WAITING_LARGE_REQUESTS = 64;

    /** What running streams get when the gateway is asked to end. */
    private static final Duration DRAIN = Duration.ofSeconds(25);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final GatewayConfig config;
    private final Duration patience;
    private final BiFunction<Vertx, Executor, Masking> masking;
    private final Fleet fleet;
    private final DecisionMemory memory;
    private final Map<String, TargetLink> links = new LinkedHashMap<>();
    private final ModelNames names;
    private final Optional<DecisionLog> decisionLog;
    private final AuditMetrics auditMetrics;
    private final Optional<EgressAudit> audit;
    private final Reporting reporting;
    private final Spending spending;
    private final PolicyRevisions policies;
    private final Optional<PolicyWatch> policyWatch;
    private final BodyBudget bodies = new BodyBudget(BODIES);
    private final ExecutorService largeRequests;
    private final List<AgentPoll> polls = new ArrayList<>();
    private final List<Targets> perLoop = Collections.synchronizedList(new ArrayList<>());
    private final Callers callers;
    private final ActiveExchanges active = new ActiveExchanges();
    private final String via = "fogline-" + Long.toHexString(new SecureRandom().nextLong());
    private @Nullable Future<Void> stopped;
    private String deployment = "";

    private Gateway(
            Vertx vertx,
            GatewayConfig config,
            MeterRegistry registry,
            int cores,
            Duration patience,
            BiFunction<Vertx, Executor, Masking> masking) {
        this.masking = masking;
        this.patience = patience;
        this.vertx = vertx;
        this.config = config;
        this.fleet = new Fleet(config.targets().stream()
                .map(target -> new Fleet.Member(target.target(), target.contextTokens(), target.refuses()))
                .toList());
        this.memory = new DecisionMemory(fleet::refuses);
        this.callers = new Callers(
                config.users().keys(), config.users().hosts(), config.users().origins(), false);
        this.names = new ModelNames(fleet.targets(), config.aliases());
        GatewayMetrics metrics = new GatewayMetrics(registry);
        this.decisionLog = config.decisionLog()
                .map(path ->
                        new DecisionLog(path, this::isOurs, metrics::decisionLogDropped, metrics::decisionLogFailed));
        this.auditMetrics = new AuditMetrics(registry);
        this.audit = config.audit()
                .folder()
                .map(folder -> new EgressAudit(
                        vertx,
                        folder,
                        config.installationKey().value(),
                        config.audit().fileBytes(),
                        config.audit().files(),
                        InstantSource.system(),
                        auditMetrics));
        audit.ifPresentOrElse(
                kept -> auditMetrics.show(kept::sequence, () -> kept.stopped().isPresent()),
                () -> LOG.warn("audit.path is off: nothing records what leaves for a cloud"));
        this.reporting = new Reporting(
                metrics,
                memory,
                decisionLog.<Consumer<DecisionTrace>>map(log -> log::offer).orElse(off -> {}));
        this.spending = new Spending(fleet.targets(), InstantSource.system(), metrics);
        this.policies = policies(config, metrics);
        this.policyWatch = config.policyText()
                .file()
                .map(path -> new PolicyWatch(
                        new PolicyFile(path), config.policyText().text(), policies, metrics::policyReloadFailed));
        config.targets().forEach(target -> links.put(target.target().id(), link(target, metrics)));
        this.largeRequests = new ThreadPoolExecutor(
                cores,
                cores,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_LARGE_REQUESTS),
                Thread.ofPlatform().name("fogline-large-request-", 0).daemon().factory());
    }

    static Future<Gateway> start(Vertx vertx, GatewayConfig config, MeterRegistry registry, int cores) {
        return start(vertx, config, registry, cores, PATIENCE);
    }

    /** @param patience how long a client may take to send the head of a request, and its body */
    static Future<Gateway> start(
            Vertx vertx, GatewayConfig config, MeterRegistry registry, int cores, Duration patience) {
        return start(vertx, config, registry, cores, patience, Masking::new);
    }

    /** @param masking makes that of each event loop; a test leaves it out to see what it is for */
    static Future<Gateway> start(
            Vertx vertx,
            GatewayConfig config,
            MeterRegistry registry,
            int cores,
            Duration patience,
            BiFunction<Vertx, Executor, Masking> masking) {
        var gateway = new Gateway(vertx, config, registry, cores, patience, masking);
        gateway.links.values().stream()
                .filter(link -> link.config().target().tier() == Tier.EDGE)
                .forEach(link -> gateway.polls.add(AgentPoll.start(
                        vertx,
                        gateway.fleet,
                        link.config().target().id(),
                        new EdgeStatus(vertx, link),
                        link.speed().observed())));
        gateway.policyWatch.ifPresent(PolicyWatch::start);
        gateway.decisionLog.ifPresent(DecisionLog::start);
        gateway.audit.ifPresent(EgressAudit::start);
        return vertx.deployVerticle(
                        () -> new UserPlane(config.users(), patience, gateway::routes),
                        new DeploymentOptions().setInstances(cores))
                .onSuccess(id -> gateway.deployment = id)
                .map(gateway);
    }

    /** Names of models that are written out, and features that some target refuses at present; all else is the client's. */
    private boolean isOurs(String word) {
        return names.listed().contains(word) || fleet.refuses(word);
    }

    private PolicyRevisions policies(GatewayConfig config, GatewayMetrics metrics) {
        return new PolicyRevisions(
                new Revision(
                        config.policy(),
                        config.policyText().text(),
                        config.policyText().source(),
                        Instant.now()),
                config.policyText().file().map(PolicyFile::new),
                (source, text, library) -> PolicyText.compile(source, text, library, config.targets()),
                InstantSource.system(),
                now -> {
                    metrics.policy(now.id());
                    spending.show(now.policy());
                    LOG.infof("policy %s, revision %s, from %s", now.policy().name(), now.id(), now.source());
                    now.policy()
                            .warnings()
                            .forEach(warning ->
                                    LOG.warnf("policy %s: %s", now.policy().name(), warning));
                });
    }

    private TargetLink link(TargetConfig target, GatewayMetrics metrics) {
        var limit = new ConcurrencyLimit(target.limits().concurrent());
        var breaker = new CircuitBreaker(vertx, fleet, target.target());
        return new TargetLink(
                target,
                breaker,
                limit,
                metrics.target(
                        target.target(),
                        target.provider(),
                        limit::inFlight,
                        target.limits().concurrent(),
                        breaker::state),
                new Speed(System::nanoTime));
    }

    /** One event loop's way of a request; nothing in it changes threads. */
    private Routes routes(Vertx loop, Context context) {
        var targets = new Targets(
                loop,
                fleet,
                links,
                via,
                new CallerIds(config.installationKey().value()),
                new EgressGate(loop, audit, auditMetrics));
        perLoop.add(targets);
        var intake = new Intake(
                loop,
                new RequestBody(loop, bodies, new Waits(loop, patience, System::nanoTime)),
                policies,
                largeRequests,
                reporting,
                active);
        return new Routes(
                new ChatHandler(intake, deciding(), spending, masking.apply(loop, largeRequests), targets, reporting),
                new ModelsHandler(names),
                callers,
                via,
                active);
    }

    private Deciding deciding() {
        return new Deciding(names, fleet, target -> link(target).speed(), spending, reporting);
    }

    /**
     * What would be decided of this request now, and why; for operators, so it may block.
     *
     * @throws FailureException as the request itself would fail
     */
    Explanation explain(MultiMap headers, byte[] body) {
        Policy policy = policies.get();
        return deciding().explain(policy, headers, new ChatRequestReader(policy.detectors()).read(body));
    }

    GatewayConfig config() {
        return config;
    }

    Fleet fleet() {
        return fleet;
    }

    PolicyRevisions policies() {
        return policies;
    }

    /** Why the policy file as it is now is not in force, if it cannot be. */
    Optional<String> policyFailure() {
        return policyWatch.flatMap(PolicyWatch::failure);
    }

    DecisionMemory memory() {
        return memory;
    }

    /** Empty where the operator wants none. */
    Optional<EgressAudit> audit() {
        return audit;
    }

    TargetLink link(Target target) {
        return Objects.requireNonNull(links.get(target.id()), "the fleet holds configured targets only");
    }

    /** Whether requests are taken: every local target has settled, and the gateway is not about to stop. */
    boolean ready() {
        return fleet.settled() && !active.draining();
    }

    /** Takes nothing new, gives what runs its time, and stops. A second call waits for the first. */
    synchronized Future<Void> stop() {
        if (stopped == null) {
            stopped = drainAndStop();
        }
        return stopped;
    }

    private Future<Void> drainAndStop() {
        active.drain();
        polls.forEach(AgentPoll::stop);
        policyWatch.ifPresent(PolicyWatch::close);
        return drained().compose(over -> vertx.undeploy(deployment)).eventually(() -> {
            perLoop.forEach(Targets::close);
            largeRequests.shutdown();
            // The writers may wait for the disk.
            return vertx.executeBlocking(() -> {
                audit.ifPresent(EgressAudit::close);
                decisionLog.ifPresent(DecisionLog::close);
                return null;
            });
        });
    }

    private Future<Void> drained() {
        Promise<Void> over = Promise.promise();
        long end = System.nanoTime() + DRAIN.toNanos();
        // Set on an event loop: one that is set from elsewhere may fire before Vert.x 4 has what it takes to cancel it.
        vertx.runOnContext(turn -> vertx.setPeriodic(1, 50, timer -> {
            if (active.running() == 0 || System.nanoTime() > end) {
                vertx.cancelTimer(timer);
                over.tryComplete();
            }
        }));
        return over.future();
    }
}
