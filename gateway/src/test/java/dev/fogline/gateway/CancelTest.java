package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static dev.fogline.gateway.GatewayFixture.HI_STREAMED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Availability;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that leaves cancels its upstream, whatever the call to it waits for. */
class CancelTest {
    private static final int LARGE = 12_000_000;

    private GatewayFixture fogline = new GatewayFixture();

    @AfterEach
    void stop() {
        fogline.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {HI_STREAMED, HI})
    void waiting_for_a_connection(String body) throws IOException {
        try (FullBacklog busy = new FullBacklog(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))) {
            withCloudAt(busy.port());
            NetSocket client = ask(body.replace("auto", "cloud/far"));
            Blocking.until("the target is being called", () -> inFlight("cloud/far") == 1);
            Blocking.get(client.close());
            theExchangeEnds("cloud/far");
            // The system goes on trying; what it reaches at last is closed unused.
            try (Socket upstream = busy.next()) {
                upstream.setSoTimeout(1000);
                assertThat(bytesUntilClosed(upstream)).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {HI_STREAMED, HI})
    void sending_to_an_upstream_that_does_not_read(String body) throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            deaf.setSoTimeout(10_000);
            withCloudAt(deaf.getLocalPort());
            NetSocket client = ask(body.replace("auto", "cloud/far").replace("Hi", "x".repeat(LARGE)));
            try (Socket upstream = deaf.accept()) {
                assertThat(upstream.getInputStream().read()).isEqualTo('P');
                Blocking.get(client.close());
                theExchangeEnds("cloud/far");
                upstream.setSoTimeout(1000);
                assertThat(bytesUntilClosed(upstream)).isLessThan(LARGE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {HI_STREAMED, HI})
    void waiting_for_the_head(String body) {
        fogline.edge.answers((request, sent) -> {});
        leaveOnceTheEdgeHasIt(body);
    }

    @Test
    void reading_a_stream_before_its_first_event() {
        fogline.edge.answers((request, sent) -> request.response()
                .setChunked(true)
                .putHeader("content-type", "text/event-stream")
                .write(": loading\n\n"));
        leaveOnceTheEdgeHasIt(HI_STREAMED);
    }

    @Test
    void reading_a_stream() {
        fogline.edge.answers((request, sent) -> request.response()
                .setChunked(true)
                .putHeader("content-type", "text/event-stream")
                .write(ScriptedUpstream.chunk("{\"content\":\"Hel\"}", "null")));
        NetSocket client = ask(HI_STREAMED);
        AtomicBoolean begun = new AtomicBoolean();
        client.handler(answer -> begun.set(answer.toString().contains("Hel")));
        Blocking.until("the client has the first event", begun::get);
        leave(client);
    }

    @Test
    void reading_a_whole_answer() {
        fogline.edge.answers((request, sent) -> request.response()
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
        NetSocket client = ask(body);
        Blocking.until("the edge has the request", () -> !fogline.edge.seen().isEmpty());
        leave(client);
    }

    private void leave(NetSocket client) {
        int before = fogline.edge.closedConnections();
        Blocking.get(client.close());
        Blocking.withinASecond("the edge's connection is closed", () -> fogline.edge.closedConnections() > before);
        theExchangeEnds("edge/small");
    }

    private void theExchangeEnds(String target) {
        Blocking.withinASecond(
                "the exchange has ended", () -> fogline.counter("fogline.requests", "outcome", "cancelled") == 1);
        assertThat(inFlight(target)).isZero();
        assertThat(fogline.cloud.seen()).as("no failover for nobody").isEmpty();
    }

    private double inFlight(String target) {
        return fogline.registry
                .get("fogline.inflight")
                .tag("target", target)
                .gauge()
                .value();
    }

    private void withCloudAt(int port) {
        fogline.close();
        fogline = new GatewayFixture("  - { id: cloud/far, base-url: 'http://127.0.0.1:" + port + "/v1' }", Map.of());
    }

    private NetSocket ask(String body) {
        NetSocket client = Blocking.get(fogline.vertx.createNetClient().connect(fogline.port, "127.0.0.1"));
        client.write("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        return client;
    }

    private static int bytesUntilClosed(Socket upstream) throws IOException {
        int bytes = 0;
        byte[] buffer = new byte[64 * 1024];
        try {
            for (int n = upstream.getInputStream().read(buffer);
                    n >= 0;
                    n = upstream.getInputStream().read(buffer)) {
                bytes += n;
            }
        } catch (SocketException reset) {
            return bytes;
        }
        return bytes;
    }
}
