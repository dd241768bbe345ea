package dev.fogline.gateway;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting in tests: for a future, or for a condition; never for a time. */
final class Blocking {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Blocking() {}

    static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static void until(String what, BooleanSupplier condition) {
        within(LIMIT, what, condition);
    }

    /** For what has to follow from its cause, not merely to happen. */
    static void withinASecond(String what, BooleanSupplier condition) {
        within(Duration.ofSeconds(1), what, condition);
    }

    static void within(Duration limit, String what, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + limit + ": " + what);
            }
            Thread.onSpinWait();
            try {
                Thread.sleep(limit.dividedBy(1000)); // what takes long need not be asked for often
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
