package dev.fogline.edge.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final AtomicLong nanos = new AtomicLong();

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void without_a_terminal_each_tenth_is_a_line_with_the_speed_of_this_run() {
        Console console = new Console(err, err, false, nanos::get);
        try (Progress progress = console.progress(100_000_000)) {
            progress.reach(45_000_000);
            for (int megabyte = 46; megabyte <= 100; megabyte++) {
                nanos.addAndGet(100_000_000);
                progress.reach(megabyte * 1_000_000L);
            }
        }

        assertThat(shown().lines()).hasSize(6).first().isEqualTo("   50 %  50.0 MB of 100.0 MB  10.0 MB/s");
    }

    @Test
    void on_a_terminal_the_line_is_drawn_over_at_most_five_times_a_second() {
        Console console = new Console(err, err, true, nanos::get);
        try (Progress progress = console.progress(1_000_000_000)) {
            for (int step = 0; step <= 1_000; step++) {
                progress.reach(step * 500_000L);
                nanos.addAndGet(1_000_000);
            }
        }

        assertThat(shown().split("\r")).hasSizeBetween(6, 8);
        assertThat(shown())
                .contains("[############------------]  50 %")
                .contains("s left")
                .doesNotContain("\n");
    }

    @Test
    void an_unknown_end_shows_bytes_only() {
        Console console = new Console(err, err, false, nanos::get);
        try (Progress progress = console.progress(-1)) {
            progress.reach(0);
            nanos.addAndGet(1_000_000_000);
            progress.reach(250_000_000);
        }

        assertThat(shown()).isEqualTo("  250.0 MB  250.0 MB/s\n");
    }
}
