package dev.fogline.edge;

import static dev.fogline.edge.AgentFixture.STREAM;
import static dev.fogline.edge.AgentFixture.WHOLE;
import static dev.fogline.edge.AgentFixture.get;
import static dev.fogline.edge.AgentFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A caller who leaves frees the engine's slot and closes the engine's socket, whatever its request waits for. For what a
 * real engine makes of the closed socket see SupervisedEngineIT.
 */
class CancelTest {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Vertx vertx = Vertx.vertx();
    private ScriptedEngine upstream;
    private AgentFixture agent;

    @BeforeEach
    void start() throws Exception {
        upstream = ScriptedEngine.start(vertx);
        agent = new AgentFixture(vertx, upstream.url());
    }

    @AfterEach
    void stop() throws Exception {
        agent.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {STREAM, WHOLE})
    void waiting_for_a_slot(String body) throws Exception {
        upstream.answersOnceRead(request -> ScriptedEngine.sse(request, ScriptedEngine.TOKEN, false));
        try (Socket running = agent.caller(STREAM)) {
            until(() -> agent.admission.load().running() == 1);
            Socket waiting = agent.caller(body);
            until(() -> agent.admission.load().waiting() == 1);
            waiting.close();
            soon(() -> agent.admission.load().waiting() == 0);
            assertThat(running.isConnected()).isTrue();
        }
        soon(() -> agent.admission.load().running() == 0);
        assertThat(upstream.asked.get()).as("requests the engine has seen").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {STREAM, WHOLE})
    void waiting_for_a_connection(String body) throws Exception {
        int port = upstream.url().getPort();
        get(upstream.close());
        try (FullBacklog busy = new FullBacklog(listenAgain(port))) {
            Socket caller = agent.caller(body);
            until(() -> agent.admission.load().running() == 1);
            caller.close();
            soon(() -> agent.admission.load().running() == 0);
            // The system goes on trying; what it reaches at last is closed unused.
            try (Socket engine = busy.next()) {
                engine.setSoTimeout((int) SOON.toMillis());
                assertThat(bytesUntilClosed(engine)).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {STREAM, WHOLE})
    void sending(String body) throws Exception {
        CompletableFuture<HttpServerRequest> arrived = new CompletableFuture<>();
        upstream.answers(request -> arrived.complete(request.pause()));
        Socket caller = agent.caller(body.replace("hi", "a".repeat(12_000_000)));
        HttpServerRequest half = arrived.get(10, TimeUnit.SECONDS);
        caller.close();
        soon(() -> agent.admission.load().running() == 0);
        // Only one who reads sees that nothing more comes; for one who never reads see EngineCallTest.
        half.resume();
        soon(() -> upstream.connectionsClosed.get() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {STREAM, WHOLE})
    void waiting_for_the_head(String body) throws Exception {
        upstream.answersOnceRead(request -> {});
        leave(body);
    }

    @Test
    void reading_a_stream_before_its_first_event() throws Exception {
        upstream.answersOnceRead(request -> ScriptedEngine.sse(request, ": loading\n\n", false));
        leave(STREAM);
    }

    @Test
    void reading_a_stream() throws Exception {
        upstream.answersOnceRead(request -> ScriptedEngine.sse(request, ScriptedEngine.TOKEN, false));
        Socket caller = agent.caller(STREAM);
        until(() -> upstream.bodies.size() == 1);
        readTo(caller.getInputStream(), "sea");
        hangUp(caller);
    }

    @Test
    void reading_a_stream_that_the_caller_does_not_read() throws Exception {
        String many = ScriptedEngine.TOKEN.repeat(10_000);
        CompletableFuture<HttpServerRequest> writing = new CompletableFuture<>();
        upstream.answersOnceRead(request -> {
            request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
            pour(request, many);
            writing.complete(request);
        });
        Socket caller = agent.caller(STREAM);
        HttpServerRequest engine = writing.get(10, TimeUnit.SECONDS);
        until(() -> engine.response().writeQueueFull());
        hangUp(caller);
    }

    @Test
    void reading_a_whole_answer() throws Exception {
        upstream.answersOnceRead(request -> request.response()
                .setChunked(true)
                .putHeader("Content-Type", "application/json")
                .write("{\"choices\":"));
        leave(WHOLE);
    }

    @Test
    void reading_a_whole_answer_that_the_engine_streams() throws Exception {
        upstream.answersOnceRead(request -> ScriptedEngine.sse(request, ScriptedEngine.TOKEN, false));
        leave(WHOLE);
        assertThat(upstream.bodies.getFirst().getBoolean("stream"))
                .as("llama-server misses only the caller of a stream at once")
                .isTrue();
    }

    private void leave(String body) throws Exception {
        Socket caller = agent.caller(body);
        until(() -> upstream.bodies.size() == 1);
        hangUp(caller);
    }

    private void hangUp(Socket caller) throws IOException {
        caller.close();
        soon(() -> upstream.connectionsClosed.get() == 1);
        soon(() -> agent.admission.load().running() == 0);
    }

    private static void pour(HttpServerRequest request, String events) {
        request.response().drainHandler(drained -> pour(request, events));
        while (!request.response().closed() && !request.response().writeQueueFull()) {
            request.response().write(events);
        }
    }

    private static void soon(BooleanSupplier condition) {
        AgentFixture.within(SOON, condition);
    }

    /** A closed server's port is free only once its event loop has looked at its sockets again. */
    private static ServerSocket listenAgain(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        AgentFixture.until(() -> bound(socket, port));
        return socket;
    }

    private static boolean bound(ServerSocket socket, int port) {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException stillTaken) {
            return false;
        }
    }

    private static void readTo(InputStream in, String expected) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(expected) < 0) {
            int next = in.read();
            assertThat(next).as("the caller's stream goes on").isNotNegative();
            seen.append((char) next);
        }
    }

    private static int bytesUntilClosed(Socket engine) throws IOException {
        try {
            return engine.getInputStream().readAllBytes().length;
        } catch (SocketException reset) {
            return 0;
        }
    }
}
