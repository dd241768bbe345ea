package dev.fogline.gateway.api;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits that all have the same limit, watched by one timer as long as there are any: one that ends in time costs a place in
 * a list, which is far less than a timer of its own. Used by one event loop.
 */
public final class Waits {
    private final Vertx vertx;
    private final Duration limit;
    private final LongSupplier nanos;

    /** Those that run, linked in the order they began, which is the order in which they are due. */
    private @Nullable Wait oldest;

    private @Nullable Wait newest;
    private boolean watched;

    /** @param nanos a clock that never goes back, in nanoseconds */
    public Waits(Vertx vertx, Duration limit, LongSupplier nanos) {
        this.vertx = vertx;
        this.limit = limit;
        this.nanos = nanos;
    }

    /** @param late runs unless the wait ends within the limit */
    public Wait begin(Runnable late) {
        Wait wait = new Wait(nanos.getAsLong(), late);
        wait.older = newest;
        if (newest == null) {
            oldest = wait;
        } else {
            newest.newer = wait;
        }
        newest = wait;
        if (!watched) {
            watch();
        }
        return wait;
    }

    /** One wait. Ending it twice does nothing. */
    public final class Wait {
        private final long since;
        private final Runnable late;
        private @Nullable Wait older;
        private @Nullable Wait newer;
        private boolean ended;

        private Wait(long since, Runnable late) {
            this.since = since;
            this.late = late;
        }

        public void end() {
            if (ended) {
                return;
            }
            ended = true;
            if (older == null) {
                oldest = newer;
            } else {
                older.newer = newer;
            }
            if (newer == null) {
                newest = older;
            } else {
                newer.older = older;
            }
            // One that has grown old must not keep all that began after it.
            older = null;
            newer = null;
        }
    }

    private void watch() {
        watched = oldest != null;
        if (oldest != null) {
            vertx.setTimer(Math.max(1, Duration.ofNanos(left(oldest)).toMillis()), tick -> look());
        }
    }

    private long left(Wait wait) {
        return limit.toNanos() - (nanos.getAsLong() - wait.since);
    }

    private void look() {
        try {
            for (Wait wait = oldest; wait != null && left(wait) <= 0; wait = oldest) {
                wait.end();
                wait.late.run();
            }
        } finally {
            // Also when one of them fails: all others wait on, and who is late by now is told in a moment.
            watch();
        }
    }
}
