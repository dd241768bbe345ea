package dev.fogline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fogline.policies.latency.Temperature;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeedTest {
    private long now;

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 5, Long.MIN_VALUE})
    void a_target_is_cold_before_its_first_call_and_half_a_minute_after_its_last(long start) {
        now = start;
        Speed speed = new Speed(() -> now);
        assertThat(speed.next()).isEqualTo(Temperature.COLD);
        speed.use();
        assertThat(speed.next()).isEqualTo(Temperature.WARM);
        now += Duration.ofSeconds(30).toNanos();
        assertThat(speed.next()).isEqualTo(Temperature.WARM);
        now++;
        assertThat(speed.next()).isEqualTo(Temperature.COLD);
        speed.use();
        assertThat(speed.next()).isEqualTo(Temperature.WARM);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 31})
    void the_estimate_is_of_what_the_next_call_will_find(long restSeconds) {
        Speed speed = new Speed(() -> now);
        speed.observed().firstToken(3000, Temperature.COLD);
        speed.observed().firstToken(100, Temperature.WARM);
        speed.use();
        now += Duration.ofSeconds(restSeconds).toNanos();
        assertThat(speed.estimate().ttftMs()).isCloseTo(restSeconds == 0 ? 100 : 3000, within(1e-6));
    }
}
