package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static dev.fogline.gateway.GatewayFixture.HI_STREAMED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Availability;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that leaves cancels its upstream, whatever the upstream is doing. */
class CancelTest {
    private GatewayFixture fogline;

    @BeforeEach
    void start() {
        fogline = new GatewayFixture();
    }

    @AfterEach
    void stop() {
        fogline.close();
    }

    @Test
    void while_the_upstream_has_not_answered_a_whole_request() {
        fogline.edge.answers((request, body) -> {});
        leaveOnceTheEdgeHasIt(HI);
    }

    @Test
    void while_the_upstream_has_not_begun_its_stream() {
        fogline.edge.answers((request, body) -> {});
        leaveOnceTheEdgeHasIt(HI_STREAMED);
    }

    @Test
    void in_the_middle_of_a_stream() {
        fogline.edge.answers((request, body) -> request.response()
                .setChunked(true)
                .putHeader("content-type", "text/event-stream")
                .write(ScriptedUpstream.chunk("{\"content\":\"Hel\"}", "null")));
        leaveOnceTheEdgeHasIt(HI_STREAMED);
    }

    @Test
    void in_the_middle_of_a_whole_answer() {
        fogline.edge.answers((request, body) -> request.response()
                .setChunked(true)
                .putHeader("content-type", "application/json")
                .write("{\"id\":"));
        leaveOnceTheEdgeHasIt(HI);
    }

    @Test
    void clients_that_leave_while_they_wait_are_no_failures_of_the_target() {
        fogline.edge.answers((request, body) -> {});
        for (int gone = 1; gone <= 10; gone++) {
            int many = gone;
            try (var client = new RawClient(fogline.port)) {
                client.chat(HI.getBytes(StandardCharsets.UTF_8), "");
                Blocking.until("the edge has it", () -> fogline.edge.seen().size() == many);
            }
            Blocking.until(
                    "the exchange has ended",
                    () -> fogline.counter("fogline.requests", "outcome", "cancelled") == many);
        }
        assertThat(fogline.counter("fogline.attempts", "target", "edge/small", "result", "cancelled"))
                .isEqualTo(10);
        fogline.awaitEdge(Availability.READY);
    }

    private void leaveOnceTheEdgeHasIt(String body) {
        var script = fogline.edge;
        NetSocket client = Blocking.get(fogline.vertx.createNetClient().connect(fogline.port, "127.0.0.1"));
        client.write("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        Blocking.until("the edge has the request", () -> !script.seen().isEmpty());
        int before = script.closedConnections();
        Blocking.get(client.close());
        Blocking.until("the edge's connection is closed", () -> script.closedConnections() > before);
        Blocking.until(
                "the exchange has ended", () -> fogline.counter("fogline.requests", "outcome", "cancelled") == 1);
        assertThat(fogline.registry
                        .get("fogline.inflight")
                        .tag("target", "edge/small")
                        .gauge()
                        .value())
                .isZero();
        assertThat(fogline.cloud.seen()).isEmpty();
    }
}
