package dev.fogline.edge;

import dev.fogline.edge.engine.AnswerStream;
import dev.fogline.edge.engine.EngineFailure;
import io.smallrye.faulttolerance.api.Guard;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import jakarta.enterprise.util.TypeLiteral;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker around the way to the engine, up to the first event: an engine that fails half of ten calls is left
 * alone for a few seconds. What the request itself is to blame for, and a caller that left, do not count.
 */
final class EngineGuard {
    static final int PAUSE_SECONDS = 3;

    private static final class OpenedStage extends TypeLiteral<CompletionStage<Opened>> {
        private static final long serialVersionUID = 1;
    }

    /** A successful start of an answer: a stream at its first event, or a whole answer. */
    record Opened(
            HttpClientResponse head,
            @Nullable AnswerStream stream,
            @Nullable Buffer whole) {}

    private final Guard guard = Guard.create()
            .withDescription("engine")
            .withCircuitBreaker()
            .requestVolumeThreshold(10)
            .failureRatio(0.5)
            .delay(PAUSE_SECONDS, ChronoUnit.SECONDS)
            .successThreshold(1)
            .when(EngineGuard::engineIsToBlame)
            .done()
            .build();

    Future<Opened> call(Context context, Supplier<Future<Opened>> way) {
        return Future.fromCompletionStage(guard.get(() -> way.get().toCompletionStage(), new OpenedStage()), context);
    }

    static boolean open(Throwable failure) {
        return failure instanceof CircuitBreakerOpenException;
    }

    private static boolean engineIsToBlame(Throwable failure) {
        return switch (failure) {
            case EngineFailure.Cancelled left -> false;
            case EngineFailure.ContextExceeded tooLong -> false;
            case EngineFailure.Refused refused -> refused.status() >= 500;
            default -> true;
        };
    }
}
