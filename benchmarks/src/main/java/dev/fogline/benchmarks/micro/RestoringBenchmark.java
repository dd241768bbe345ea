package dev.fogline.benchmarks.micro;

import dev.fogline.gateway.api.ChatRequest;
import dev.fogline.gateway.api.ChatRequestReader;
import dev.fogline.gateway.api.Masked;
import dev.fogline.gateway.api.Masker;
import dev.fogline.gateway.api.Restoring;
import dev.fogline.gateway.api.StreamedAnswer;
import dev.fogline.policies.Policy;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * One chunk of a streamed answer on its way through, as it is and with values put back. Of 25 words one is a placeholder, and it
 * comes in three chunks.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
public class RestoringBenchmark {
    private static final int CHUNKS = 270;

    private static final Policy POLICY = Policy.builtIn();
    private static final ChatRequest REQUEST = new ChatRequestReader(POLICY.detectors())
            .read("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"mail li.wei@example.com\"}]}"
                    .getBytes(StandardCharsets.UTF_8));
    private static final Masked MASKED = Masker.mask(REQUEST, POLICY);

    private final List<Buffer> plain = chunks(List.of(" word"));
    private final List<Buffer> masked = chunks(List.of(" \u27e6EMA", "IL_", "1\u27e7"));

    private static List<Buffer> chunks(List<String> every25th) {
        var chunks = new ArrayList<Buffer>();
        for (int word = 0; chunks.size() < CHUNKS; word++) {
            (word % 25 == 0 ? every25th : List.of(" word")).forEach(text -> chunks.add(chunk(text)));
        }
        return List.copyOf(chunks.subList(0, CHUNKS));
    }

    private static Buffer chunk(String text) {
        return Buffer.buffer("data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1795971029,"
                + "\"model\":\"gpt-4.1-mini\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
                + "\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n");
    }

    private static Restoring restoring() {
        return new Restoring(MASKED.placeholders(), false, System::nanoTime, (bytes, nanos) -> {});
    }

    private static int relay(StreamedAnswer answer, List<Buffer> chunks) {
        int bytes = 0;
        for (Buffer chunk : chunks) {
            answer.accept(chunk);
            bytes += answer.take().length();
        }
        return bytes;
    }

    /** Of an answer to a request of which nothing was masked. */
    @Benchmark
    @OperationsPerInvocation(CHUNKS)
    public int relayed() {
        return relay(new StreamedAnswer(false), plain);
    }

    /** Of an answer in which a placeholder could stand, and none does. */
    @Benchmark
    @OperationsPerInvocation(CHUNKS)
    public int searched() {
        return relay(new StreamedAnswer(false, restoring()), plain);
    }

    @Benchmark
    @OperationsPerInvocation(CHUNKS)
    public int restored() {
        return relay(new StreamedAnswer(false, restoring()), masked);
    }

    /** What restoring adds to the first token: all of it, from nothing to the first chunk. */
    @Benchmark
    public int firstChunk() {
        return relay(new StreamedAnswer(false, restoring()), plain.subList(0, 1));
    }

    @Benchmark
    public int firstChunkRelayed() {
        return relay(new StreamedAnswer(false), plain.subList(0, 1));
    }
}
