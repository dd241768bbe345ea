package dev.fogline.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final String BODY = "{\"model\":\"m\"}";
    private static final String STREAM_WITH_USAGE =
            "{\"stream_options\":{\"include_usage\":true},\"model\":\"m\",\"stream\":true}";

    private Loop loop;
    private ScriptedUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        loop = new Loop();
        upstream = ScriptedUpstream.start(loop);
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    private Measurement run(Workload load) {
        return Generator.run(loop, upstream, load, () -> ServerUsage.NONE);
    }

    @Test
    void every_answer_of_the_upstream_is_right_to_the_last_byte() {
        for (Script script : new Script[] {Script.whole(), Script.stream()}) {
            Measurement seen = run(Workload.saturating(upstream.port(), script, BODY, 4, SHORT, SHORT));
            assertThat(seen.completed()).isPositive();
            assertThat(seen.failures()).isZero();
            assertThat(seen.events()).isEqualTo(seen.completed() * script.events());
            assertThat(seen.latency().getTotalCount()).isEqualTo(seen.completed());
        }
    }

    @Test
    void an_open_loop_sends_as_many_as_its_rate_says() {
        Measurement seen =
                run(Workload.atRate(upstream.port(), Script.whole(), BODY, 4, 400, SHORT, Duration.ofMillis(500)));
        assertThat(seen.failures()).isZero();
        assertThat(seen.completed()).isBetween(199L, 201L);
    }

    @Test
    void all_open_streams_end_with_all_their_events() {
        Measurement seen = run(Workload.openStreams(
                upstream.port(), Script.slowStream(Duration.ofMillis(2)), BODY, 30, SHORT, Duration.ofMillis(10)));
        assertThat(seen.completed()).isEqualTo(30);
        assertThat(seen.events()).isEqualTo(30 * 53);
        assertThat(seen.lostEvents()).isZero();
        assertThat(seen.gap().getTotalCount()).isEqualTo(30 * 52);
    }

    @Test
    void an_event_that_a_proxy_adds_is_seen_as_wrong() {
        // The upstream adds usage for a caller that asks; whoever asks on a client's behalf must take it out again.
        Measurement seen =
                run(Workload.saturating(upstream.port(), Script.stream(), STREAM_WITH_USAGE, 1, SHORT, SHORT));
        assertThat(seen.completed()).isZero();
        assertThat(seen.wrong()).isPositive();
    }

    @Test
    void a_stall_is_charged_to_every_request_that_had_to_wait() throws Exception {
        long stall = TimeUnit.MILLISECONDS.toNanos(400);
        try (ServerSocket server = new ServerSocket(0)) {
            Thread.ofPlatform().daemon().start(() -> stallOnce(server, stall));
            Measurement seen = run(Workload.atRate(
                    server.getLocalPort(), Script.whole(), BODY, 1, 100, Duration.ZERO, Duration.ofMillis(500)));
            assertThat(seen.failures()).isZero();
            assertThat(seen.completed()).isEqualTo(50);
            // 40 requests were due during the stall; half of them waited for at least half of it.
            assertThat(seen.latency().getCountBetweenValues(stall / 2, Long.MAX_VALUE / 2))
                    .isGreaterThanOrEqualTo(19);
        }
    }

    /** Answers each request at once, but for the first. */
    private static void stallOnce(ServerSocket server, long nanos) {
        try (Socket client = server.accept()) {
            byte[] expected = Script.whole().expected();
            byte[] head = ("HTTP/1.1 200 OK\r\nContent-Length: " + expected.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] request = new byte[4096];
            TimeUnit wait = TimeUnit.NANOSECONDS;
            for (boolean first = true; client.getInputStream().read(request) > 0; first = false) {
                if (first) {
                    wait.sleep(nanos);
                }
                client.getOutputStream().write(head);
                client.getOutputStream().write(expected);
            }
        } catch (IOException e) {
            // The test has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void answers_that_are_cut_off_are_counted_and_their_events_lost() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            Thread.ofPlatform().daemon().start(() -> cutOff(server));
            Measurement seen = run(Workload.openStreams(
                    server.getLocalPort(), Script.stream(), BODY, 3, SHORT, Duration.ofMillis(10)));
            assertThat(seen.completed()).isZero();
            assertThat(seen.broken()).isEqualTo(3);
            assertThat(seen.lostEvents()).isEqualTo(3 * 53);
        }
    }

    private static void cutOff(ServerSocket server) {
        try {
            while (true) {
                try (Socket client = server.accept()) {
                    client.getInputStream().read(new byte[4096]);
                    client.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\ndata:\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    @Test
    void a_port_where_nobody_listens_is_named() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0)) {
            port = server.getLocalPort();
        }
        assertThatThrownBy(() -> run(Workload.saturating(port, Script.whole(), BODY, 1, SHORT, SHORT)))
                .hasMessageContaining("port " + port);
    }
}
