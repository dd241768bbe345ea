package dev.fogline.gateway.audit.egress;

import dev.fogline.gateway.audit.egress.AuditVerification.Result;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.privacy.FindingKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/** A real audit in a folder of a test's own, and what it told. */
final class Recorded implements AuditEvents, AutoCloseable {
    static final String KEY = "0123456789abcdef".repeat(4);

    final List<String> stops = new CopyOnWriteArrayList<>();
    final LongAdder resumed = new LongAdder();
    final Map<Cause, LongAdder> failures = new EnumMap<>(Cause.class);
    final EgressAudit audit;
    private final Vertx vertx = Vertx.vertx();
    private final AuditFolder folder;

    Recorded(Path folder) {
        this(folder, 64 << 20, OptionalInt.empty());
    }

    Recorded(Path folder, long fileBytes, OptionalInt files) {
        for (Cause cause : Cause.values()) {
            failures.put(cause, new LongAdder());
        }
        this.folder = new AuditFolder(folder);
        audit = new EgressAudit(vertx, folder, KEY, fileBytes, files, InstantSource.system(), this);
    }

    Recorded start() {
        audit.start();
        return this;
    }

    static Departure departure(int number) {
        return new Departure(
                "id-" + number,
                "revision",
                "cloud/large",
                Sensitivity.INTERNAL,
                Map.of(FindingKind.EMAIL, number % 3 + 1),
                Map.of(),
                true,
                false,
                Buffer.buffer("the body of " + number));
    }

    /** Has so many records appended, one after another, and waits until each is. */
    Recorded append(int count) {
        for (int i = 0; i < count; i++) {
            get(audit.append(departure(i)));
        }
        return this;
    }

    static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in time: " + what);
            }
            Thread.onSpinWait();
        }
    }

    Result verify() {
        return verify(folder.path());
    }

    static Result verify(Path folder) {
        try {
            return AuditVerification.of(folder, KEY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files(Path folder) {
        try {
            return new AuditFolder(folder).files();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(Path folder) {
        var lines = new ArrayList<String>();
        for (Path file : files(folder)) {
            try {
                lines.addAll(Files.readAllLines(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return lines;
    }

    @Override
    public void written(RecordType type, int count) {}

    @Override
    public void failed(Cause cause) {
        var counter = failures.get(cause);
        if (counter != null) {
            counter.increment();
        }
    }

    long failures(Cause cause) {
        var counter = failures.get(cause);
        return counter == null ? 0 : counter.sum();
    }

    @Override
    public void waited(long nanos) {}

    @Override
    public void stopped(String why) {
        stops.add(why);
    }

    @Override
    public void resumed() {
        resumed.increment();
    }

    /** Ends it as a gateway that is stopped does. */
    @Override
    public void close() {
        audit.close();
        get(vertx.close());
    }
}
