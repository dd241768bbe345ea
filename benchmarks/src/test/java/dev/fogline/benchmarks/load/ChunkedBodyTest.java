package dev.fogline.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedBodyTest {
    private static final byte[] WIRE =
            "5\r\nhello\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 11, 100})
    void the_framing_comes_off_for_any_cutting(int piece) {
        var chunked = new ChunkedBody();
        var body = new ByteArrayOutputStream();
        boolean ended = false;
        for (int from = 0; from < WIRE.length; from += piece) {
            assertThat(ended).isFalse();
            ended = chunked.feed(
                    WIRE,
                    from,
                    Math.min(WIRE.length, from + piece),
                    (bytes, start, end) -> body.write(bytes, start, end - start));
        }
        assertThat(ended).isTrue();
        assertThat(body.toString(StandardCharsets.US_ASCII)).isEqualTo("helloabcdefghijklmnopqrstuvwxyz");
    }
}
