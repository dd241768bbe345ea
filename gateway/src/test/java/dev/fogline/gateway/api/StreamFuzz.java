package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.api.StreamedAnswer.State;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What holds for whatever comes as a stream: nothing is thrown, how it is cut into chunks changes nothing, and what the
 * client gets are events of the upstream, in order and byte for byte.
 */
public final class StreamFuzz {
    private static final String DONE = "data: [DONE]\n\n";

    private StreamFuzz() {}

    /** Called by Jazzer. The first byte is what is done with the rest. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length > 0) {
            holds(Arrays.copyOfRange(data, 1, data.length), (data[0] & 1) != 0, data[0]);
        }
    }

    /** Everything that can be seen of an answer. */
    private record Seen(
            String relayed,
            State before,
            boolean whole,
            State after,
            boolean firstToken,
            int events,
            Object usage,
            String model) {}

    static void holds(byte[] stream, boolean relayUsage, long seed) {
        Seen atOnce = relay(List.of(Buffer.buffer(stream)), relayUsage);
        var bytes = new ArrayList<Buffer>();
        for (byte one : stream) {
            bytes.add(Buffer.buffer(new byte[] {one}));
        }
        assertThat(relay(bytes, relayUsage)).isEqualTo(atOnce);
        assertThat(relay(cut(stream, new Random(seed)), relayUsage)).isEqualTo(atOnce);
        assertThat(atOnce.whole()).isEqualTo(atOnce.after() == State.DONE);
        onlyEventsOf(stream, atOnce);
        var unused = WholeAnswer.read(Buffer.buffer(stream));
    }

    private static List<Buffer> cut(byte[] stream, Random random) {
        var chunks = new ArrayList<Buffer>();
        for (int from = 0; from < stream.length; ) {
            int to = Math.min(stream.length, from + 1 + random.nextInt(60));
            chunks.add(Buffer.buffer(Arrays.copyOfRange(stream, from, to)));
            from = to;
        }
        return chunks;
    }

    private static Seen relay(List<Buffer> chunks, boolean relayUsage) {
        var answer = new StreamedAnswer(relayUsage);
        var relayed = new StringBuilder();
        for (Buffer chunk : chunks) {
            answer.accept(chunk);
            relayed.append(answer.take().toString(StandardCharsets.ISO_8859_1));
            assertThat(answer.hasReady()).isFalse();
        }
        State before = answer.state();
        boolean whole = answer.end();
        relayed.append(answer.take().toString(StandardCharsets.ISO_8859_1));
        return new Seen(
                relayed.toString(),
                before,
                whole,
                answer.state(),
                answer.firstToken(),
                answer.dataEvents(),
                answer.usage(),
                answer.model());
    }

    /** What was relayed can be read from the stream's own events, in order; only a {@code [DONE]} may be ours. */
    private static void onlyEventsOf(byte[] stream, Seen seen) {
        List<String> sent = events(new String(stream, StandardCharsets.ISO_8859_1));
        int next = 0;
        for (String event : events(seen.relayed())) {
            if (event.isBlank()) {
                // One blank line more says nothing.
                continue;
            }
            while (next < sent.size() && !isRelayed(sent.get(next), event)) {
                next++;
            }
            if (next == sent.size()) {
                assertThat(event).as("an event that nobody sent").isEqualTo(DONE);
                assertThat(seen.after()).isEqualTo(State.DONE);
            } else {
                next++;
            }
        }
    }

    /** An event that the stream's end cut off gets its end from us. */
    private static boolean isRelayed(String sent, String got) {
        boolean complete = sent.endsWith("\n\n") || sent.endsWith("\n\r\n");
        return complete ? got.equals(sent) : got.startsWith(sent);
    }

    private static List<String> events(String stream) {
        var events = new ArrayList<String>();
        int start = 0;
        int line = 0;
        for (int i = 0; i < stream.length(); i++) {
            if (stream.charAt(i) == '\n') {
                String ended = stream.substring(line, i);
                line = i + 1;
                if (ended.isEmpty() || ended.equals("\r")) {
                    events.add(stream.substring(start, line));
                    start = line;
                }
            }
        }
        if (start < stream.length()) {
            events.add(stream.substring(start));
        }
        return events;
    }
}
