package dev.fogline.edge;

import dev.fogline.edge.engine.Chunk;
import dev.fogline.edge.engine.Engine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What the agent shows to Prometheus. Every meter carries the label {@code model}; no label value comes from callers. */
final class EdgeMetrics {
    private final MeterRegistry registry;
    private final String model;
    private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
    private final Counter inputTokens;
    private final Counter outputTokens;

    /** How a request ended. */
    enum Outcome {
        SUCCESS,
        /** The request itself was at fault. */
        REFUSED,
        QUEUE_FULL,
        NOT_READY,
        ENGINE_FAILED,
        /** The caller left. */
        CANCELLED;

        static Outcome of(Failure failure) {
            return switch (failure) {
                case Failure.QueueFull full -> QUEUE_FULL;
                case Failure.NotReady notReady -> NOT_READY;
                case Failure.EngineFailed failed -> ENGINE_FAILED;
                case Failure.Invalid invalid -> REFUSED;
                case Failure.TooLong tooLong -> REFUSED;
                case Failure.Http http -> REFUSED;
            };
        }
    }

    EdgeMetrics(MeterRegistry registry, String model) {
        this.registry = registry;
        this.model = model;
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(
                    outcome,
                    Counter.builder("fogline.edge.requests")
                            .description("Chat requests by how they ended")
                            .tag("model", model)
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        inputTokens = tokens("input");
        outputTokens = tokens("output");
    }

    private Counter tokens(String type) {
        return Counter.builder("fogline.edge.tokens")
                .description("Tokens of whole answers, as the engine counts them")
                .tag("model", model)
                .tag("type", type)
                .register(registry);
    }

    /** Follows these from now on. */
    void watch(Admission admission, Engine engine, Speed speed) {
        gauge(
                "fogline.edge.slots",
                "Requests that the engine can work on at once",
                admission,
                a -> a.load().slots());
        gauge(
                "fogline.edge.slots.busy",
                "Slots in use",
                admission,
                a -> a.load().running());
        gauge(
                "fogline.edge.queue.length",
                "Requests that wait for a slot",
                admission,
                a -> a.load().waiting());
        gauge(
                "fogline.edge.queue.oldest.seconds",
                "How long the first in the queue has waited",
                admission,
                a -> a.load().oldestWaitMs() / 1e3);
        gauge("fogline.edge.tokens.per.second", "Decaying average of answers", speed, s -> orNaN(s.tokensPerSecond()));
        gauge(
                "fogline.edge.first.token.seconds",
                "Decaying average from asking the engine to the first token",
                speed,
                s -> orNaN(s.firstTokenMs()) / 1e3);
        gauge("fogline.edge.engine.memory.bytes", "RssAnon and swap of a supervised engine", engine, e -> {
            Long bytes = e.status().memoryBytes();
            return bytes == null ? Double.NaN : bytes;
        });
        FunctionCounter.builder(
                        "fogline.edge.engine.restarts", engine, e -> e.status().restarts())
                .description("Times that the engine went away and was started or waited for again")
                .tag("model", model)
                .register(registry);
    }

    private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value)
                .description(description)
                .tag("model", model)
                .strongReference(true)
                .register(registry);
    }

    private static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    void ended(Outcome outcome) {
        Counter counter = outcomes.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    void tokens(Chunk.Usage usage) {
        inputTokens.increment(usage.promptTokens());
        outputTokens.increment(usage.completionTokens());
    }

    /** @param fields out of the closed list of {@link ChatRequestReader} */
    void dropped(List<String> fields) {
        for (String field : fields) {
            Counter.builder("fogline.edge.dropped.fields")
                    .description("Request fields that were not passed to the engine")
                    .tag("model", model)
                    .tag("field", field)
                    .register(registry)
                    .increment();
        }
    }
}
