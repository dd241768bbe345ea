package dev.fogline.edge.model;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a body that brings no byte for too long: the JDK's client would wait for ever. */
final class StallWatch implements AutoCloseable {
    private final InputStream body;
    private final Duration limit;
    private final Thread thread;
    private volatile long lastByteAt = System.nanoTime();
    private volatile boolean stalled;

    StallWatch(InputStream body, Duration limit) {
        this.body = body;
        this.limit = limit;
        this.thread = Thread.ofVirtual().start(this::watch);
    }

    void sawBytes() {
        lastByteAt = System.nanoTime();
    }

    boolean stalled() {
        return stalled;
    }

    private void watch() {
        try {
            for (long left = limit.toNanos(); left > 0; left = limit.toNanos() - (System.nanoTime() - lastByteAt)) {
                Thread.sleep(Duration.ofNanos(left));
            }
            stalled = true;
            body.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // It was to be closed, and is of no use any more.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
