package dev.fogline.gateway.admin;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Which policy is in force, on {@code /health} and {@code /health/well}. A policy file that cannot be used makes it
 * degraded and never down: the gateway serves under the policy before it.
 */
@Wellness
@ApplicationScoped
public class PolicyHealth implements HealthCheck {
    private final PolicyResource.Policies policies;

    public PolicyHealth(PolicyResource.Policies policies) {
        this.policies = policies;
    }

    @Override
    public HealthCheckResponse call() {
        var now = policies.inForce();
        var health = HealthCheckResponse.named("policy").up().withData("revision", now.revision());
        if (now.failure() == null) {
            return health.withData("state", "good").build();
        }
        return health.withData("state", "degraded")
                .withData("failure", now.failure())
                .build();
    }
}
