package dev.fogline.gateway.admin;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether what leaves for a cloud is recorded, on {@code /health} and {@code /health/well}. While it cannot be, nothing
 * leaves; that makes it degraded and never down, because the edge serves on.
 */
@Wellness
@ApplicationScoped
public class AuditHealth implements HealthCheck {
    private final Audit audit;

    public AuditHealth(Audit audit) {
        this.audit = audit;
    }

    /** Where the answer comes from; implemented by the wiring. */
    public interface Audit {
        /** Whether there is one. */
        boolean kept();

        /** Why nothing leaves at present; empty while it does. */
        Optional<String> stopped();
    }

    @Override
    public HealthCheckResponse call() {
        var health = HealthCheckResponse.named("egress audit").up();
        if (!audit.kept()) {
            return health.withData("state", "off").build();
        }
        Optional<String> stopped = audit.stopped();
        return stopped.isEmpty()
                ? health.withData("state", "good").build()
                : health.withData("state", "degraded")
                        .withData("failure", stopped.get())
                        .build();
    }
}
