package dev.fogline.gateway.admin;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once every local target has answered its canary or given up: before that a private request would be refused. */
@Readiness
@ApplicationScoped
public class LocalTargetsReady implements HealthCheck {
    private final Settled settled;

    public LocalTargetsReady(Settled settled) {
        this.settled = settled;
    }

    /** Where the answer comes from; implemented by the wiring. */
    public interface Settled extends BooleanSupplier {}

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("local targets")
                .status(settled.getAsBoolean())
                .build();
    }
}
