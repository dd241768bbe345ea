package dev.fogline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
    private final Figures figures = new Figures();

    @Test
    void ratios_are_taken_round_by_round_so_that_a_slow_round_falls_out() {
        for (double speed : new double[] {1, 0.5, 1}) {
            figures.add("nginx", Metric.REQUESTS, 60_000 * speed);
            figures.add("Fogline", Metric.REQUESTS, 30_000 * speed);
        }
        assertThat(figures.ratio("Fogline", "nginx", Metric.REQUESTS)).hasValue(0.5);
        assertThat(figures.difference("Fogline", "nginx", Metric.REQUESTS)).hasValue(-30_000);
    }

    @Test
    void of_figures_the_median_is_shown_and_of_counts_the_sum() {
        for (double round : new double[] {3, 9, 1}) {
            figures.add("nginx", Metric.P99, round);
            figures.add("nginx", Metric.LOST, round);
        }
        assertThat(figures.of("nginx", Metric.P99)).hasValue(3);
        assertThat(figures.of("nginx", Metric.LOST)).hasValue(13);
    }

    @Test
    void what_was_not_measured_has_no_figure() {
        assertThat(figures.of("Envoy", Metric.P50)).isEmpty();
        assertThat(figures.ratio("Envoy", "nginx", Metric.P50)).isEmpty();
    }
}
