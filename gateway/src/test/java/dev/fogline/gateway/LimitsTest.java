package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static dev.fogline.gateway.GatewayFixture.HI_STREAMED;
import static dev.fogline.gateway.ScriptedUpstream.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long is waited for a target: each test gives the first of two clouds one short limit. */
class LimitsTest {
    private static final String HEL = chunk("{\"content\":\"Hel\"}", "null");

    /** Together more than all sockets and queues on the way hold. */
    private static final String LARGE = chunk("{\"content\":\"" + "x".repeat(16 * 1024) + "\"}", "null");

    private static final int EVENTS = 2_000;

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedUpstream first = new ScriptedUpstream(vertx);
    private @Nullable GatewayFixture started;

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
        first.close();
        Blocking.get(vertx.close());
    }

    @Test
    void a_connection_that_takes_too_long_is_given_up() throws IOException {
        var full = new ArrayList<Socket>();
        // A listener whose queue is full answers no further attempt at all.
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            while (connects(deaf, full)) {
                assertThat(full).hasSizeLessThan(100);
            }
            GatewayFixture fogline = start(deaf.getLocalPort(), "connect: 200ms");
            fallsBackFor(fogline, HI_STREAMED, "refused");
            HttpResponse<String> alone = fogline.chat(HI.replace("auto", "cloud/first"));
            assertThat(alone.statusCode()).isEqualTo(503);
            assertThat(alone.headers().firstValue("Retry-After")).isPresent();
        } finally {
            for (Socket socket : full) {
                socket.close();
            }
        }
    }

    private static boolean connects(ServerSocket listener, List<Socket> sockets) throws IOException {
        var socket = new Socket();
        sockets.add(socket);
        try {
            socket.connect(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), 300);
            return true;
        } catch (SocketTimeoutException nobodyAnswers) {
            return false;
        }
    }

    @Test
    void a_first_event_that_is_late_leads_to_the_next_target() {
        first.answers((request, body) -> stream(request).write(": still thinking\n\n"));
        fallsBackFor(start("first-event: 200ms"), HI_STREAMED, "late");
    }

    @Test
    void comments_do_not_hide_that_a_stream_has_stopped() {
        first.answers((request, body) -> {
            HttpServerResponse response = stream(request);
            response.write(HEL);
            vertx.setPeriodic(20, more -> response.write(": alive\n\n"));
        });
        endsInAnError(start("idle: 300ms"), "upstream_failed");
    }

    @Test
    void a_client_that_does_not_read_for_longer_than_that_is_no_stall_of_its_target() throws Exception {
        var written = new AtomicInteger();
        var full = new AtomicBoolean();
        first.answers((request, body) -> pour(stream(request), written, full));
        GatewayFixture fogline = start("idle: 500ms, stream-total: 60s");
        String body = HI_STREAMED.replace("auto", "cloud/first");
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(64 * 1024);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), fogline.port));
            client.getOutputStream()
                    .write((RawCaller.head(body.length(), "Connection: close\r\n") + body)
                            .getBytes(StandardCharsets.US_ASCII));
            Blocking.until("nobody takes more of the stream", full::get);
            long since = System.nanoTime();
            Blocking.until("it has stood for three times its limit", () -> System.nanoTime() - since > 1_500_000_000L);
            assertThat(written).as("it stands").hasValueLessThan(EVENTS);

            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).contains("data: [DONE]").doesNotContain("\"error\"");
            assertThat(answer.split("xxx\"}", -1)).hasSize(EVENTS + 1);
        }
    }

    /** All events, as fast as they are taken. */
    private static void pour(HttpServerResponse response, AtomicInteger written, AtomicBoolean full) {
        while (written.get() < EVENTS && !response.writeQueueFull()) {
            response.write(LARGE);
            written.incrementAndGet();
        }
        if (written.get() < EVENTS) {
            full.set(true);
            response.drainHandler(drained -> pour(response, written, full));
        } else {
            response.end(chunk("{}", "\"stop\"") + "data: [DONE]\n\n");
        }
    }

    @Test
    void a_stream_is_ended_at_its_total() {
        first.answers((request, body) -> {
            HttpServerResponse response = stream(request);
            vertx.setPeriodic(20, more -> response.write(HEL));
        });
        endsInAnError(start("stream-total: 400ms"), "upstream_failed");
    }

    @Test
    void a_whole_answer_has_only_its_total() {
        first.answers((request, body) -> {
            HttpServerResponse response =
                    request.response().setChunked(true).putHeader("content-type", "application/json");
            vertx.setTimer(300, head -> {
                response.write(ScriptedUpstream.WHOLE.substring(0, 40));
                vertx.setTimer(300, rest -> response.end(ScriptedUpstream.WHOLE.substring(40)));
            });
        });
        HttpResponse<String> answer = start("first-event: 50ms, idle: 50ms, stream-total: 50ms, total: 20s")
                .chat(HI.replace("auto", "cloud/first"));
        assertThat(answer.body()).isEqualTo(ScriptedUpstream.WHOLE);
    }

    @Test
    void a_whole_answer_that_is_late_leads_to_the_next_target() {
        first.answers((request, body) -> request.response()
                .setChunked(true)
                .putHeader("content-type", "application/json")
                .write("{\"id\":"));
        fallsBackFor(start("total: 300ms"), HI, "late");
    }

    @Test
    void a_deadline_inside_a_stream_is_an_error_event() {
        first.answers((request, body) -> stream(request).write(HEL));
        endsInAnError(start("idle: 60s"), "deadline_exceeded", "X-Fogline-Deadline-Ms", "2000");
    }

    @Test
    void a_deadline_counts_from_the_arrival_of_the_request() {
        GatewayFixture fogline = start("idle: 60s");
        try (var caller = new RawCaller(fogline.vertx, fogline.port)) {
            // Half a body: the deadline passes while the rest is awaited.
            caller.send(RawCaller.head(HI.length(), "X-Fogline-Deadline-Ms: 200\r\n") + HI.substring(0, 20))
                    .await("deadline_exceeded");
            assertThat(caller.got()).startsWith("HTTP/1.1 504");
        }
        assertThat(fogline.edge.seen()).isEmpty();
    }

    private static void fallsBackFor(GatewayFixture fogline, String body, String cause) {
        HttpResponse<String> answer = fogline.chat(body.replace("auto", "cloud"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Fogline-Target")).contains("cloud/large");
        assertThat(fogline.counter("fogline.failovers", "from", "cloud/first", "cause", cause))
                .isEqualTo(1);
    }

    private static void endsInAnError(GatewayFixture fogline, String code, String... headers) {
        HttpResponse<String> answer = fogline.chat(HI_STREAMED.replace("auto", "cloud/first"), headers);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith(HEL)
                .contains("data: {\"error\":{", "\"code\":\"" + code + "\"")
                .doesNotContain("[DONE]");
    }

    private GatewayFixture start(String limits) {
        return start(first.port(), limits);
    }

    private GatewayFixture start(int port, String limits) {
        GatewayFixture fixture = new GatewayFixture(
                "  - { id: cloud/first, base-url: 'http://127.0.0.1:" + port + "/v1', limits: { " + limits + " } }",
                Map.of());
        started = fixture;
        return fixture;
    }

    private static HttpServerResponse stream(HttpServerRequest request) {
        return request.response().setChunked(true).putHeader("content-type", "text/event-stream");
    }
}
