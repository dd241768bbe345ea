package dev.fogline.edge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrashLoopTest {
    @Test
    void the_pause_doubles_and_the_fifth_end_within_two_minutes_is_the_last() {
        CrashLoop loop = CrashLoop.usual(() -> 0);
        assertThat(IntStream.range(0, 5).mapToObj(i -> loop.ended(seconds(10L * i))))
                .containsExactly(
                        tryAfter(500), tryAfter(1000), tryAfter(2000), tryAfter(4000), new CrashLoop.Verdict.GiveUp());
    }

    @Test
    void ends_that_are_far_apart_never_add_up() {
        CrashLoop loop = CrashLoop.usual(() -> 0);
        assertThat(IntStream.range(0, 100).mapToObj(i -> loop.ended(seconds(121L * i))))
                .allMatch(tryAfter(500)::equals);
    }

    @Test
    void jitter_adds_up_to_a_quarter() {
        assertThat(CrashLoop.usual(() -> 0.8).ended(0)).isEqualTo(tryAfter(600));
    }

    private static CrashLoop.Verdict tryAfter(long millis) {
        return new CrashLoop.Verdict.TryAgain(Duration.ofMillis(millis));
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
