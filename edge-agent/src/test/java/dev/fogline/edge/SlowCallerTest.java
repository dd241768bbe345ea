package dev.fogline.edge;

import static dev.fogline.edge.AgentFixture.get;
import static dev.fogline.edge.AgentFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers that hold a connection and ask for nothing. */
class SlowCallerTest {
    private static final Duration PATIENCE = Duration.ofMillis(700);

    private final Vertx vertx = Vertx.vertx();
    private int port;

    @BeforeEach
    void start() throws Exception {
        port = FreePort.next();
        get(new UserPlane(vertx, "127.0.0.1", port, PATIENCE, this::answer).listen());
    }

    @AfterEach
    void stop() throws Exception {
        get(vertx.close());
    }

    private void answer(HttpServerRequest request) {
        long after = "/slow".equals(request.path()) ? 2 * PATIENCE.toMillis() : 1;
        vertx.setTimer(after, late -> request.response().end("here"));
    }

    @Test
    void a_head_that_trickles_and_a_connection_that_says_nothing_are_closed() throws Exception {
        Caller silent = new Caller();
        Caller trickling = new Caller();
        trickling.socket.write("GET /status HTTP/1.1\r\nX-A: ");
        vertx.setPeriodic(20, tick -> trickling.socket.write("a"));
        until(silent.closed::get);
        until(trickling.closed::get);
    }

    @Test
    void a_kept_connection_is_closed_when_no_further_head_is_complete() throws Exception {
        Caller caller = new Caller();
        for (int answers = 1; answers <= 2; answers++) {
            caller.socket.write("GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n");
            int many = answers;
            until(() -> caller.answer.toString().split("here", -1).length == many + 1);
        }
        caller.socket.write("GET /status");
        until(caller.closed::get);
        assertThat(caller.answer.toString()).doesNotContain("HTTP/1.1 4");
    }

    @Test
    void whoever_waits_for_an_answer_may_wait_longer_than_that() throws Exception {
        for (HttpVersion version : List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)) {
            HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(version)
                    .setDefaultHost("127.0.0.1")
                    .setDefaultPort(port));
            // The second goes over the connection of the first.
            for (String path : List.of("/", "/slow")) {
                Buffer answer = get(client.request(HttpMethod.GET, path)
                        .compose(request -> request.send().compose(HttpClientResponse::body)));
                assertThat(answer.toString()).as(version.name()).isEqualTo("here");
            }
        }
    }

    private final class Caller {
        final NetSocket socket = get(vertx.createNetClient().connect(port, "127.0.0.1"));
        final Buffer answer = Buffer.buffer();
        final AtomicBoolean closed = new AtomicBoolean();

        Caller() throws Exception {
            socket.handler(answer::appendBuffer);
            socket.closeHandler(gone -> closed.set(true));
        }
    }
}
