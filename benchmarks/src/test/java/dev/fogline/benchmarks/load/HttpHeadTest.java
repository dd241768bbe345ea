package dev.fogline.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpHeadTest {
    private final HttpHead head = new HttpHead();

    private int read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return head.read(bytes, 0, bytes.length);
    }

    @Test
    void status_and_length_are_read_whatever_the_case_of_the_names() {
        assertThat(read("HTTP/1.1 503 No\r\nX: y\r\nconTent-Length: 12\r\nConnection: close\r\n\r\nbody"))
                .isEqualTo(64);
        assertThat(head.status()).isEqualTo(503);
        assertThat(head.length()).isEqualTo(12);
        assertThat(head.close()).isTrue();
        assertThat(head.chunked()).isFalse();
    }

    @Test
    void a_head_that_is_not_complete_is_told() {
        assertThat(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n")).isEqualTo(-1);
        assertThat(read("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"))
                .isEqualTo(47);
        assertThat(head.chunked()).isTrue();
        assertThat(head.length()).isEqualTo(-1);
    }
}
