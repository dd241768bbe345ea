package dev.fogline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Noise QUIET = new Noise(0.01, 100);

    private final Pace pace = new Pace(() -> 100_000);
    private final Figures figures = new Figures(pace);

    private Report report() {
        return new Report(
                "2026-01-01T00:00:00Z",
                new Machine("Linux", "a CPU", 2, 1024, "JDK", "abc"),
                "./fogline bench",
                new Settings(Duration.ofSeconds(35), Duration.ofSeconds(5), 3, OptionalDouble.empty(), Duration.ZERO),
                List.of("nginx/1"),
                List.of("There is no nginx."),
                new LoadRun.Result(figures, 0.25, 0));
    }

    @Test
    void the_page_names_machine_commit_command_noise_and_remarks() {
        figures.add("nginx", Metric.START, 8, QUIET);
        assertThat(report().markdown())
                .contains(
                        "a CPU", "abc", "`./fogline bench`", "other processes used 0.25 cores", "- There is no nginx.");
    }

    @Test
    void figures_stand_beside_nginx_and_beside_going_direct() {
        figures.add("direct", Metric.P50, 50, QUIET);
        figures.add("nginx", Metric.REQUESTS, 60_000, QUIET);
        figures.add("nginx", Metric.P50, 130, QUIET);
        figures.add("Fogline", Metric.REQUESTS, 30_000, QUIET);
        figures.add("Fogline", Metric.P50, 150, QUIET);
        assertThat(report().markdown())
                .contains("| req/s |  | 60,000 | 30,000 (0.50) |", "| p50 µs, added |  | 80 | 100 |");
    }

    @Test
    void a_server_that_was_not_busy_is_marked() {
        figures.add("nginx", Metric.REQUESTS, 60_000, QUIET);
        figures.add("nginx", Metric.BUSY, 0.6, QUIET);
        assertThat(report().markdown()).contains("60,000\\*");
    }

    @Test
    void the_json_holds_every_round() throws Exception {
        figures.add("Fogline", Metric.P50, 1, QUIET);
        figures.add("Fogline", Metric.P50, 2, QUIET);
        var rounds = new ObjectMapper().readTree(report().json()).at("/ways/Fogline/p50 µs/rounds");
        assertThat(rounds).hasSize(2);
    }
}
