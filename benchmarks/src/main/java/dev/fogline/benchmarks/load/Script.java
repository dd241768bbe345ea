package dev.fogline.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer of the upstream, as it is written and as a client must read it: the same bytes after HTTP's framing, but for
 * the usage event, which only a caller that asked for it may see.
 */
public final class Script {
    /** Content chunks of a streamed answer; role, finish and {@code [DONE]} come on top. */
    private static final int CONTENT_CHUNKS = 50;

    /** Events that the upstream writes at once where it does not pace them, as a fast model server's socket shows them. */
    private static final int EVENTS_A_WRITE = 5;

    private static final String CHUNK =
            "{\"id\":\"chatcmpl-9xKpQ2bench0001\",\"object\":\"chat.completion.chunk\",\"created\":1764000000,"
                    + "\"model\":\"bench\",\"choices\":[{\"index\":0,\"delta\":";
    private static final String USAGE = "{\"id\":\"chatcmpl-9xKpQ2bench0001\",\"object\":\"chat.completion.chunk\","
            + "\"created\":1764000000,\"model\":\"bench\",\"choices\":[],"
            + "\"usage\":{\"prompt_tokens\":412,\"completion_tokens\":50,\"total_tokens\":462}}";
    private static final String WHOLE =
            "{\"id\":\"chatcmpl-9xKpQ2bench0001\",\"object\":\"chat.completion\",\"created\":1764000000,"
                    + "\"model\":\"bench\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                    + "\"The quick brown fox jumps over the lazy dog, and then it explains at moderate length why the"
                    + " edge node answered this question instead of the cloud model. \"},\"logprobs\":null,"
                    + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":412,\"completion_tokens\":58,"
                    + "\"total_tokens\":470,\"prompt_tokens_details\":{\"cached_tokens\":0},"
                    + "\"completion_tokens_details\":{\"reasoning_tokens\":0}},\"system_fingerprint\":\"fp_bench\"}";

    private final Wire plain;
    private final Wire withUsage;
    private final byte[] expected;
    private final int[] eventEnds;
    private final Duration pace;

    /**
     * What the upstream sends.
     *
     * @param bytes the whole answer with its head; used by one thread only
     * @param writeEnds where each write ends
     */
    record Wire(ByteBuffer bytes, int[] writeEnds) {}

    private Script(Wire plain, Wire withUsage, byte[] expected, int[] eventEnds, Duration pace) {
        this.plain = plain;
        this.withUsage = withUsage;
        this.expected = expected;
        this.eventEnds = eventEnds;
        this.pace = pace;
    }

    /** One JSON answer of 566 bytes or so. */
    public static Script whole() {
        byte[] body = ascii(WHOLE);
        byte[] head = ascii(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n");
        ByteBuffer bytes = ByteBuffer.allocateDirect(head.length + body.length);
        bytes.put(head).put(body);
        Wire wire = new Wire(bytes, new int[] {head.length + body.length});
        return new Script(wire, wire, body, new int[] {body.length}, Duration.ZERO);
    }

    /** 53 server-sent events as fast as they can go. */
    public static Script stream() {
        return stream(Duration.ZERO);
    }

    /** 53 server-sent events, one write each, {@code pace} apart. */
    public static Script slowStream(Duration pace) {
        return stream(pace);
    }

    private static Script stream(Duration pace) {
        List<String> events = new ArrayList<>();
        events.add("data: " + CHUNK + "{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n");
        for (int i = 1; i <= CONTENT_CHUNKS; i++) {
            events.add("data: " + CHUNK + "{\"content\":\"token" + i + " \"},\"finish_reason\":null}]}\n\n");
        }
        events.add("data: " + CHUNK + "{},\"finish_reason\":\"stop\"}]}\n\n");
        events.add("data: [DONE]\n\n");
        int[] ends = new int[events.size()];
        var expected = new ByteArrayOutputStream();
        for (int i = 0; i < ends.length; i++) {
            expected.writeBytes(ascii(events.get(i)));
            ends[i] = expected.size();
        }
        int eventsAWrite = pace.isZero() ? EVENTS_A_WRITE : 1;
        Wire plain = wire(events, eventsAWrite);
        events.add(events.size() - 1, "data: " + USAGE + "\n\n");
        return new Script(plain, wire(events, eventsAWrite), expected.toByteArray(), ends, pace);
    }

    private static Wire wire(List<String> events, int eventsAWrite) {
        var bytes = new ByteArrayOutputStream();
        var ends = new ArrayList<Integer>();
        bytes.writeBytes(ascii("""
                HTTP/1.1 200 OK\r
                Content-Type: text/event-stream\r
                Cache-Control: no-cache\r
                Transfer-Encoding: chunked\r
                \r
                """));
        for (int i = 0; i < events.size(); i++) {
            String event = events.get(i);
            bytes.writeBytes(ascii(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n"));
            boolean last = i == events.size() - 1;
            if (last) {
                bytes.writeBytes(ascii("0\r\n\r\n"));
            }
            // The first event travels alone with the head, the usage event with the end.
            if (last || (i % eventsAWrite == 0 && !event.contains("\"usage\""))) {
                ends.add(bytes.size());
            }
        }
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.size()).put(bytes.toByteArray());
        return new Wire(direct, ends.stream().mapToInt(Integer::intValue).toArray());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    Wire wire(boolean usageAsked) {
        return usageAsked ? withUsage : plain;
    }

    /** The body as the client must see it. */
    byte[] expected() {
        return expected;
    }

    /** Where each event ends in {@link #expected()}; a whole answer is one event. */
    int[] eventEnds() {
        return eventEnds;
    }

    public int events() {
        return eventEnds.length;
    }

    Duration pace() {
        return pace;
    }

    boolean paced() {
        return !pace.isZero();
    }
}
