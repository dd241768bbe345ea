package dev.fogline.gateway;

import dev.fogline.gateway.api.Waits;
import io.netty.channel.Channel;
import io.netty.channel.SingleThreadEventLoop;
import io.vertx.core.Context;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.ContextInternal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Closes connections that bring no request for too long: idle ones, and those that send a head byte by byte, which from
 * here look the same. On HTTP/2 only the first request is waited for. Used by one event loop.
 */
final class SilentConnections {
    /** Looks for first heads within one patience; so a connection lives at most that share longer. */
    private static final int LOOKS = 4;

    private final Duration patience;
    private final Waits waits;
    private final Map<HttpConnection, Waits.Wait> betweenRequests = new HashMap<>();
    private Map<Channel, Long> beforeTheFirst = new HashMap<>();

    SilentConnections(Context context, int port, Duration patience) {
        this.patience = patience;
        this.waits = new Waits(context.owner(), patience, System::nanoTime);
        if (((ContextInternal) context).nettyEventLoop() instanceof SingleThreadEventLoop loop) {
            context.owner().setPeriodic(patience.toMillis() / LOOKS, tick -> look(loop, port));
        }
    }

    /**
     * Vert.x shows a connection only when its first head is complete, and its own limit on idleness would also end those
     * who wait for an answer: hence the look at the channels, where the handler of requests is what comes with a head.
     */
    private void look(SingleThreadEventLoop loop, int port) {
        long now = System.nanoTime();
        Map<Channel, Long> waiting = new HashMap<>();
        for (Iterator<Channel> channels = loop.registeredChannelsIterator(); channels.hasNext(); ) {
            Channel channel = channels.next();
            if (acceptedAt(port, channel) && channel.pipeline().get("handler") == null) {
                long since = beforeTheFirst.getOrDefault(channel, now);
                if (now - since >= patience.toNanos()) {
                    var unused = channel.close();
                } else {
                    waiting.put(channel, since);
                }
            }
        }
        beforeTheFirst = waiting;
    }

    private static boolean acceptedAt(int port, Channel channel) {
        return channel.parent() != null
                && channel.parent().localAddress() instanceof InetSocketAddress listening
                && listening.getPort() == port;
    }

    /** A head is complete. To be told before the request is handled. */
    void arrived(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            return;
        }
        HttpConnection connection = request.connection();
        Waits.Wait wait = betweenRequests.remove(connection);
        if (wait == null) {
            connection.closeHandler(gone -> forget(connection));
        } else {
            wait.end();
        }
        request.response().endHandler(answered -> {
            forget(connection);
            betweenRequests.put(connection, waits.begin(() -> connection.close()));
        });
    }

    private void forget(HttpConnection connection) {
        Waits.Wait wait = betweenRequests.remove(connection);
        if (wait != null) {
            wait.end();
        }
    }
}
