package dev.fogline.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * An OpenAI-like upstream on a free loopback port that answers every POST by its present script. It reads bodies with a
 * Content-Length only, as every server measured here sends them.
 */
public final class ScriptedUpstream implements Loop.Ready, Loop.Clocked {
    private static final int BACKLOG = 4096;

    private final Loop loop;
    private final ServerSocketChannel listener;
    private final HttpHead head = new HttpHead();
    /** All streams that are paced have the same pace, so that the order of arrival is the order of what is due. */
    private final ArrayDeque<UpstreamConnection> paced = new ArrayDeque<>();

    private Script script = Script.whole();

    private ScriptedUpstream(Loop loop, ServerSocketChannel listener) {
        this.loop = loop;
        this.listener = listener;
    }

    public static ScriptedUpstream start(Loop loop) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        listener.configureBlocking(false);
        var upstream = new ScriptedUpstream(loop, listener);
        var started = new CompletableFuture<Void>();
        loop.execute(() -> {
            try {
                listener.register(loop.selector(), SelectionKey.OP_ACCEPT, upstream);
                loop.add(upstream);
                started.complete(null);
            } catch (IOException e) {
                started.completeExceptionally(e);
            }
        });
        started.join();
        return upstream;
    }

    public int port() {
        return listener.socket().getLocalPort();
    }

    /** Of the loop's thread only. */
    void play(Script next) {
        script = next;
    }

    Script script() {
        return script;
    }

    Loop loop() {
        return loop;
    }

    HttpHead head() {
        return head;
    }

    void pace(UpstreamConnection connection) {
        paced.add(connection);
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            for (SocketChannel accepted = listener.accept(); accepted != null; accepted = listener.accept()) {
                accepted.configureBlocking(false);
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
                var connection = new UpstreamConnection(this, accepted);
                connection.attach(accepted.register(loop.selector(), SelectionKey.OP_READ, connection));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long tick(long now) {
        UpstreamConnection first = paced.peek();
        while (first != null && first.due() <= now) {
            paced.remove();
            first.next();
            first = paced.peek();
        }
        return first == null ? Long.MAX_VALUE : first.due();
    }
}
