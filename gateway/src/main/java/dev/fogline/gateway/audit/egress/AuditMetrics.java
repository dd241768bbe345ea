package dev.fogline.gateway.audit.egress;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.jboss.logging.Logger;

/** Tells operators of the audit, in metrics and in the log. */
public final class AuditMetrics implements AuditEvents {
    private static final Logger LOG = Logger.getLogger(AuditMetrics.class);
    private static final Duration[] WAITS = LongStream.of(
                    25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 50_000, 250_000, 1_000_000)
            .mapToObj(micros -> Duration.ofNanos(micros * 1000))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<RecordType, Counter> records = new EnumMap<>(RecordType.class);
    private final Map<Cause, Counter> failures = new EnumMap<>(Cause.class);
    private final Timer waits;

    public AuditMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (RecordType type : RecordType.values()) {
            records.put(
                    type,
                    Counter.builder("fogline.audit.records")
                            .description("Records that were appended to the egress audit")
                            .tag("type", type.label())
                            .register(registry));
        }
        for (Cause cause : Cause.values()) {
            failures.put(
                    cause,
                    Counter.builder("fogline.audit.failures")
                            .description("Times that the egress audit could not record, so that nothing left")
                            .tag("cause", cause.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        waits = Timer.builder("fogline.audit.wait")
                .description("Time that bodies wait for their record before they leave for a cloud")
                .serviceLevelObjectives(WAITS)
                .register(registry);
    }

    /**
     * Shows what the audit is at, from now on.
     *
     * @param sequence the number of the last record that is safe
     * @param stopped whether nothing leaves
     */
    public void show(LongSupplier sequence, BooleanSupplier stopped) {
        Gauge.builder("fogline.audit.sequence", sequence, LongSupplier::getAsLong)
                .description("The number of the egress audit's last record that is safe on disk")
                .strongReference(true)
                .register(registry);
        Gauge.builder("fogline.audit.stopped", stopped, now -> now.getAsBoolean() ? 1 : 0)
                .description("1 while nothing leaves for a cloud, because it cannot be recorded")
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void written(RecordType type, int count) {
        if (type == RecordType.GAP) {
            LOG.warn("the egress audit goes on behind a gap: the gateway, or the machine, had ended without saying so;"
                    + " ./fogline audit verify shows where");
        }
        Objects.requireNonNull(records.get(type)).increment(count);
    }

    @Override
    public void failed(Cause cause) {
        Objects.requireNonNull(failures.get(cause)).increment();
    }

    @Override
    public void waited(long nanos) {
        waits.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void stopped(String why) {
        LOG.error(why);
    }

    @Override
    public void resumed() {
        LOG.info("the egress audit is written again; what may leave for a cloud does");
    }
}
