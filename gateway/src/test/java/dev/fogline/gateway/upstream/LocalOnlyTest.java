package dev.fogline.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A name that stands for a local address today may stand for another tomorrow; here 127.0.0.2 passes for a far one. */
class LocalOnlyTest {
    private static final String FAR = "127.0.0.2";

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private ServerSocket far;

    @BeforeEach
    void listen() throws IOException {
        far = new ServerSocket(0, 5, InetAddress.getByAddress(new byte[] {127, 0, 0, 2}));
        far.setSoTimeout(10_000);
    }

    @AfterEach
    void stop() throws Exception {
        far.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void an_edge_whose_name_leads_elsewhere_is_sent_no_prompt() throws Exception {
        refused(edge -> edge.post("/chat/completions", headers -> {}, Buffer.buffer("secret"), Clearance.NOT_NEEDED)
                .response());
    }

    @Test
    void an_edge_whose_name_leads_elsewhere_is_sent_no_token_with_the_question_for_its_status() throws Exception {
        refused(edge -> new Probe(vertx, edge, "/status", Optional.of("secret"), Duration.ofSeconds(5)).ask());
    }

    private void refused(Function<Upstream, Future<?>> call) throws Exception {
        var address = new UpstreamAddress(
                URI.create("http://" + FAR + ":" + far.getLocalPort() + "/v1"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(4),
                1,
                true,
                Optional.empty(),
                Optional.empty());
        Upstream edge =
                new Upstream(vertx, address, peer -> !peer.getHostAddress().equals(FAR));
        Future<?> answer = Future.future(promise ->
                context.runOnContext(turn -> call.apply(edge).onComplete(done -> {
                    if (done.failed()) {
                        promise.fail(done.cause());
                    } else {
                        promise.complete();
                    }
                })));
        assertThatThrownBy(
                        () -> answer.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        UpstreamException.class,
                        failure -> assertThat(failure.failure())
                                .isEqualTo(new UpstreamFailure.Refused("its address is not local", false, false)));
        try (Socket peer = far.accept()) {
            peer.setSoTimeout(10_000);
            assertThat(bytesUntilClosed(peer)).isZero();
        }
    }

    private static int bytesUntilClosed(Socket peer) throws IOException {
        try {
            return peer.getInputStream().readAllBytes().length;
        } catch (SocketException reset) {
            return 0;
        }
    }
}
