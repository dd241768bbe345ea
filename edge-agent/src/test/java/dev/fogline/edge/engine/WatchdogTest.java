package dev.fogline.edge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private final Watchdog watchdog = new Watchdog(Duration.ofSeconds(5), Duration.ofSeconds(60), at(0));

    @Test
    void it_asks_once_per_pause_however_often_it_is_looked_at() {
        assertThat(watchdog.due(at(4))).isFalse();
        assertThat(watchdog.due(at(5))).isTrue();
        assertThat(watchdog.due(at(6))).isFalse();
        assertThat(watchdog.due(at(12))).isTrue();
        assertThat(watchdog.due(at(16))).isFalse();
    }

    @Test
    void silence_longer_than_the_limit_is_a_hang_and_a_single_answer_ends_it() {
        assertThat(watchdog.hangs(at(60))).isFalse();
        assertThat(watchdog.hangs(at(61))).isTrue();
        watchdog.answered(at(61));
        assertThat(watchdog.hangs(at(121))).isFalse();
        assertThat(watchdog.hangs(at(122))).isTrue();
    }

    private static long at(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
