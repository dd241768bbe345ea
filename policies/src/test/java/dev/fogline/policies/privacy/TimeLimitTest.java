package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fogline.policies.Sensitivity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLimitTest {
    /** Time that passes when a test says so. */
    private static final class FakeClock implements TimeLimit.Clock {
        private long wall = 5_000;
        private long processor = -7_000;
        private int processorAsked;

        @Override
        public long wall() {
            return wall;
        }

        @Override
        public long processor() {
            processorAsked++;
            return processor;
        }

        void work(Duration time) {
            pause(time);
            processor += time.toNanos();
        }

        void pause(Duration time) {
            wall += time.toNanos();
        }
    }

    private final FakeClock clock = new FakeClock();

    @ParameterizedTest
    @CsvSource({"0, 20", "1024, 22", "10240, 40", "1013760, 2000", "16777216, 2000"})
    void the_limit_grows_with_the_body_up_to_two_seconds(int bytes, long limitMs) {
        var limit = TimeLimit.of(bytes, clock);
        clock.work(Duration.ofMillis(limitMs));
        limit.check();
        clock.work(Duration.ofNanos(1));
        assertThatThrownBy(limit::check).isInstanceOf(TimeLimit.Exceeded.class);
        assertThatThrownBy(limit::check).isInstanceOf(TimeLimit.Exceeded.class);
    }

    @Test
    void a_pause_of_the_machine_is_no_work_of_the_detectors() {
        var limit = TimeLimit.of(0, clock);
        clock.pause(Duration.ofSeconds(1));
        limit.check();
        clock.work(Duration.ofMillis(20));
        limit.check();
        clock.work(Duration.ofMillis(1));
        assertThatThrownBy(limit::check).isInstanceOf(TimeLimit.Exceeded.class);
    }

    @Test
    void a_detector_that_waits_without_end_is_late_too() {
        var limit = TimeLimit.of(0, clock);
        clock.pause(Duration.ofMillis(2021));
        assertThatThrownBy(limit::check).isInstanceOf(TimeLimit.Exceeded.class);
    }

    @Test
    void in_time_the_processor_is_asked_only_at_the_start() {
        var limit = TimeLimit.of(0, clock);
        clock.work(Duration.ofMillis(20));
        limit.check();
        assertThat(clock.processorAsked).isEqualTo(1);
    }

    private Detectors taking(Duration time) {
        Detector slow = (text, at, found) -> {
            clock.work(time);
            found.add(FindingKind.EMAIL, at, at + 1, 1.0);
        };
        return new Detectors(List.of(new Anchor.Use(new Anchor.Sign('!'), slow)));
    }

    @Test
    void a_request_whose_texts_take_too_long_together_is_restricted_and_read_no_further() {
        var scan = PromptScan.with(taking(Duration.ofMillis(9)), TimeLimit.of(0, clock));
        scan.text("!");
        scan.text("!");
        assertThat(scan.sensitivity()).isEqualTo(Sensitivity.CONFIDENTIAL);
        scan.text("!");
        long then = clock.wall;
        scan.text("!");
        assertThat(scan.sensitivity()).isEqualTo(Sensitivity.RESTRICTED);
        assertThat(scan.findings()).isEqualTo(Map.of(FindingKind.EMAIL, 3, FindingKind.DETECTOR_FAILURE, 1));
        assertThat(clock.wall).isEqualTo(then);
    }

    @Test
    void a_long_text_is_left_in_the_middle() {
        var scan = PromptScan.with(taking(Duration.ofMillis(1)), TimeLimit.of(0, clock));
        scan.text("!".repeat(100_000));
        assertThat(scan.findings()).containsKey(FindingKind.DETECTOR_FAILURE);
        assertThat(clock.wall).isLessThan(Duration.ofSeconds(5).toNanos());
    }
}
