package dev.fogline.edge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ends of a call that no well-behaved server shows: against a bare socket. */
class EngineCallTest {
    private static final int BODY_BYTES = 12_000_000;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final EngineClient client = new EngineClient(vertx, 2, Duration.ofMillis(700));
    private final CompletableFuture<EngineCall> call = new CompletableFuture<>();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket();
        // Before bind, so that the window is small from the first packet on.
        server.setReceiveBufferSize(8 * 1024);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.setSoTimeout(10_000);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void a_call_that_is_cancelled_while_it_waits_for_a_connection_sends_nothing() throws Exception {
        CompletableFuture<HttpClientResponse> head =
                open(Buffer.buffer("{}"), server.getLocalPort(), EngineCall::cancel);

        assertThatThrownBy(() -> head.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(EngineFailure.Cancelled.class);
        try (Socket engine = server.accept()) {
            engine.setSoTimeout(10_000);
            assertThat(readToTheEnd(engine)).isZero();
        }
    }

    @Test
    void an_engine_that_never_reads_loses_its_socket_with_the_cancelled_call() throws Exception {
        CompletableFuture<HttpClientResponse> head = open(Buffer.buffer(new byte[BODY_BYTES]));
        try (Socket engine = server.accept()) {
            engine.setSoTimeout(10_000);
            assertThat(engine.getInputStream().read()).isEqualTo('P');
            context.runOnContext(turn -> call.join().cancel());
            assertThatThrownBy(() -> head.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(EngineFailure.Cancelled.class);
            assertThat(readToTheEnd(engine)).isLessThan(BODY_BYTES);
        }
    }

    @Test
    void an_engine_that_says_nothing_is_given_up_after_the_stall_limit() throws Exception {
        CompletableFuture<HttpClientResponse> head = open(Buffer.buffer("{}"));
        try (Socket engine = server.accept()) {
            engine.setSoTimeout(10_000);
            assertThatThrownBy(() -> head.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(EngineFailure.Broken.class);
            assertThat(readToTheEnd(engine)).isPositive();
        }
    }

    @Test
    void nobody_there_is_unreachable() throws Exception {
        int port = server.getLocalPort();
        server.close();
        CompletableFuture<HttpClientResponse> head = open(Buffer.buffer("{}"), port, opened -> {});
        assertThatThrownBy(() -> head.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(EngineFailure.Unreachable.class);
    }

    private CompletableFuture<HttpClientResponse> open(Buffer body) throws IOException {
        return open(body, server.getLocalPort(), opened -> {});
    }

    private CompletableFuture<HttpClientResponse> open(Buffer body, int port, Consumer<EngineCall> inTheSameTurn)
            throws IOException {
        Endpoint endpoint =
                new Endpoint(URI.create("http://127.0.0.1:" + port), InetAddress.getLoopbackAddress(), null, "tiny");
        CompletableFuture<HttpClientResponse> head = new CompletableFuture<>();
        context.runOnContext(turn -> {
            EngineCall opened = client.call(endpoint, context);
            call.complete(opened);
            Future<HttpClientResponse> answer = opened.open(body, true);
            answer.onSuccess(head::complete).onFailure(head::completeExceptionally);
            inTheSameTurn.accept(opened);
        });
        return head;
    }

    /** Bytes until the end or a reset. */
    private static long readToTheEnd(Socket engine) throws IOException {
        InputStream in = engine.getInputStream();
        long bytes = 0;
        byte[] buffer = new byte[64 * 1024];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes += n;
            }
        } catch (SocketException reset) {
            return bytes;
        }
        return bytes;
    }
}
