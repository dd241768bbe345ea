package dev.fogline.gateway;

import dev.fogline.gateway.admin.DecisionsResource;
import dev.fogline.gateway.admin.LocalTargetsReady;
import dev.fogline.gateway.admin.TargetsResource;
import dev.fogline.gateway.config.ConfigReader;
import dev.fogline.gateway.config.GatewayConfig;
import io.micrometer.core.instrument.MeterRegistry;
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
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The only wiring: starts the gateway on Quarkus' Vert.x and hands its parts to the operator plane. */
@Startup
@Singleton
class Assembly {
    private static final Logger LOG = Logger.getLogger(Assembly.class);
    private static final int START_SECONDS = 20;
    private static final int STOP_SECONDS = 30;

    private final Gateway gateway;

    @Inject
    Assembly(Vertx vertx, MeterRegistry registry, @ConfigProperty(name = "fogline.config") Optional<String> file)
            throws Exception {
        GatewayConfig config = ConfigReader.ofProcess().read(file.map(Path::of));
        config.policy()
                .warnings()
                .forEach(warning -> LOG.warnf("policy %s: %s", config.policy().name(), warning));
        gateway = Gateway.start(vertx, config, registry, Runtime.getRuntime().availableProcessors())
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

    /** Before Quarkus closes Vert.x: running streams need it. */
    void stop(@Observes ShutdownEvent event) {
        try {
            gateway.stop().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("the gateway did not stop cleanly: %s", e.getClass().getSimpleName());
        }
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
    DecisionsResource.Decisions decisions() {
        return gateway.memory()::find;
    }

    @Produces
    @Singleton
    LocalTargetsReady.Settled settled() {
        return gateway::ready;
    }
}
