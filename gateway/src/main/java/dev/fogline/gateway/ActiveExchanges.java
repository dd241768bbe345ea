package dev.fogline.gateway;

import java.util.concurrent.atomic.AtomicInteger;

/** How many exchanges run on all event loops, and whether new ones are taken. */
final class ActiveExchanges {
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean draining;

    void begin() {
        running.incrementAndGet();
    }

    void end() {
        running.decrementAndGet();
    }

    int running() {
        return running.get();
    }

    /** From now on nothing new is taken. */
    void drain() {
        draining = true;
    }

    boolean draining() {
        return draining;
    }
}
