package dev.fogline.gateway;

import dev.fogline.gateway.admin.AuditHealth;
import dev.fogline.gateway.admin.DecisionsResource;
import dev.fogline.gateway.admin.ExplainResource;
import dev.fogline.gateway.admin.LocalTargetsReady;
import dev.fogline.gateway.admin.PolicyResource;
import dev.fogline.gateway.admin.PolicyToolsResource;
import dev.fogline.gateway.admin.TargetsResource;
import dev.fogline.gateway.api.FailureException;
import dev.fogline.gateway.audit.AccessLog;
import dev.fogline.gateway.audit.egress.EgressAudit;
import dev.fogline.gateway.config.ConfigReader;
import dev.fogline.gateway.config.GatewayConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The only wiring: starts the gateway on Quarkus' Vert.x and hands its parts to the operator plane. */
@Startup
@Singleton
class Assembly {
    private static final Logger LOG = Logger.getLogger(Assembly.class);
    private static final int START_SECONDS = 20;
    private static final int STOP_SECONDS = 30;

    /** How long a line of the access log may wait for others. */
    private static final long ACCESS_LOG_MS = 100;

    private final Gateway gateway;
    private final Runnable flushAccessLog;
    private final AtomicBoolean flushing = new AtomicBoolean();

    @Inject
    Assembly(Vertx vertx, MeterRegistry registry, @ConfigProperty(name = "fogline.config") Optional<Path> file)
            throws Exception {
        flushAccessLog = AccessLog.gather();
        vertx.setPeriodic(ACCESS_LOG_MS, tick -> flushBesideTheLoops(vertx));
        GatewayConfig config =
                Main.config().orElseGet(() -> ConfigReader.ofProcess().read(file));
        gateway = Gateway.start(
                        vertx, config, alone(registry), Runtime.getRuntime().availableProcessors())
                .toCompletionStage()
                .toCompletableFuture()
                .get(START_SECONDS, TimeUnit.SECONDS);
        LOG.infof(
                "users: http://%s:%d/v1, configuration: %s, policy: %s (%s), targets: %s",
                config.users().host(),
                config.users().port(),
                config.source(),
                config.policy().name(),
                config.policy().revision(),
                config.targets().stream().map(target -> target.target().id()).toList());
    }

    private void flushBesideTheLoops(Vertx vertx) {
        if (flushing.compareAndSet(false, true)) {
            var unused = vertx.executeBlocking(() -> {
                flushAccessLog.run();
                flushing.set(false);
                return null;
            });
        }
    }

    /** Quarkus hands out a composite of registries, whose meters ask each of them every time; here it holds one. */
    private static MeterRegistry alone(MeterRegistry registry) {
        return registry instanceof CompositeMeterRegistry all
                        && all.getRegistries().size() == 1
                ? all.getRegistries().iterator().next()
                : registry;
    }

    /** Before Quarkus closes Vert.x: running streams need it. */
    void stop(@Observes ShutdownEvent event) {
        try {
            gateway.stop().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("the gateway did not stop cleanly: %s", e.getClass().getSimpleName());
        }
        flushAccessLog.run();
    }

    @Produces
    @Singleton
    GatewayConfig config() {
        return gateway.config();
    }

    @Produces
    @Singleton
    TargetsResource.Fleet fleet() {
        return () -> TargetViews.of(gateway);
    }

    @Produces
    @Singleton
    PolicyResource.Policies policies() {
        return new PolicyAdministration(gateway.policies(), gateway::policyFailure);
    }

    @Produces
    @Singleton
    PolicyToolsResource.Tools policyTools() {
        return new PolicyTools(gateway);
    }

    @Produces
    @Singleton
    DecisionsResource.Decisions decisions() {
        return gateway.memory()::find;
    }

    @Produces
    @Singleton
    ExplainResource.Explaining explaining() {
        return (headers, body) -> {
            try {
                return gateway.explain(headers, body);
            } catch (FailureException e) {
                throw new ExplainResource.Unexplained(
                        e.failure().status(), String.valueOf(e.failure().message()));
            }
        };
    }

    @Produces
    @Singleton
    AuditHealth.Audit audit() {
        return new AuditHealth.Audit() {
            @Override
            public boolean kept() {
                return gateway.audit().isPresent();
            }

            @Override
            public Optional<String> stopped() {
                return gateway.audit().flatMap(EgressAudit::stopped);
            }
        };
    }

    @Produces
    @Singleton
    LocalTargetsReady.Settled settled() {
        return gateway::ready;
    }
}
