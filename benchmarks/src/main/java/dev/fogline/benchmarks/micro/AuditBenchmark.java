package dev.fogline.benchmarks.micro;

import dev.fogline.gateway.audit.egress.AuditEvents;
import dev.fogline.gateway.audit.egress.Departure;
import dev.fogline.gateway.audit.egress.EgressAudit;
import dev.fogline.gateway.audit.egress.RecordType;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.privacy.FindingKind;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A body's record, from an event loop to the file and back: how long one body waits for it, and what each costs when many wait
 * together. The file is where temporary files are; two of 16 MiB are kept.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
public class AuditBenchmark {
    private static final int TOGETHER = 64;

    @Param({"2000", "100000"})
    public int bytes;

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final Path folder = folder();
    private final EgressAudit audit = new EgressAudit(
            vertx, folder, "5c".repeat(32), 16 << 20, OptionalInt.of(2), InstantSource.system(), new Silent());
    private Departure departure = departure(1);

    private static Path folder() {
        try {
            return Files.createTempDirectory("fogline-audit");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Departure departure(int bytes) {
        return new Departure(
                "01a228696543978e5e832baa57d2",
                "c3c8253935dd",
                "cloud/large",
                Sensitivity.CONFIDENTIAL,
                Map.of(FindingKind.EMAIL, 2, FindingKind.PHONE, 1),
                Map.of(),
                true,
                false,
                Buffer.buffer(new byte[bytes]));
    }

    @Setup
    public void prepare() {
        departure = departure(bytes);
        audit.start();
    }

    @TearDown
    public void end() throws IOException {
        audit.close();
        vertx.close();
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Benchmark
    public void alone() throws InterruptedException {
        append(1);
    }

    @Benchmark
    @OperationsPerInvocation(TOGETHER)
    public void together() throws InterruptedException {
        append(TOGETHER);
    }

    private void append(int count) throws InterruptedException {
        var done = new CountDownLatch(count);
        loop.runOnContext(turn -> {
            for (int i = 0; i < count; i++) {
                audit.append(departure).onSuccess(recorded -> done.countDown());
            }
        });
        done.await();
    }

    /** Tells nobody. */
    private static final class Silent implements AuditEvents {
        @Override
        public void written(RecordType type, int count) {}

        @Override
        public void failed(Cause cause) {}

        @Override
        public void waited(long nanos) {}

        @Override
        public void stopped(String why) {}

        @Override
        public void resumed() {}
    }
}
