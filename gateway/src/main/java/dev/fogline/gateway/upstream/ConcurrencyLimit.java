package dev.fogline.gateway.upstream;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** How many calls a target has at one time, over all event loops. */
public final class ConcurrencyLimit {
    private final int max;
    private final AtomicInteger inFlight = new AtomicInteger();

    public ConcurrencyLimit(int max) {
        this.max = max;
    }

    public int inFlight() {
        return inFlight.get();
    }

    /** Empty when the target has all it may have. */
    public Optional<Permit> take() {
        int now;
        do {
            now = inFlight.get();
            if (now >= max) {
                return Optional.empty();
            }
        } while (!inFlight.compareAndSet(now, now + 1));
        return Optional.of(new Permit());
    }

    /** Ends once; a second end does nothing. */
    public final class Permit {
        private final AtomicBoolean ended = new AtomicBoolean();

        public void end() {
            if (ended.compareAndSet(false, true)) {
                inFlight.decrementAndGet();
            }
        }
    }
}
