package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.api.StreamedAnswer.State;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Bytes in are bytes out, for any chunking. */
class StreamedAnswerProperties {
    private static final String[] EVENTS = {
        chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
        chunk("{\"content\":\"H\u00e9 \u4f60\u597d \\ud83d\\ude00\"}", "null"),
        "event: x\nid: 7\n" + chunk("{\"content\":\"a\"}", "null"),
        chunk("{\"content\":\"b\"}", "null").replace("\n", "\r\n"),
        "data:{\"choices\":[],\"usage\":null}\n\n",
        "data: {\"choices\":\ndata: [{\"delta\":{}}]}\n\n",
    };
    private static final String USAGE =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\n";
    private static final String FINISH = chunk("{}", "\"stop\"");
    private static final String DONE = "data: [DONE]\n\n";

    @Property(tries = 3000)
    void every_event_arrives_unchanged_and_in_order(@ForAll long seed, @ForAll boolean asked) {
        Random random = new Random(seed);
        StringBuilder sent = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            String event = EVENTS[random.nextInt(EVENTS.length)];
            sent.append(random.nextInt(4) == 0 ? ": keep-alive\n\n" : "").append(event);
            expected.append(event);
        }
        sent.append(FINISH).append(USAGE).append(DONE);
        expected.append(FINISH).append(asked ? USAGE : "").append(DONE);

        var answer = new StreamedAnswer(asked);
        StringBuilder got = new StringBuilder();
        byte[] bytes = sent.toString().getBytes(StandardCharsets.UTF_8);
        Buffer out = Buffer.buffer();
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(random.nextBoolean() ? 3 : 400));
            answer.accept(part(bytes, from, to, random));
            if (random.nextBoolean()) {
                out.appendBuffer(answer.take());
            }
            from = to;
        }
        out.appendBuffer(answer.take());
        got.append(out.toString());

        assertThat(got.toString()).isEqualTo(expected.toString());
        assertThat(answer.state()).isEqualTo(State.DONE);
        assertThat(answer.usage().orElseThrow().outputTokens()).isEqualTo(4);
    }

    /** A buffer of its own, a part of a larger one, or one that is not on the heap. */
    private static Buffer part(byte[] bytes, int from, int to, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Buffer.buffer(bytes).slice(from, to);
            case 1 -> Buffer.buffer(Unpooled.directBuffer().writeBytes(bytes, from, to - from));
            default -> Buffer.buffer(Arrays.copyOfRange(bytes, from, to));
        };
    }

    @Property(tries = 500)
    void a_stream_cut_anywhere_is_never_whole(@ForAll long seed) {
        byte[] bytes = (EVENTS[1] + EVENTS[2] + EVENTS[3]).getBytes(StandardCharsets.UTF_8);
        int cut = new Random(seed).nextInt(bytes.length);
        var answer = new StreamedAnswer(false);
        answer.accept(Buffer.buffer(Arrays.copyOf(bytes, cut)));
        assertThat(answer.end()).isFalse();
        assertThat(answer.take().toString()).doesNotContain("[DONE]");
    }

    @Example
    void a_comment_is_no_answer_and_is_not_relayed() {
        var answer = new StreamedAnswer(false);
        answer.accept(Buffer.buffer(": OPENROUTER PROCESSING\n\n\n\n"));
        assertThat(answer.state()).isEqualTo(State.WAITING);
        assertThat(answer.hasReady()).isFalse();
        assertThat(answer.end()).isFalse();
    }

    @Example
    void an_error_event_or_garbage_breaks_the_stream() {
        for (String bad :
                new String[] {"data: {\"error\":{\"message\":\"x\"}}\n\n", "data: {\"choi\n\n", "data: [DONE]\n\n"}) {
            var answer = new StreamedAnswer(false);
            answer.accept(Buffer.buffer(bad));
            assertThat(answer.state()).isEqualTo(State.BROKEN);
            assertThat(answer.hasReady()).isFalse();
        }
    }

    @Example
    void the_first_token_is_the_first_thing_to_read() {
        for (String delta : new String[] {
            "{\"content\":\"a\"}",
            "{\"reasoning_content\":\"a\"}",
            "{\"refusal\":\"a\"}",
            "{\"tool_calls\":[{\"index\":0}]}"
        }) {
            var answer = new StreamedAnswer(false);
            answer.accept(Buffer.buffer(EVENTS[0]));
            assertThat(answer.firstToken()).isFalse();
            answer.accept(Buffer.buffer(chunk(delta, "null")));
            assertThat(answer.firstToken()).as(delta).isTrue();
        }
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }
}
