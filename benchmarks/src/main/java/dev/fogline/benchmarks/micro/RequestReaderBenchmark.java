package dev.fogline.benchmarks.micro;

import dev.fogline.gateway.api.BodyEdit;
import dev.fogline.gateway.api.ChatRequest;
import dev.fogline.gateway.api.ChatRequestReader;
import dev.fogline.policies.privacy.Detectors;
import io.vertx.core.buffer.Buffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From bytes to a checked request with its facts, detectors included, and from there to the bytes for a target. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
public class RequestReaderBenchmark {
    @Param({"1800", "100000"})
    public int characters;

    private final ChatRequestReader reader = new ChatRequestReader(Detectors.standard());
    private byte[] body = Texts.ORDINARY.body(1);
    private ChatRequest request = reader.read(body);

    @Setup
    public void prepare() {
        body = Texts.ORDINARY.body(characters);
        request = reader.read(body);
    }

    @Benchmark
    public ChatRequest read() {
        return reader.read(body);
    }

    @Benchmark
    public Buffer edit() {
        return new BodyEdit(request).model("gpt-4.1-mini").askForUsage().apply();
    }
}
