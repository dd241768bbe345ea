package dev.fogline.gateway.api;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of all request bodies in flight together, so that many large ones cannot fill the heap. */
public final class BodyBudget {
    private final long max;
    private final AtomicLong used = new AtomicLong();

    /** @param max in bytes */
    public BodyBudget(long max) {
        this.max = max;
    }

    public long used() {
        return used.get();
    }

    Share share() {
        return new Share();
    }

    /** What one body holds. Used by one event loop; closing twice does nothing. */
    public final class Share implements AutoCloseable {
        private long held;

        /** False when nothing is left; then the share is as before. */
        boolean grow(long bytes) {
            if (used.addAndGet(bytes) > max) {
                used.addAndGet(-bytes);
                return false;
            }
            held += bytes;
            return true;
        }

        @Override
        public void close() {
            used.addAndGet(-held);
            held = 0;
        }
    }
}
