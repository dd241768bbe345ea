package dev.fogline.edge;

import dev.fogline.edge.engine.EngineState;
import dev.fogline.edge.engine.EngineStatus;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the engine has passed its canary or has been given up: then nothing more comes by waiting. */
@Readiness
@ApplicationScoped
final class EngineReadiness implements HealthCheck {
    private final Assembly assembly;

    EngineReadiness(Assembly assembly) {
        this.assembly = assembly;
    }

    @Override
    public HealthCheckResponse call() {
        EngineStatus status = assembly.engineStatus();
        boolean settled = status.state() == EngineState.READY || status.state() == EngineState.FAILED;
        return HealthCheckResponse.named("engine")
                .status(settled && !assembly.draining())
                .withData("state", status.state().label())
                .build();
    }
}
