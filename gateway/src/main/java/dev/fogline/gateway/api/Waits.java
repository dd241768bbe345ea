package dev.fogline.gateway.api;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Waits that all have the same limit, watched by one timer as long as there are any: one that ends in time costs an
 * insertion and a removal, which is far less than a timer of its own. Used by one event loop.
 */
public final class Waits {
    private final Vertx vertx;
    private final Duration limit;
    private final LongSupplier nanos;

    /** In the order they began, which is the order in which they are due. */
    private final Set<Wait> running = new LinkedHashSet<>();

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
        running.add(wait);
        if (!watched) {
            watched = true;
            watch(limit.toNanos());
        }
        return wait;
    }

    /** One wait. Ending it twice does nothing. */
    public final class Wait {
        private final long since;
        private final Runnable late;

        private Wait(long since, Runnable late) {
            this.since = since;
            this.late = late;
        }

        public void end() {
            running.remove(this);
        }
    }

    private void watch(long afterNanos) {
        vertx.setTimer(Math.max(1, Duration.ofNanos(afterNanos).toMillis()), tick -> look());
    }

    private void look() {
        for (Iterator<Wait> oldest = running.iterator(); oldest.hasNext(); oldest = running.iterator()) {
            Wait wait = oldest.next();
            long left = limit.toNanos() - (nanos.getAsLong() - wait.since);
            if (left > 0) {
                watch(left);
                return;
            }
            oldest.remove();
            wait.late.run();
        }
        watched = false;
    }
}
