package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that hold a connection, a body's memory or an exchange by sending as little as they can. */
class SlowClientTest {
    private static final Duration PATIENCE = Duration.ofMillis(700);
    private static final String HEAD =
            "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n" + "Content-Type: application/json\r\n";

    private final GatewayFixture fogline = new GatewayFixture("", Map.of(), PATIENCE);

    @AfterEach
    void stop() {
        fogline.close();
    }

    @Test
    void a_body_that_does_not_come_is_408_in_the_envelope_and_the_connection_is_closed() {
        for (String begun : List.of("Content-Length: 100\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n")) {
            Client client = connect();
            client.socket.write(HEAD + begun);
            closed(client);
            assertThat(client.answer.toString()).startsWith("HTTP/1.1 408").containsIgnoringCase("connection: close");
            String body = client.answer.toString().split("\r\n\r\n", 2)[1];
            assertThat(new JsonObject(body).getJsonObject("error").getString("code"))
                    .isEqualTo("request_timeout");
        }
        Blocking.until("both have ended", () -> fogline.counter("fogline.requests", "outcome", "request_timeout") == 2);
    }

    @Test
    void a_body_that_trickles_is_408_as_well_however_often_something_comes() {
        Client client = connect();
        client.socket.write(HEAD + "Content-Length: 100000\r\n\r\n");
        fogline.vertx.setPeriodic(20, tick -> client.socket.write(" "));
        closed(client);
        assertThat(client.answer.toString()).startsWith("HTTP/1.1 408");
        assertThat(fogline.edge.seen()).isEmpty();
    }

    @Test
    void a_head_that_trickles_and_a_connection_that_says_nothing_are_closed() {
        Client silent = connect();
        Client trickling = connect();
        trickling.socket.write("POST /v1/chat/completions HTTP/1.1\r\nX-A: ");
        fogline.vertx.setPeriodic(20, tick -> trickling.socket.write("a"));
        closed(silent);
        closed(trickling);
    }

    @Test
    void a_kept_connection_is_closed_when_no_further_head_is_complete() {
        Client client = connect();
        client.socket.write(HEAD + "Content-Length: " + HI.length() + "\r\n\r\n" + HI);
        Blocking.until("the answer came", () -> client.answer.toString().contains("\"usage\""));
        client.socket.write("GET /v1/models");
        closed(client);
        assertThat(client.answer.toString()).startsWith("HTTP/1.1 200").doesNotContain("HTTP/1.1 4");
    }

    @Test
    void whoever_waits_for_an_answer_may_wait_longer_than_that() {
        fogline.edge.answers((request, body) ->
                fogline.vertx.setTimer(2 * PATIENCE.toMillis(), enough -> ScriptedUpstream.hello(request, body)));
        for (HttpVersion version : List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)) {
            var client = fogline.vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(version)
                    .setDefaultHost("localhost")
                    .setDefaultPort(fogline.port));
            var answer = client.request(HttpMethod.POST, "/v1/chat/completions")
                    .compose(request -> request.putHeader("Content-Type", "application/json")
                            .send(Buffer.buffer(HI)));
            assertThat(Blocking.get(answer).statusCode()).as(version.name()).isEqualTo(200);
        }
    }

    private record Client(NetSocket socket, Buffer answer, AtomicBoolean closed) {}

    private Client connect() {
        NetSocket socket = Blocking.get(fogline.vertx.createNetClient().connect(fogline.port, "127.0.0.1"));
        Client client = new Client(socket, Buffer.buffer(), new AtomicBoolean());
        socket.handler(client.answer::appendBuffer);
        socket.closeHandler(gone -> client.closed.set(true));
        return client;
    }

    private static void closed(Client client) {
        Blocking.until("the gateway closed the connection", client.closed::get);
    }
}
