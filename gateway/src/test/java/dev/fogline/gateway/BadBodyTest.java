package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.RawClient.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bad bodies through the real server: each is refused in OpenAI's envelope, nothing of it reaches a target, and the next
 * request on the same connection is served.
 */
@TestInstance(Lifecycle.PER_CLASS)
class BadBodyTest {
    private GatewayFixture fogline;
    private RawClient client;

    @BeforeAll
    void start() {
        fogline = new GatewayFixture();
    }

    @BeforeEach
    void connect() {
        client = new RawClient(fogline.port);
    }

    @AfterEach
    void the_next_request_on_the_same_connection_is_served() {
        int arrivals = fogline.arrivalsUntilNow();
        Answer next =
                client.chat(HI.getBytes(StandardCharsets.UTF_8), "").answer().orElseThrow();
        client.close();
        int served = fogline.arrivalsUntilNow();
        assertThat(arrivals).as("requests at a target").isZero();
        assertThat(next.status()).isEqualTo(200);
        assertThat(served).isEqualTo(1);
    }

    @AfterAll
    void stop() {
        fogline.close();
    }

    static Stream<Arguments> bodies() {
        return BadBodies.all().entrySet().stream().map(body -> Arguments.of(body.getKey(), body.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void a_bad_body_is_refused(String what, byte[] body) {
        refused(what, 400, "invalid_request", client.chat(body, ""));
    }

    @Test
    void json_cut_anywhere_is_refused() {
        byte[] rich = BadBodies.RICH.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < rich.length; length++) {
            refused(length + " bytes", 400, "invalid_request", client.chat(Arrays.copyOf(rich, length), ""));
        }
        assertThat(fogline.arrivalsUntilNow()).isZero();
        assertThat(client.chat(rich, "").answer().orElseThrow().status()).isEqualTo(200);
        assertThat(fogline.arrivalsUntilNow()).isEqualTo(1);
    }

    @Test
    void any_byte_of_json_left_out_or_changed_is_never_a_failure_of_ours() {
        byte[] rich = BadBodies.RICH.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < rich.length; at++) {
            for (byte by : new byte[] {'"', 0, (byte) 0xc0}) {
                byte[] changed = rich.clone();
                changed[at] = by;
                assertThat(client.chat(changed, "").answer().orElseThrow().status())
                        .as("byte %d as %d", at, by)
                        .isIn(200, 400, 404);
            }
        }
        fogline.arrivalsUntilNow();
    }

    @Test
    void an_unknown_model_is_404_that_lists_what_there_is() {
        for (String model : new String[] {"nobody", "", "cloud/nobody", "edge/", "\\u0000", "x".repeat(10_000)}) {
            Answer answer = refused(
                    model,
                    404,
                    "model_not_found",
                    client.chat(HI.replace("auto", model).getBytes(StandardCharsets.UTF_8), ""));
            assertThat(answer.error().getString("message")).contains("edge/small");
        }
    }

    private static Answer refused(String what, int status, String code, RawClient client) {
        Answer answer = client.answer().orElseThrow();
        assertThat(answer.status()).as(what).isEqualTo(status);
        assertThat(answer.error().getString("code")).isEqualTo(code);
        assertThat(answer.error().getString("type")).isEqualTo("invalid_request_error");
        assertThat(answer.error().getString("message")).isNotEmpty();
        assertThat(answer.error().containsKey("param")).isTrue();
        assertThat(answer.has("x-should-retry: false")).isTrue();
        return answer;
    }
}
