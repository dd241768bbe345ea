package dev.fogline.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetTest {
    @Test
    void an_id_is_a_tier_and_up_to_96_plain_characters() {
        for (String id : List.of("edge/a", "cloud/Qwen/Qwen3-0.6B:q8_0", "edge/" + "a".repeat(96))) {
            assertThat(target(id).id()).isEqualTo(id);
        }
        assertThat(target("edge/a").tier()).isEqualTo(Tier.EDGE);
        assertThat(target("cloud/a").tier()).isEqualTo(Tier.CLOUD);
        for (String id : List.of(
                "a", "edge/", "Edge/a", "fog/a", "edge/a b", "edge/a@b", "edge/\u6a21", "edge/" + "a".repeat(97))) {
            assertThatThrownBy(() -> target(id)).as(id).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Target target(String id) {
        return new Target(id, "m", Optional.empty());
    }
}
