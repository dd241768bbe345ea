package dev.fogline.gateway;

import dev.fogline.gateway.fleet.Fleet;
import dev.fogline.gateway.upstream.UpstreamException;
import dev.fogline.policies.Target;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * A target's circuit breaker. It opens when half of the last calls failed by the target's own fault, and lets one call
 * through after a pause. While it is open the fleet shows the target as unavailable, so that plans leave it out; after the
 * pause the fleet offers it again, because a breaker half-opens only when somebody calls.
 *
 * <p>A client that left counts as success (SmallRye has no third way); that is harmless, since it also shows that the
 * target took the request.
 */
final class CircuitBreakers {
    private static final Logger LOG = Logger.getLogger(CircuitBreakers.class);
    private static final int LAST_CALLS = 6;
    private static final double FAILED = 0.5;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private CircuitBreakers() {}

    /** @param state where the present state is put: 0 closed, 1 half-open, 2 open */
    static Guard guard(Vertx vertx, Fleet fleet, Target target, AtomicInteger state) {
        return Guard.create()
                .withDescription(target.id())
                .withCircuitBreaker()
                .requestVolumeThreshold(LAST_CALLS)
                .failureRatio(FAILED)
                .delay(PAUSE.toMillis(), ChronoUnit.MILLIS)
                .successThreshold(1)
                .when(cause -> !(cause instanceof UpstreamException upstream)
                        || upstream.failure().sick())
                .onStateChange(now -> {
                    state.set(
                            switch (now) {
                                case CLOSED -> 0;
                                case HALF_OPEN -> 1;
                                case OPEN -> 2;
                            });
                    changed(vertx, fleet, target, now);
                })
                .done()
                .build();
    }

    private static void changed(Vertx vertx, Fleet fleet, Target target, CircuitBreakerState state) {
        LOG.infof("circuit of %s: %s", target.id(), state);
        fleet.circuit(target.id(), state == CircuitBreakerState.OPEN);
        if (state == CircuitBreakerState.OPEN) {
            vertx.setTimer(PAUSE.toMillis(), offer -> fleet.circuit(target.id(), false));
        }
    }
}
