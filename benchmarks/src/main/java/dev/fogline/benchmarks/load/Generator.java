package dev.fogline.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Runs one {@link Workload}. An open loop sends each request at its own time, or as soon after it as a connection is free,
 * and measures from that time on: a server that stalls is charged for all who had to wait (no coordinated omission).
 */
public final class Generator implements Loop.Clocked {
    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** How long answers may still come in after the end. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private static final int MOST_REFUSALS = 1_000;
    private static final int STALL_PACES = 5;

    private final Workload load;
    private final Loop loop;
    private final ServerSampler sampler;
    private final CompletableFuture<Measurement> result = new CompletableFuture<>();
    private final List<ClientConnection> connections = new ArrayList<>();
    private final ArrayDeque<ClientConnection> idle = new ArrayDeque<>();
    private final Histogram latency = Measurement.histogram();
    private final Histogram firstChunk = Measurement.histogram();
    private final Histogram gap = Measurement.histogram();

    private long connectBy;
    private boolean started;
    private long start;
    private long windowStart;
    private long windowEnd;
    private int inFlight;
    private long sent;
    private long completed;
    private long wrong;
    private long otherStatus;
    private long broken;
    private long refusals;
    private long events;
    private long lostEvents;
    private long stalls;

    private Generator(Workload load, Loop loop, Supplier<ServerUsage> usage) {
        this.load = load;
        this.loop = loop;
        this.sampler = new ServerSampler(usage, loop::workNanos);
    }

    /**
     * Runs the workload to its end. The upstream plays the workload's script from now on.
     *
     * @param usage asked at both ends of the window
     */
    public static Measurement run(Loop loop, ScriptedUpstream upstream, Workload load, Supplier<ServerUsage> usage) {
        var generator = new Generator(load, loop, usage);
        loop.execute(() -> {
            upstream.play(load.script());
            generator.connect();
        });
        return generator.result.join();
    }

    private void connect() {
        connectBy = System.nanoTime() + CONNECT_NANOS;
        ByteBuffer request = ByteBuffer.allocateDirect(load.request().length).put(load.request());
        try {
            for (int i = 0; i < load.connections(); i++) {
                connections.add(new ClientConnection(this, loop, request, load.script()));
            }
        } catch (IOException e) {
            finish(new IOException("no connection to port " + load.port(), e));
            return;
        }
        loop.add(this);
    }

    int port() {
        return load.port();
    }

    void connected(ClientConnection connection) {
        idle.add(connection);
        if (!started && idle.size() == load.connections()) {
            started = true;
            start = System.nanoTime();
            windowStart = start + load.warmUp().toNanos();
            windowEnd = windowStart + load.window().toNanos();
        }
        if (started) {
            sendWhatIsDue(System.nanoTime());
        }
    }

    /** Whether a request is still to be sent; in an open loop also one that is late. */
    private boolean more(long now) {
        if (all()) {
            return sent < load.requests();
        }
        return (open() ? intended(sent) : now) < windowEnd;
    }

    private boolean open() {
        return load.rate() > 0;
    }

    private boolean all() {
        return load.requests() > 0;
    }

    private long intended(long number) {
        return start + (long) (number * 1e9 / load.rate());
    }

    private void sendWhatIsDue(long now) {
        while (!idle.isEmpty() && more(now)) {
            if (open() && intended(sent) > now) {
                return;
            }
            long time = open() ? intended(sent) : System.nanoTime();
            sent++;
            inFlight++;
            idle.poll().send(time);
        }
    }

    void gap(long now, long nanos) {
        if (all() || (now >= windowStart && now < windowEnd)) {
            gap.recordValue(nanos);
            if (load.script().paced()
                    && nanos > STALL_PACES * load.script().pace().toNanos()) {
                stalls++;
            }
        }
    }

    /** @param reusable the connection can take the next request at once */
    void ended(ClientConnection connection, int status, boolean right, boolean reusable) {
        long now = System.nanoTime();
        inFlight--;
        if (counts(connection, now)) {
            if (status != 200) {
                otherStatus++;
                lostEvents += load.script().events();
            } else if (!right) {
                wrong++;
                lostEvents += load.script().events() - connection.events();
            } else {
                completed++;
                events += load.script().events();
                latency.recordValue(now - connection.intended());
                firstChunk.recordValue(connection.firstByte() - connection.intended());
            }
        }
        if (reusable) {
            idle.add(connection);
            sendWhatIsDue(now);
        }
    }

    private boolean counts(ClientConnection connection, long now) {
        long at = open() ? connection.intended() : now;
        return all() || (at >= windowStart && at < windowEnd);
    }

    /** In the midst of an answer. */
    void broken(ClientConnection connection) {
        inFlight--;
        broken++;
        lostEvents += load.script().events() - connection.events();
        refused();
    }

    void refused() {
        refusals++;
        if (refusals > MOST_REFUSALS) {
            finish(new IOException("port " + load.port() + " refuses connections or breaks them"));
        }
    }

    @Override
    public long tick(long now) {
        if (!started) {
            if (now > connectBy) {
                finish(new IOException("port " + load.port() + " took only " + idle.size() + " of " + load.connections()
                        + " connections"));
            }
            return now + Duration.ofMillis(100).toNanos();
        }
        sampler.at(now, windowStart, windowEnd);
        if (open()) {
            sendWhatIsDue(now);
        }
        boolean over = !more(now) && inFlight == 0;
        if ((over && sampler.done()) || now > windowEnd + PATIENCE_NANOS) {
            finish(null);
            return Long.MAX_VALUE;
        }
        // The thread never sleeps in between: on a virtual machine, to wake a core that sleeps takes whoever writes
        // some microseconds, and a server that leaves the generator idle would pay that with every write.
        return now;
    }

    boolean over() {
        return result.isDone();
    }

    private void finish(@Nullable IOException failure) {
        loop.remove(this);
        connections.forEach(ClientConnection::close);
        if (failure != null) {
            result.completeExceptionally(failure);
            return;
        }
        long due = open() && !all() ? (long) Math.ceil((windowEnd - start) / 1e9 * load.rate()) : sent;
        result.complete(new Measurement(
                (windowEnd - windowStart) / 1e9,
                completed,
                wrong,
                otherStatus,
                broken,
                inFlight,
                Math.max(0, due - sent),
                events,
                lostEvents,
                stalls,
                latency,
                firstChunk,
                gap,
                sampler.serverCpuNanos(),
                sampler.loadCpuNanos(),
                sampler.rssBytes()));
    }
}
