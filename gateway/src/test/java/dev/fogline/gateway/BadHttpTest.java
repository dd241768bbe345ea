package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.RawClient.Answer;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bad HTTP through the real server: each is refused in OpenAI's envelope, nothing of it reaches a target, what it smuggles
 * is not answered, and the next client is served.
 */
@TestInstance(Lifecycle.PER_CLASS)
class BadHttpTest {
    private GatewayFixture fogline;

    @BeforeAll
    void start() {
        fogline = new GatewayFixture();
    }

    @AfterAll
    void stop() {
        fogline.close();
    }

    @AfterEach
    void nothing_reached_a_target_and_the_next_client_is_served() {
        int arrivals = fogline.arrivalsUntilNow();
        try (var next = new RawClient(fogline.port)) {
            assertThat(next.chat(HI.getBytes(StandardCharsets.UTF_8), "")
                            .answer()
                            .orElseThrow()
                            .status())
                    .isEqualTo(200);
        }
        int served = fogline.arrivalsUntilNow();
        assertThat(arrivals).as("requests at a target").isZero();
        assertThat(served).isEqualTo(1);
    }

    static Stream<Arguments> requests() {
        return BadHttp.all().entrySet().stream().map(request -> Arguments.of(request.getKey(), request.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void a_bad_request_is_refused(String what, BadHttp.Case bad) {
        try (var client = new RawClient(fogline.port)) {
            Answer answer =
                    client.send(bad.bytes()).answer().orElseThrow(() -> new AssertionError(what + ": no answer"));
            assertThat(answer.status()).as(what + " " + answer.body()).isEqualTo(bad.status());
            assertThat(answer.error().getString("code")).as(what).isNotEmpty();
            assertThat(answer.error().getString("type")).as(what).isEqualTo("invalid_request_error");
            assertThat(answer.error().getString("message")).as(what).isNotEmpty();
            assertThat(client.finish().closed())
                    .as(what + ": nothing follows the answer")
                    .isTrue();
        }
    }

    /** HTTP/2's decoder lets it through. One without shows that the frames are right. */
    @Test
    void a_header_with_a_control_character_is_refused_on_http_2_too() {
        Vertx vertx = Vertx.vertx();
        try (var fine = new RawCaller(vertx, fogline.port);
                var bad = new RawCaller(vertx, fogline.port)) {
            fine.sendBytes(http2("once\t1")).await("there is no such path here");
            bad.sendBytes(http2("once\u007f1")).await("a header holds a control character");
        } finally {
            Blocking.get(vertx.close());
        }
    }

    /** A request for a page that is not there, in frames without compression (RFC 9113, 3.4 and 4.1; RFC 7541, 6.2.2). */
    private static String http2(String idempotencyKey) {
        var block = new StringBuilder("\u0082\u0086"); // :method GET, :scheme http
        Map.of(":path", "/nowhere", ":authority", "localhost")
                .forEach((name, value) -> block.append(literal(name, value)));
        block.append(literal("idempotency-key", idempotencyKey));
        return "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, "") + frame(1, 5, 1, block.toString());
    }

    private static String literal(String name, String value) {
        return "\0" + (char) name.length() + name + (char) value.length() + value;
    }

    private static String frame(int type, int flags, int stream, String payload) {
        return "\0\0" + (char) payload.length() + (char) type + (char) flags + "\0\0\0" + (char) stream + payload;
    }

    @Test
    void a_body_of_16_mib_and_one_byte_is_413_announced_or_in_chunks() {
        String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        int large = 16 * 1024 * 1024 + 1;
        String body = HI + " ".repeat(large - HI.length());
        for (String announced : List.of(
                "Content-Length: " + large + "\r\n\r\n" + body,
                "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(large) + "\r\n" + body + "\r\n0\r\n\r\n")) {
            try (var client = new RawClient(fogline.port)) {
                Answer answer = client.send(head + announced).answer().orElseThrow();
                assertThat(answer.status()).isEqualTo(413);
                assertThat(answer.error().getString("code")).isEqualTo("request_too_large");
                assertThat(answer.has("connection: close")).isTrue();
            }
        }
    }

    @Test
    void a_body_that_never_ends_as_announced_is_dropped() {
        try (var client = new RawClient(fogline.port)) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: " + (HI.length() + 1) + "\r\n\r\n" + HI)
                    .finish();
            assertThat(client.answer()).isEmpty();
        }
    }

    @Test
    void chunks_of_a_client_that_writes_its_headers_with_care_are_taken() {
        try (var client = new RawClient(fogline.port)) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding:chunked\r\nX-A: b\r\n\r\n"
                    + Integer.toHexString(HI.length()) + "; x=y\r\n" + HI + "\r\n0\r\nX-Trailer: a\r\n\r\n");
            assertThat(client.answer().orElseThrow().status()).isEqualTo(200);
        }
        assertThat(fogline.arrivalsUntilNow()).isEqualTo(1);
    }

    @Test
    void a_path_may_be_written_as_absolute_form_of_the_same_host() {
        try (var client = new RawClient(fogline.port)) {
            client.send("GET http://localhost/v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.answer().orElseThrow().status()).isEqualTo(200);
        }
    }
}
