package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static dev.fogline.gateway.GatewayFixture.HI_STREAMED;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the names of models mean on the way of a request. */
class NamesTest {
    private final GatewayFixture fogline = new GatewayFixture();

    @AfterEach
    void stop() {
        fogline.close();
    }

    @Test
    void whatever_names_a_tier_or_a_target_is_a_pin_and_auto_is_not() {
        fogline.edge.answersStatus(500, "{}");
        for (String pinned : List.of("edge", "edge/small", "mine", "small")) {
            failsAlone(fogline.chat(HI.replace("auto", pinned)), pinned);
        }
        failsAlone(fogline.chat(HI, "X-Fogline-Tier", "edge"), "header");
        assertThat(fogline.cloud.seen()).isEmpty();

        for (String free : List.of("auto", "gpt-5.4")) {
            HttpResponse<String> answer = fogline.chat(HI.replace("auto", free));
            assertThat(answer.headers().firstValue("X-Fogline-Tier")).as(free).contains("cloud");
        }

        int before = fogline.edge.seen().size();
        fogline.cloud.answersStatus(500, "{}");
        for (String pinned : List.of("cloud", "cloud/large", "large-1")) {
            failsAlone(fogline.chat(HI.replace("auto", pinned)), pinned);
        }
        assertThat(fogline.edge.seen()).hasSize(before);
    }

    @Test
    void the_model_in_the_answer_is_the_targets_own_word() {
        assertThat(fogline.chat(HI).body()).contains("\"model\":\"small-2026\"").doesNotContain("auto");
        assertThat(fogline.chat(HI_STREAMED).body())
                .contains("\"model\":\"small-2026\"")
                .doesNotContain("auto");
    }

    /** 502, or 503 once the target is left alone. */
    private static void failsAlone(HttpResponse<String> answer, String pin) {
        assertThat(answer.statusCode()).as(pin).isIn(502, 503);
    }
}
