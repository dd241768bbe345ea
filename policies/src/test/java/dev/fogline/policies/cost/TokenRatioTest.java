package dev.fogline.policies.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenRatioTest {
    private final TokenRatio ratio = new TokenRatio();

    @Test
    void it_is_one_until_an_answer_told_its_tokens() {
        assertThat(ratio.value()).isEqualTo(1);
        ratio.saw(0, 0);
        ratio.saw(1000, 0);
        ratio.saw(1000, -5);
        ratio.saw(-1000, 5);
        assertThat(ratio.value()).isEqualTo(1);
    }

    @Test
    void a_chat_template_around_a_short_prompt_teaches_nothing() {
        ratio.saw(TokenRatio.SHORTEST - 1, 300);
        assertThat(ratio.value()).isEqualTo(1);
        ratio.saw(TokenRatio.SHORTEST, 32);
        assertThat(ratio.value()).isEqualTo(0.5);
    }

    @Property
    void it_stays_between_the_least_and_the_most_that_was_seen_and_within_its_bounds(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1) Integer> counts) {
        var ratio = new TokenRatio();
        double least = TokenRatio.MOST;
        double most = TokenRatio.LEAST;
        for (int counted : counts) {
            ratio.saw(1000, counted);
            double seen = Math.clamp(counted / 1000.0, TokenRatio.LEAST, TokenRatio.MOST);
            least = Math.min(least, seen);
            most = Math.max(most, seen);
            assertThat(ratio.value()).isBetween(least - 1e-9, most + 1e-9);
        }
    }

    @Property
    void whatever_it_was_before_it_follows_a_vocabulary_that_changed(
            @ForAll @Size(max = 40) List<@IntRange(min = 1) Integer> before,
            @ForAll @DoubleRange(min = TokenRatio.LEAST, max = TokenRatio.MOST) double now) {
        var ratio = new TokenRatio();
        before.forEach(counted -> ratio.saw(1000, counted));
        for (int i = 0; i < 100; i++) {
            ratio.saw(1_000_000, Math.round(now * 1_000_000));
        }
        assertThat(ratio.value()).isCloseTo(now, within(0.01));
    }
}
