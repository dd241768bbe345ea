package dev.fogline.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** One thread, one selector. Everything attached to it runs on that thread. */
public final class Loop implements AutoCloseable {
    /** Below this the thread spins: a selector's time-out has a resolution of 1 ms, which is longer than what is measured. */
    private static final long SPIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Handles what its channel is ready for. */
    interface Ready {
        void ready(SelectionKey key);
    }

    /** Does what is due by the clock. */
    interface Clocked {
        /** @return when it wants to be called next, in {@link System#nanoTime()}; {@link Long#MAX_VALUE} for never */
        long tick(long now);
    }

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Clocked> clocked = new ArrayList<>();
    private final Thread thread;
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(256 * 1024);
    private final byte[] readBytes = new byte[readBuffer.capacity()];
    private long workNanos;
    private volatile boolean closed;

    public Loop() throws IOException {
        selector = Selector.open();
        thread = Thread.ofPlatform().name("load").daemon().start(this::run);
    }

    private void run() {
        long next = Long.MAX_VALUE;
        try {
            while (!closed) {
                long wait = next == Long.MAX_VALUE ? LONGEST_SLEEP_NANOS : next - System.nanoTime();
                if (wait < SPIN_NANOS) {
                    long start = System.nanoTime();
                    if (selector.selectNow(Loop::dispatch) > 0) {
                        workNanos += System.nanoTime() - start;
                    }
                } else {
                    long sleep = Math.min(wait - SPIN_NANOS / 2, LONGEST_SLEEP_NANOS);
                    selector.select(Loop::dispatch, TimeUnit.NANOSECONDS.toMillis(sleep));
                }
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                next = Long.MAX_VALUE;
                long now = System.nanoTime();
                // Backwards, because a tick may be the last of its kind and remove itself.
                for (int i = clocked.size() - 1; i >= 0; i--) {
                    next = Math.min(next, clocked.get(i).tick(now));
                }
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void dispatch(SelectionKey key) {
        if (key.isValid()) {
            ((Ready) key.attachment()).ready(key);
        }
    }

    /** Runs the task on the loop's thread, soon. */
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** What dealing with channels has taken while the thread spun, which is always so while something is measured. */
    long workNanos() {
        return workNanos;
    }

    Selector selector() {
        return selector;
    }

    void add(Clocked one) {
        clocked.add(one);
    }

    void remove(Clocked one) {
        clocked.remove(one);
    }

    /** Shared by all reads: what one of them brought is dealt with before the next. */
    ByteBuffer readBuffer() {
        return readBuffer.clear();
    }

    /** The array beside {@link #readBuffer()}. */
    byte[] readBytes() {
        return readBytes;
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
