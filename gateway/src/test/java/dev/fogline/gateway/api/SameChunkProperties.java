package dev.fogline.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.api.SseEvent.Slice;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A chunk that is known by comparing is what it would have been found to be by reading. */
class SameChunkProperties {
    private static final String[] TEXTS = {
        "",
        "a",
        "bc",
        " token",
        "\\\"",
        "\\\\",
        "\\n",
        "x\\\\\\\"y",
        "你好",
        "\\u4f60",
        "usage",
        "}]",
        "\\",
        "\"",
        "\n",
        "\r\n",
        "\n\n",
        "\t"
    };
    /** As OpenAI, llama.cpp and others order their fields; each has its text where the dollar is. */
    private static final String[] CHUNKS = {
        "{\"id\":\"c1\",\"choices\":[{\"delta\":{\"content\":\"$\"},\"finish_reason\":null}]}",
        "{\"choices\":[{\"finish_reason\":null,\"delta\":{\"content\": \"$\"}}],\"id\":\"c1\",\"model\":\"m\"}",
        "{\"choices\":[{\"delta\":{\"content\":\"$\"}}],\"obfuscation\":\"$\"}",
        "{\"choices\":[{\"delta\":{\"$\":\"a\"}}],\"model\":\"m\"}",
        "{\"choices\":[{\"delta\":{\"content\":\"$\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}",
    };

    private final SameChunk same = new SameChunk();

    @Property(tries = 3000)
    void however_an_answer_is_cut_the_same_comes_of_it(@ForAll long seed) {
        Random random = new Random(seed);
        String end = random.nextInt(3) == 0 ? "\r\n" : "\n";
        String usual = CHUNKS[random.nextInt(CHUNKS.length)];
        var stream = new StringBuilder("data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n");
        for (int i = random.nextInt(12); i >= 0; i--) {
            String chunk = random.nextInt(4) == 0 ? CHUNKS[random.nextInt(CHUNKS.length)] : usual;
            while (chunk.contains("$")) {
                int dollar = chunk.indexOf('$');
                chunk = chunk.substring(0, dollar) + TEXTS[random.nextInt(TEXTS.length)] + chunk.substring(dollar + 1);
            }
            stream.append("data: ").append(chunk).append(end).append(end);
        }
        stream.append(random.nextInt(4) == 0 ? "" : "data: [DONE]\n\n");
        StreamFuzz.holds(stream.toString().getBytes(UTF_8), random.nextBoolean(), seed);
    }

    @Example
    void two_chunks_show_what_the_further_ones_have_in_common() {
        learn(0, "Hel");
        assertThat(known(0, "lo")).isFalse();
        learn(0, "lo");
        assertThat(known(0, ", \\\"world\\\"")).isTrue();
        assertThat(known(0, "")).isTrue();
        assertThat(known(1, "lo")).isFalse();
    }

    @Example
    void what_stays_the_same_may_change_many_times() {
        for (int second = 0; second < 50; second++) {
            for (String text : new String[] {"a", "b"}) {
                learn(event(0, text).replace("c1", "c" + second));
            }
            byte[] next = event(0, "c").replace("c1", "c" + second).getBytes(UTF_8);
            assertThat(same.end(next, 0, next.length)).as("second %s", second).isEqualTo(next.length);
            same.event(next, 0, next.length);
        }
    }

    @Example
    void it_does_not_look_for_ever() {
        for (int i = 0; i < 50; i++) {
            learn(event(2, "text " + i));
        }
        learn(0, "a");
        learn(0, "b");
        assertThat(known(0, "c")).isFalse();
    }

    @Example
    void what_is_cut_broken_or_says_more_is_not_known() {
        learn(0, "Hel");
        learn(0, "lo");
        String more = event(0, "x").replace("null", "\"stop\"");
        assertThat(same.end(more.getBytes(UTF_8), 0, more.length())).isEqualTo(-1);
        for (String text : new String[] {"\n", "\\", "\"", "\\\n"}) {
            assertThat(known(0, text)).as(text).isFalse();
        }
        byte[] whole = event(0, "x").getBytes(UTF_8);
        for (int length = 0; length < whole.length; length++) {
            assertThat(same.end(whole, 0, length)).isEqualTo(-1);
        }
    }

    @Example
    void a_name_that_changes_is_no_text() {
        learn(3, "content");
        learn(3, "reasoning");
        assertThat(known(3, "usage")).isFalse();
    }

    @Example
    void its_data_stands_where_reading_finds_it() {
        learn(1, "a");
        learn(1, "b");
        byte[] bytes = ("xx" + event(1, "你好")).getBytes(UTF_8);
        SseEvent event = same.event(bytes, 2, same.end(bytes, 2, bytes.length));
        assertThat(new String(bytes, event.data().start(), event.data().length(), UTF_8))
                .isEqualTo(CHUNKS[1].replace("$", "你好"));
        assertThat(event.oneLine()).isTrue();
    }

    @Property
    void a_placeholder_may_begin_where_a_search_of_all_of_it_says_so(@ForAll long seed) {
        Random random = new Random(seed);
        var known = new SameChunk();
        String frame = "data: {\"id\":\"" + piece(random)
                + "\",\"choices\":[{\"delta\":{\"content\":\"$\"}}],\"model\":\"" + piece(random) + "\"}\n\n";
        learn(known, frame.replace("$", "a"));
        learn(known, frame.replace("$", "b"));
        byte[] bytes = frame.replace("$", piece(random) + piece(random)).getBytes(UTF_8);
        SseEvent event = known.event(bytes, 0, known.end(bytes, 0, bytes.length));

        assertThat(known.mayHoldOpener(event))
                .isEqualTo(OpenerSearch.mayHold(
                        bytes, event.data().start(), event.data().end()));
    }

    private static String piece(Random random) {
        return List.of("", "", "text", "\u27e6", "\\u27e6", "\\u27E6", "\\\\", "\\n", "\u27e7", "你好")
                .get(random.nextInt(10));
    }

    private void learn(int chunk, String text) {
        learn(event(chunk, text));
    }

    private void learn(String event) {
        learn(same, event);
    }

    private static void learn(SameChunk same, String event) {
        byte[] bytes = event.getBytes(UTF_8);
        same.learn(new SseEvent(bytes, 0, bytes.length, new Slice(bytes, "data: ".length(), bytes.length - 2)));
    }

    private boolean known(int chunk, String text) {
        byte[] bytes = event(chunk, text).getBytes(UTF_8);
        int end = same.end(bytes, 0, bytes.length);
        assertThat(end).isIn(-1, bytes.length);
        return end > 0;
    }

    private static String event(int chunk, String text) {
        return "data: " + CHUNKS[chunk].replace("$", text) + "\n\n";
    }
}
