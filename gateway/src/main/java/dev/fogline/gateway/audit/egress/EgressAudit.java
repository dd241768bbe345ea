package dev.fogline.gateway.audit.egress;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has a record of every body appended before it leaves for a cloud. Event loops hand over what is about to leave; one thread
 * writes what waits together, another syncs it every 100 ms. While records cannot be written nothing leaves; a second later
 * it is tried again.
 */
public final class EgressAudit implements AutoCloseable {
    /** Bodies that may wait for their record. */
    static final int WAITING = 1_024;

    private static final int TOGETHER = 256;
    private static final long IDLE_MS = 100;
    private static final long RETRY_NANOS = 1_000_000_000L;
    private static final long SYNC_MS = 100;
    private static final long LAST_WORDS_SECONDS = 5;

    private final Vertx vertx;
    private final ArrayBlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(WAITING);
    private final AuditWriter writer;
    private final AuditEvents events;
    private final Thread writing;
    private final Thread syncing;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closing;
    private volatile @Nullable String stopped;

    private record Entry(Departure departure, Context context, Promise<Void> appended) {
        void done() {
            context.runOnContext(back -> appended.tryComplete());
        }

        void refused() {
            context.runOnContext(back -> appended.tryFail(new UnrecordedException()));
        }
    }

    /**
     * @param folder of its files; made if it is not there
     * @param key of the installation, hexadecimal
     * @param fileBytes after about as many a new file is begun
     * @param files how many are kept; empty for all
     */
    public EgressAudit(
            Vertx vertx,
            Path folder,
            String key,
            long fileBytes,
            OptionalInt files,
            InstantSource clock,
            AuditEvents events) {
        this.vertx = vertx;
        this.events = events;
        this.writer = new AuditWriter(new AuditFolder(folder), key, fileBytes, files, clock, events);
        this.writing = Thread.ofPlatform().name("fogline-audit").daemon().unstarted(this::write);
        this.syncing = Thread.ofPlatform().name("fogline-audit-sync").daemon().unstarted(this::sync);
    }

    public EgressAudit start() {
        writing.start();
        syncing.start();
        return this;
    }

    /** Whether another process writes the audit in this folder. */
    public static boolean isWritten(Path folder) {
        return new AuditFolder(folder).isWritten();
    }

    /**
     * Completes, on the caller's event loop, when the record has been appended; only then may the body leave. Fails with
     * {@link UnrecordedException} when there is none. Never blocks.
     */
    public Future<Void> append(Departure departure) {
        if (stopped != null) {
            return Future.failedFuture(new UnrecordedException());
        }
        var entry = new Entry(departure, vertx.getOrCreateContext(), Promise.promise());
        if (!waiting.offer(entry)) {
            events.failed(AuditEvents.Cause.FULL);
            return Future.failedFuture(new UnrecordedException());
        }
        return entry.appended.future();
    }

    /** Why nothing leaves at present; empty while it does. */
    public Optional<String> stopped() {
        return Optional.ofNullable(stopped);
    }

    /** The number of the last record that is safe on the disk; it never goes down, unless records are taken away. */
    public long sequence() {
        return writer.synced();
    }

    private void write() {
        attempt(List.of());
        long attempted = System.nanoTime();
        List<Entry> batch = new ArrayList<>();
        try {
            while (!closing || !waiting.isEmpty()) {
                Entry first = waiting.poll(IDLE_MS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, TOGETHER - 1);
                }
                if (first != null || (stopped != null && System.nanoTime() - attempted > RETRY_NANOS)) {
                    attempt(batch);
                    attempted = System.nanoTime();
                }
                batch.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stopped = "the gateway is stopping";
        refuseWaiting();
        writer.end();
        ended.countDown();
    }

    /** Has the records written, and the files opened first if they are not. */
    private void attempt(List<Entry> batch) {
        try {
            writer.write(batch.stream().map(Entry::departure).toList());
            batch.forEach(Entry::done);
            if (stopped != null) {
                stopped = null;
                events.resumed();
            }
        } catch (AuditWriter.StoppedException e) {
            String why = String.valueOf(e.getMessage());
            boolean news = !why.equals(stopped);
            stopped = why;
            batch.forEach(Entry::refused);
            refuseWaiting();
            if (news) {
                events.stopped(why);
            }
        }
    }

    private void refuseWaiting() {
        List<Entry> all = new ArrayList<>();
        waiting.drainTo(all);
        all.forEach(Entry::refused);
    }

    private void sync() {
        try {
            while (!ended.await(SYNC_MS, TimeUnit.MILLISECONDS)) {
                writer.sync();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What waits is written first, and the end is told. */
    @Override
    public void close() {
        closing = true;
        try {
            writing.join(LAST_WORDS_SECONDS * 1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
