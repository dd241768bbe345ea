package dev.fogline.gateway;

import dev.fogline.gateway.fleet.Fleet;
import dev.fogline.gateway.upstream.UpstreamException;
import dev.fogline.policies.Target;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A target's circuit breaker. It opens when half of the last calls failed by the target's own fault, and lets one call
 * through after a pause. While it is open the fleet shows the target as unavailable, so that plans leave it out; after the
 * pause the fleet offers it again, because a breaker half-opens only when somebody calls.
 *
 * <p>A client that left counts as success (SmallRye has no third way); that is harmless, since it also shows that the
 * target took the request.
 */
final class CircuitBreaker {
    private static final Logger LOG = Logger.getLogger(CircuitBreaker.class);
    private static final int LAST_CALLS = 6;
    private static final double FAILED = 0.5;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final TypeLiteral<CompletionStage<TargetReply>> REPLY = new TypeLiteral<>() {
        private static final long serialVersionUID = 1L;
    };

    private final Guard guard;
    private final AtomicInteger successes = new AtomicInteger();
    private volatile CircuitBreakerState state = CircuitBreakerState.CLOSED;

    CircuitBreaker(Vertx vertx, Fleet fleet, Target target) {
        this.guard = Guard.create()
                .withDescription(target.id())
                .withCircuitBreaker()
                .requestVolumeThreshold(LAST_CALLS)
                .failureRatio(FAILED)
                .delay(PAUSE.toMillis(), ChronoUnit.MILLIS)
                .successThreshold(1)
                .when(cause -> !(cause instanceof UpstreamException upstream)
                        || upstream.failure().sick())
                .onStateChange(now -> {
                    state = now;
                    successes.set(0);
                    changed(vertx, fleet, target, now);
                })
                .done()
                .build();
    }

    /** 0 closed, 1 half-open, 2 open. */
    int state() {
        return switch (state) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }

    /**
     * Makes the call unless the circuit is open. While it is closed the guard is only told how the call ended: leading every
     * call through it costs two more turns of the event loop.
     */
    Future<TargetReply> call(Supplier<Future<TargetReply>> call, Context context) {
        return state == CircuitBreakerState.CLOSED
                ? call.get().onComplete(done -> count(done.cause()))
                : Future.fromCompletionStage(guard.get(() -> call.get().toCompletionStage(), REPLY), context);
    }

    private void count(@Nullable Throwable failure) {
        // A call from before the circuit opened must not pass for the one that tries whether it can be closed.
        if (state != CircuitBreakerState.CLOSED) {
            return;
        }
        // All that the guard remembers are successes: one more of them changes nothing, and telling it is not cheap.
        if (failure != null) {
            successes.set(0);
        } else if (successes.get() >= LAST_CALLS) {
            return;
        } else {
            successes.incrementAndGet();
        }
        try {
            guard.call(
                    () -> {
                        if (failure instanceof Exception cause) {
                            throw cause;
                        }
                        return null;
                    },
                    Void.class);
        } catch (Exception counted) {
            // The caller of the call has it already.
        }
    }

    private static void changed(Vertx vertx, Fleet fleet, Target target, CircuitBreakerState state) {
        LOG.infof("circuit of %s: %s", target.id(), state);
        fleet.circuit(target.id(), state == CircuitBreakerState.OPEN);
        if (state == CircuitBreakerState.OPEN) {
            vertx.setTimer(PAUSE.toMillis(), offer -> fleet.circuit(target.id(), false));
        }
    }
}
