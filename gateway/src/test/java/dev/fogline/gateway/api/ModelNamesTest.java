package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Pin;
import dev.fogline.policies.Target;
import dev.fogline.policies.Tier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelNamesTest {
    private final ModelNames names = new ModelNames(
            List.of(
                    new Target("edge/small", "small", Optional.empty()),
                    new Target("cloud/a", "gpt-5.4", Optional.empty()),
                    new Target("cloud/b", "twin", Optional.empty()),
                    new Target("cloud/c", "twin", Optional.empty())),
            Map.of("mine", "cloud/a", "small", "auto", "gpt-*", "auto", "gpt-5*", "cloud", "*-mini", "edge"));

    @Test
    void the_words_come_first() {
        assertThat(names.resolve("auto")).contains(new Pin.None());
        assertThat(names.resolve("edge")).contains(new Pin.ToTier(Tier.EDGE));
        assertThat(names.resolve("cloud")).contains(new Pin.ToTier(Tier.CLOUD));
    }

    @Test
    void an_id_is_a_pin() {
        assertThat(names.resolve("edge/small")).contains(new Pin.ToTarget("edge/small"));
    }

    @Test
    void a_literal_alias_beats_an_upstream_name() {
        assertThat(names.resolve("small")).contains(new Pin.None());
        assertThat(names.resolve("mine")).contains(new Pin.ToTarget("cloud/a"));
    }

    @Test
    void the_upstream_name_of_exactly_one_target_is_a_pin_and_beats_a_pattern() {
        assertThat(names.resolve("gpt-5.4")).contains(new Pin.ToTarget("cloud/a"));
        assertThat(names.resolve("twin")).isEmpty();
    }

    @Test
    void the_pattern_with_the_longest_literal_part_wins() {
        assertThat(names.resolve("gpt-5-turbo")).contains(new Pin.ToTier(Tier.CLOUD));
        assertThat(names.resolve("gpt-4")).contains(new Pin.None());
        assertThat(names.resolve("o4-mini")).contains(new Pin.ToTier(Tier.EDGE));
    }

    @Test
    void nothing_else_is_known_and_a_pattern_is_no_name() {
        assertThat(names.resolve("nobody")).isEmpty();
        assertThat(names.resolve("gpt-*")).contains(new Pin.None());
        assertThat(names.listed()).doesNotContain("gpt-*").contains("auto", "edge", "cloud", "mine", "cloud/a");
    }
}
