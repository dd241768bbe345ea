package dev.fogline.policies.latency;

import static dev.fogline.policies.latency.Temperature.COLD;
import static dev.fogline.policies.latency.Temperature.WARM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ObservedLatencyTest {
    private long now;
    private final ObservedLatency observed = new ObservedLatency(() -> now);

    @Test
    void nothing_seen_is_nothing_known() {
        assertThat(observed.estimate(WARM)).isEqualTo(LatencyEstimate.UNKNOWN);
        assertThat(observed.estimate(WARM).known()).isFalse();
        assertThat(observed.estimate(WARM).confidence()).isZero();
    }

    @Test
    void a_seed_is_used_until_there_are_own_observations() {
        observed.seed(200, 20);
        assertThat(observed.estimate(WARM).ttftMs()).isCloseTo(200, within(1e-6));
        assertThat(observed.estimate(WARM).totalMs(10)).isCloseTo(400, within(1e-6));
        observed.seed(900, 90);
        assertThat(observed.estimate(WARM).ttftMs()).isCloseTo(200, within(1e-6));
        observed.firstToken(50, WARM);
        assertThat(observed.estimate(WARM).ttftMs()).isBetween(50.0, 150.0);
    }

    @Test
    void cold_and_warm_are_kept_apart() {
        observed.firstToken(3000, COLD);
        assertThat(observed.estimate(WARM).ttftMs()).isCloseTo(3000, within(1e-6));
        observed.firstToken(100, WARM);
        assertThat(observed.estimate(WARM).ttftMs()).isCloseTo(100, within(1e-6));
        assertThat(observed.estimate(COLD).ttftMs()).isCloseTo(3000, within(1e-6));
    }

    @Test
    void a_target_that_turns_slow_is_noticed_within_twenty_requests_at_the_same_instant() {
        see(100, 200);
        see(5000, 20);
        assertThat(observed.estimate(WARM).ttftMs()).isGreaterThan(4500);
    }

    @Test
    void a_call_given_up_says_only_that_it_took_longer() {
        see(5000, 50);
        observed.nothingWithin(2000, WARM);
        assertThat(observed.estimate(WARM).ttftMs()).isCloseTo(5000, within(1e-6));
        observed.nothingWithin(20_000, WARM);
        assertThat(observed.estimate(WARM).ttftMs()).isGreaterThan(6000);
    }

    @Test
    void confidence_grows_with_each_observation_and_fades_with_age() {
        see(100, 1);
        double one = observed.estimate(WARM).confidence();
        see(100, 5);
        double six = observed.estimate(WARM).confidence();
        now += Duration.ofMinutes(2).toNanos();
        assertThat(one).isEqualTo(0.5);
        assertThat(six).isGreaterThan(0.8);
        assertThat(observed.estimate(WARM).confidence()).isLessThan(0.15);
        assertThat(observed.estimate(WARM).ageMs()).isEqualTo(120_000);
        assertThat(observed.estimate(WARM).ttftMs()).isCloseTo(100, within(1e-6));
    }

    @Test
    void after_a_pause_a_new_observation_counts_more() {
        see(100, 50);
        now += Duration.ofMinutes(5).toNanos();
        see(1000, 1);
        assertThat(observed.estimate(WARM).ttftMs()).isGreaterThan(990);
    }

    @Test
    void a_percentile_of_a_log_normal_time_is_found() {
        var estimate = new LatencyEstimate(100, 0.5, 10, 100, 0);
        assertThat(estimate.ttftMs(50)).isCloseTo(100, within(0.1));
        assertThat(estimate.ttftMs(95)).isCloseTo(100 * Math.exp(1.6449 * 0.5), within(0.2));
        assertThat(estimate.ttftMs(99)).isCloseTo(100 * Math.exp(2.3263 * 0.5), within(0.2));
    }

    @Test
    void what_is_no_time_is_ignored() {
        for (double ms : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            observed.firstToken(ms, WARM);
            observed.nothingWithin(ms, WARM);
            observed.tokens(5, ms);
            observed.seed(ms, ms);
        }
        observed.tokens(0, 10);
        assertThat(observed.estimate(WARM)).isEqualTo(LatencyEstimate.UNKNOWN);
    }

    @Property(tries = 500)
    void an_estimate_stays_within_what_was_seen(@ForAll long seed) {
        Random random = new Random(seed);
        var observed = new ObservedLatency(() -> now);
        double[] times = random.doubles(1 + random.nextInt(40), 1, 10_000).toArray();
        for (double ms : times) {
            now += random.nextInt(60_000) * 1_000_000L;
            observed.firstToken(ms, WARM);
        }
        assertThat(observed.estimate(WARM).ttftMs())
                .isBetween(
                        DoubleStream.of(times).min().orElseThrow() * 0.999,
                        DoubleStream.of(times).max().orElseThrow() * 1.001);
    }

    private void see(double ms, int times) {
        for (int i = 0; i < times; i++) {
            observed.firstToken(ms, WARM);
        }
    }
}
