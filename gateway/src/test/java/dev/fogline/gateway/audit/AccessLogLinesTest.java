package dev.fogline.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class AccessLogLinesTest {
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final AccessLogLines lines = new AccessLogLines(new PrintStream(console, true, StandardCharsets.UTF_8));

    private String console() {
        return console.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_line_has_the_time_to_the_millisecond_with_its_offset() {
        Instant at = Instant.parse("2026-11-29T17:05:09.042Z");
        lines.line(at, "one");
        lines.line(at.plusMillis(1_200), "two");
        lines.flush();
        assertThat(console().lines()).allMatch(line -> line.contains(" INFO  f.access "));
        assertThat(console()
                        .lines()
                        .map(line -> OffsetDateTime.parse(line.substring(0, line.indexOf(' ')))
                                .toInstant()))
                .containsExactly(at, at.plusMillis(1_200));
    }

    @Test
    void lines_gather_until_they_are_flushed_and_leave_once() {
        lines.line(Instant.EPOCH, "one");
        assertThat(console()).isEmpty();
        lines.flush();
        lines.flush();
        assertThat(console().lines()).hasSize(1);
    }

    @Test
    void what_comes_faster_than_it_leaves_is_left_out_and_told() {
        String huge = "x".repeat(1 << 20);
        for (int i = 0; i < 8; i++) {
            lines.line(Instant.EPOCH, huge);
        }
        lines.flush();
        assertThat(console.size()).isLessThan(AccessLogLines.MOST_BYTES + 1024);
        assertThat(console()).contains("5 lines were left out");
        lines.line(Instant.EPOCH, "afterwards");
        lines.flush();
        assertThat(console()).contains("afterwards");
    }
}
