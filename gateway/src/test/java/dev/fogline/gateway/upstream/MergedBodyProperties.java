package dev.fogline.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The same bytes in the same order, none later than the read that brought them. */
class MergedBodyProperties {
    private final EmbeddedChannel channel = new EmbeddedChannel(new MergedBody());

    @Property(tries = 1000)
    void what_a_read_brought_is_passed_on_at_its_end(@ForAll long seed) {
        Random random = new Random(seed);
        var sent = new StringBuilder();
        var got = new StringBuilder();
        List<HttpContent> all = new ArrayList<>();
        for (int read = 0; read < 6; read++) {
            for (int message = random.nextInt(8); message > 0; message--) {
                HttpObject next = any(random);
                if (next instanceof HttpContent content) {
                    all.add(content);
                }
                sent.append(said(next));
                channel.writeOneInbound(next);
            }
            channel.flushInbound();
            drain(got);

            assertThat(got.toString()).isEqualTo(sent.toString());
        }
        assertThat(all).allSatisfy(content -> assertThat(content.refCnt()).isZero());
    }

    @Example
    void small_pieces_of_a_read_become_one_and_a_head_stays_before_its_body() {
        channel.writeOneInbound(head());
        for (int i = 0; i < 50; i++) {
            channel.writeOneInbound(piece("data: " + i + "\n\n"));
        }
        channel.flushInbound();

        assertThat(channel.<Object>readInbound()).isInstanceOf(HttpResponse.class);
        HttpContent body = channel.readInbound();
        assertThat(body.content().toString(StandardCharsets.UTF_8)).startsWith("data: 0\n\ndata: 1\n\n");
        assertThat(channel.<Object>readInbound()).isNull();
        body.release();
    }

    @Example
    void of_a_large_read_no_more_is_held_than_it_takes() {
        for (int i = 0; i < 100; i++) {
            channel.writeOneInbound(piece("x".repeat(1000)));
        }
        HttpContent first = channel.readInbound();

        assertThat(first.content().readableBytes()).isBetween(64 * 1024, 66 * 1024);
        first.release();
        channel.finishAndReleaseAll();
    }

    @Example
    void a_lone_piece_is_not_copied() {
        HttpContent lone = piece("data: 1\n\n");
        channel.writeInbound(lone);

        assertThat(channel.<Object>readInbound()).isSameAs(lone);
        lone.release();
    }

    @Example
    void a_connection_that_is_gone_keeps_nothing() {
        HttpContent held = piece("data: 1\n\n");
        channel.writeOneInbound(held);
        channel.pipeline().removeFirst();

        assertThat(held.refCnt()).isZero();
    }

    /** Through Vert.x' own client: fails if the handler is in no pipeline of it, or at a wrong place. */
    @Example
    void the_events_that_an_upstream_writes_together_come_together() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(server));
            List<String> chunks = new ArrayList<>();
            Context context = vertx.getOrCreateContext();
            Future<String> whole = Future.future(promise -> context.runOnContext(turn -> upstream(vertx, server)
                    .post("/chat/completions", headers -> {}, Buffer.buffer("{}"), Clearance.NOT_NEEDED)
                    .response()
                    .onSuccess(head -> head.handler(chunk -> chunks.add(chunk.toString()))
                            .exceptionHandler(promise::tryFail)
                            .endHandler(end -> promise.tryComplete(String.join("", chunks)))
                            .resume())
                    .onFailure(promise::tryFail)));

            assertThat(whole.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isEqualTo("data: x\n\n".repeat(40));
            assertThat(chunks).hasSizeLessThan(5);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static void answer(ServerSocket server) {
        try (Socket peer = server.accept()) {
            int unused = peer.getInputStream().read(new byte[4096]);
            OutputStream out = peer.getOutputStream();
            String events = "9\r\ndata: x\n\n\r\n".repeat(40);
            out.write(("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + events + "0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            unused = peer.getInputStream().read(); // until the client leaves
        } catch (IOException e) {
            // The client then sees a broken answer.
        }
    }

    private static Upstream upstream(Vertx vertx, ServerSocket server) {
        return new Upstream(
                vertx,
                new UpstreamAddress(
                        URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1"),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(4),
                        1,
                        true,
                        Optional.empty(),
                        Optional.empty()));
    }

    private static HttpObject any(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> head();
            case 1 -> new DefaultLastHttpContent(buffer("end " + random.nextInt(9)));
            case 2 -> {
                HttpContent broken = piece("");
                broken.setDecoderResult(DecoderResult.failure(new IOException("no chunk size")));
                yield broken;
            }
            case 3 -> piece("y".repeat(random.nextInt(40_000)));
            default -> piece(Integer.toString(random.nextInt()));
        };
    }

    private static HttpResponse head() {
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    }

    private static HttpContent piece(String text) {
        return new DefaultHttpContent(buffer(text));
    }

    private static ByteBuf buffer(String text) {
        return PooledByteBufAllocator.DEFAULT.buffer().writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void drain(StringBuilder got) {
        for (HttpObject next = channel.readInbound(); next != null; next = channel.readInbound()) {
            got.append(said(next));
            if (next instanceof HttpContent content) {
                content.release();
            }
        }
    }

    private static String said(HttpObject message) {
        String what =
                message.decoderResult().isFailure() ? "[broken]" : message instanceof HttpResponse ? "[head]" : "";
        return what
                + (message instanceof HttpContent content ? content.content().toString(StandardCharsets.UTF_8) : "")
                + (message instanceof LastHttpContent ? "[last]" : "");
    }
}
