package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the user plane takes, and what it says to the rest. */
class IntakeTest {
    private GatewayFixture fogline;

    @BeforeEach
    void start() {
        fogline = new GatewayFixture();
    }

    @AfterEach
    void stop() {
        assertThat(fogline.edge.seen()).allMatch(seen -> seen.body().length() < 1_000_000);
        fogline.close();
    }

    @Test
    void nothing_of_the_operator_plane_answers_a_user() {
        for (String path :
                List.of("/", "/metrics", "/health", "/health/ready", "/admin/v1/targets", "/q/metrics", "/v1")) {
            HttpResponse<String> answer =
                    fogline.send(fogline.request(path).GET().build());
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(new JsonObject(answer.body()).getJsonObject("error").getString("message"))
                    .isNotEmpty();
        }
    }

    @Test
    void another_method_is_405_with_the_right_one() {
        HttpResponse<String> answer =
                fogline.send(fogline.request("/v1/chat/completions").GET().build());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
        HttpResponse<String> models =
                fogline.send(fogline.request("/v1/models").DELETE().build());
        assertThat(models.statusCode()).isEqualTo(405);
        assertThat(models.headers().firstValue("Allow")).contains("GET");
    }

    @Test
    void models_are_listed_and_looked_up_with_raw_and_encoded_slashes() {
        assertThat(fogline.send(fogline.request("/v1/models").GET().build()).body())
                .contains("\"auto\"", "\"edge\"", "\"cloud\"", "\"edge/small\"", "\"mine\"")
                .doesNotContain("gpt-*");
        for (String id : List.of("edge/small", "edge%2Fsmall", "edge%2fsmall", "auto")) {
            assertThat(fogline.send(fogline.request("/v1/models/" + id).GET().build())
                            .statusCode())
                    .as(id)
                    .isEqualTo(200);
        }
        assertThat(fogline.send(fogline.request("/v1/models/nobody").GET().build())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void only_json_in_utf_8_is_taken() {
        for (String type :
                List.of("text/plain", "application/json; charset=latin1", "application/jsonx", "multipart/form-data")) {
            assertThat(post(type, HI).statusCode()).as(type).isEqualTo(415);
        }
        for (String type :
                List.of("application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\"")) {
            assertThat(post(type, HI).statusCode()).as(type).isEqualTo(200);
        }
        HttpResponse<String> packed = fogline.chat(HI, "Content-Encoding", "gzip");
        assertThat(packed.statusCode()).isEqualTo(415);
    }

    @Test
    void a_body_over_the_limit_is_413_and_the_client_can_read_it() {
        byte[] large = new byte[16 * 1024 * 1024 + 1];
        Arrays.fill(large, (byte) ' ');
        NetSocket client = connect();
        Buffer answer = collect(client);
        client.write("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + large.length + "\r\n\r\n");
        client.write(Buffer.buffer(Arrays.copyOf(large, 500_000)));
        Blocking.until("the 413 came", () -> answer.toString().contains("request_too_large"));
        assertThat(answer.toString()).startsWith("HTTP/1.1 413").containsIgnoringCase("connection: close");
    }

    @Test
    void a_chunked_body_over_the_limit_is_413_too() {
        NetSocket client = connect();
        Buffer answer = collect(client);
        client.write("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n");
        byte[] mebibyte = new byte[1024 * 1024];
        Arrays.fill(mebibyte, (byte) ' ');
        for (int i = 0; i < 17; i++) {
            client.write(Buffer.buffer("100000\r\n").appendBytes(mebibyte).appendString("\r\n"));
        }
        Blocking.until("the 413 came", () -> answer.toString().contains("request_too_large"));
    }

    @Test
    void a_client_that_waits_for_100_continue_gets_it() {
        NetSocket client = connect();
        Buffer answer = collect(client);
        client.write("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Expect: 100-continue\r\nContent-Length: " + HI.length() + "\r\n\r\n");
        Blocking.until("it may go on", () -> answer.toString().startsWith("HTTP/1.1 100"));
        client.write(HI);
        Blocking.until("the answer came", () -> answer.toString().contains("HTTP/1.1 200"));
    }

    @Test
    void localhost_works_over_ipv4_and_ipv6() {
        for (String host : UserPlane.loopbackHosts()) {
            var client = Blocking.get(fogline.vertx.createNetClient().connect(fogline.port, host));
            Buffer answer = collect(client);
            client.write("GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Blocking.until(host + " answers", () -> answer.toString().startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void a_bad_request_does_not_hurt_the_next_one() {
        for (String bad : List.of("", "{", "[]", "{\"model\":\"auto\",\"messages\":1}", HI + "x")) {
            HttpResponse<String> answer = fogline.chat(bad);
            assertThat(answer.statusCode()).as(bad).isEqualTo(400);
            assertThat(new JsonObject(answer.body()).getJsonObject("error").getString("code"))
                    .isEqualTo("invalid_request");
            assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
        }
        assertThat(fogline.edge.seen()).isEmpty();
        assertThat(fogline.chat(HI).statusCode()).isEqualTo(200);
    }

    @Test
    void a_large_body_is_read_beside_the_event_loop_and_answered_all_the_same() {
        String large = HI.replace("Hi", "words and words ".repeat(5000));
        HttpResponse<String> answer = fogline.chat(large);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Fogline-Reason")).contains("context");
    }

    private HttpResponse<String> post(String type, String body) {
        HttpRequest request = fogline.request("/v1/chat/completions")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
        return fogline.send(request);
    }

    private NetSocket connect() {
        return Blocking.get(fogline.vertx.createNetClient().connect(fogline.port, "127.0.0.1"));
    }

    private static Buffer collect(NetSocket client) {
        Buffer answer = Buffer.buffer();
        client.handler(answer::appendBuffer);
        return answer;
    }
}
