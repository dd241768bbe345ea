package dev.fogline.edge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SseFramesTest {
    private static final String STREAM = "data: {\"a\":1}\n\n: ping\n\ndata: zwei\r\ndata: drei\r\n\r\ndata:[DONE]\n\n";

    @Property
    void any_chunking_gives_the_same_events(@ForAll @Size(max = 60) List<@IntRange(min = 1, max = 9) Integer> cuts) {
        List<String> data = new ArrayList<>();
        Buffer bytes = Buffer.buffer();
        SseFrames frames = new SseFrames(1000);
        Buffer all = Buffer.buffer(STREAM);
        int from = 0;
        for (int cut : cuts) {
            int to = Math.min(all.length(), from + cut);
            frames.feed(all.getBuffer(from, to), event -> take(event, data, bytes));
            from = to;
        }
        frames.feed(all.getBuffer(from, all.length()), event -> take(event, data, bytes));

        assertThat(data).containsExactly("{\"a\":1}", "", "zwei\ndrei", "[DONE]");
        assertThat(bytes).isEqualTo(all);
    }

    @Test
    void an_event_without_end_is_an_error_and_not_an_endless_buffer() {
        SseFrames frames = new SseFrames(10);
        assertThat(frames.feed(Buffer.buffer("data: 1\n\n"), event -> {})).isTrue();
        assertThat(frames.feed(Buffer.buffer("data: 12345"), event -> {})).isFalse();
    }

    private static void take(SseEvent event, List<String> data, Buffer bytes) {
        data.add(event.data());
        bytes.appendBuffer(event.bytes());
    }
}
