package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may call the users' port, told by raw requests: the JDK's client would not let a test choose Host and Origin. */
class CallersTest {
    private GatewayFixture fogline =
            new GatewayFixture("cors: { origins: ['https://app.example.org'] }\nhosts: [box.lan]", Map.of());

    @AfterEach
    void stop() {
        fogline.close();
    }

    @Test
    void without_keys_the_host_must_be_this_machine() {
        for (String host :
                List.of("localhost", "localhost:8080", "127.0.0.1", "127.9.9.9:80", "[::1]:8080", "box.lan")) {
            assertThat(status("Host: " + host)).as(host).isEqualTo(200);
        }
        for (String host :
                List.of("evil.example.org", "localhost.evil.org", "10.0.0.1", "0.0.0.0", "127.0.0.1.evil.org")) {
            assertThat(status("Host: " + host)).as(host).isEqualTo(421);
        }
        assertThat(fogline.edge.seen()).hasSize(6);
    }

    @Test
    void a_web_page_of_another_origin_is_turned_away() {
        assertThat(status("Host: localhost\r\nOrigin: https://evil.example.org"))
                .isEqualTo(403);
        assertThat(status("Host: localhost\r\nOrigin: http://localhost:3000")).isEqualTo(403);
        assertThat(status("Host: localhost\r\nOrigin: null")).isEqualTo(403);
        String allowed = send("Host: localhost\r\nOrigin: https://app.example.org");
        assertThat(allowed)
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("access-control-allow-origin: https://app.example.org")
                .containsIgnoringCase("access-control-expose-headers: x-request-id");
    }

    @Test
    void a_listed_origin_may_ask_first() {
        String question = "OPTIONS /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nOrigin: %s\r\n"
                + "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: x-fogline-tier\r\n\r\n";
        assertThat(exchange(question.formatted("https://app.example.org")))
                .startsWith("HTTP/1.1 204")
                .containsIgnoringCase("access-control-allow-headers: x-fogline-tier");
        assertThat(exchange(question.formatted("https://evil.example.org"))).startsWith("HTTP/1.1 403");
    }

    @Test
    void a_request_that_was_here_before_is_a_loop() {
        fogline.chat(HI);
        String via = fogline.edge.seen().getFirst().headers().get("Via");
        assertThat(via).startsWith("1.1 fogline-");
        assertThat(status("Host: localhost\r\nVia: 1.0 other, " + via)).isEqualTo(508);
        assertThat(status("Host: localhost\r\nVia: 1.1 fogline-another")).isEqualTo(200);
    }

    @Test
    void with_keys_a_key_is_needed_and_the_host_no_longer_matters() {
        fogline.close();
        String second = "21b5c0b8b5a4a2a4c7e7fb3a2a0d1c5e8f2b1d3a4c5e6f708192a3b4c5d6e7f8";
        fogline = new GatewayFixture(
                "keys: [ { name: app, sha256: " + second + " } ]", Map.of("FOGLINE_API_KEYS", "fl-one, fl-two"));
        assertThat(status("Host: box.example.org\r\nAuthorization: Bearer fl-one"))
                .isEqualTo(200);
        assertThat(status("Host: box.example.org\r\nauthorization: bearer  fl-two"))
                .isEqualTo(200);
        for (String wrong : List.of(
                "X: y",
                "Authorization: Bearer fl-three",
                "Authorization: Basic fl-one",
                "Authorization: Bearer " + second)) {
            String answer = send("Host: localhost\r\n" + wrong);
            assertThat(answer)
                    .as(wrong)
                    .startsWith("HTTP/1.1 401")
                    .contains("invalid_api_key")
                    .doesNotContain("fl-one");
        }
    }

    @Test
    void floods_of_headers_and_broken_http_are_a_4xx_in_the_envelope() {
        assertThat(send("Host: localhost\r\nX-Flood: " + "a".repeat(40_000)))
                .startsWith("HTTP/1.1 431")
                .contains("\"code\":\"headers_too_large\"");
        assertThat(exchange("GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .contains(" 414 ")
                .contains("\"error\"");
        assertThat(status("Host: localhost")).isEqualTo(200);
    }

    private int status(String headers) {
        return Integer.parseInt(send(headers).substring(9, 12));
    }

    private String send(String headers) {
        return exchange("POST /v1/chat/completions HTTP/1.1\r\n" + headers + "\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + HI.length() + "\r\n\r\n" + HI);
    }

    private String exchange(String request) {
        NetSocket client = Blocking.get(fogline.vertx.createNetClient().connect(fogline.port, "127.0.0.1"));
        Buffer answer = Buffer.buffer();
        client.handler(answer::appendBuffer);
        client.write(request);
        Blocking.until("the answer came", () -> answer.toString().contains("\r\n\r\n"));
        String head = answer.toString();
        if (head.toLowerCase(java.util.Locale.ROOT).contains("content-length: ")) {
            Blocking.until(
                    "its body came",
                    () -> answer.toString().contains("}") || answer.toString().contains("content-length: 0"));
        }
        String whole = answer.toString();
        Blocking.get(client.close());
        return whole;
    }
}
