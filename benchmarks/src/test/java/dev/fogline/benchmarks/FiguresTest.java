package dev.fogline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final Noise QUIET = new Noise(0.01, 100);

    private final Pace pace = new Pace(() -> 100_000);
    private final Figures figures = new Figures(pace);

    @Test
    void ratios_are_taken_round_by_round_so_that_a_slow_round_falls_out() {
        for (double speed : new double[] {1, 0.5, 1}) {
            figures.add("nginx", Metric.REQUESTS, 60_000 * speed, QUIET);
            figures.add("Fogline", Metric.REQUESTS, 30_000 * speed, QUIET);
        }
        assertThat(figures.ratio("Fogline", "nginx", Metric.REQUESTS)).hasValue(0.5);
        assertThat(figures.difference("Fogline", "nginx", Metric.REQUESTS)).hasValue(-30_000);
    }

    @Test
    void of_figures_the_median_is_shown_and_of_counts_the_sum() {
        for (double round : new double[] {3, 9, 1}) {
            figures.add("nginx", Metric.P99, round, QUIET);
            figures.add("nginx", Metric.LOST, round, QUIET);
        }
        assertThat(figures.of("nginx", Metric.P99)).hasValue(3);
        assertThat(figures.of("nginx", Metric.LOST)).hasValue(13);
    }

    @Test
    void rounds_that_others_disturbed_count_only_where_no_other_is_left() {
        figures.add("Fogline", Metric.P99, 80_000, new Noise(1.2, 100));
        assertThat(figures.of("Fogline", Metric.P99)).hasValue(80_000);
        assertThat(figures.quiet("Fogline", Metric.P99)).isFalse();
        figures.add("Fogline", Metric.P99, 300, QUIET);
        assertThat(figures.of("Fogline", Metric.P99)).hasValue(300);
    }

    @Test
    void a_round_on_a_slow_host_is_known_once_the_host_is_faster() {
        long[] nanos = {300_000};
        var listening = new Pace(() -> nanos[0]);
        var seen = new Figures(listening);
        seen.add("Fogline", Metric.P99, 900, new Noise(0, listening.listen()));
        assertThat(seen.quiet("Fogline", Metric.P99)).isTrue();
        nanos[0] = 100_000;
        seen.add("Fogline", Metric.P99, 300, new Noise(0, listening.listen()));
        nanos[0] = 110_000;
        seen.add("Fogline", Metric.P99, 320, new Noise(0, listening.listen()));
        assertThat(seen.of("Fogline", Metric.P99)).hasValue(310);
    }

    @Test
    void what_was_not_measured_has_no_figure() {
        assertThat(figures.of("Envoy", Metric.P50)).isEmpty();
        assertThat(figures.ratio("Envoy", "nginx", Metric.P50)).isEmpty();
    }
}
