package dev.fogline.edge;

import io.netty.channel.Channel;
import io.netty.channel.SingleThreadEventLoop;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * Closes connections that have no request under way for too long: idle ones, and those that send a head byte by byte.
 * Used by one event loop.
 *
 * <p>Vert.x shows a connection only when its first head is complete, and its own limit on idleness would also end those
 * who wait for an answer: hence the look at the channels of the loop.
 */
final class SilentConnections {
    /** Looks within one patience; a connection lives at most two of their intervals longer. */
    private static final int LOOKS = 4;

    private final int port;
    private final long patienceNanos;
    private final Map<Channel, Integer> underWay = new HashMap<>();
    private final Map<Channel, Long> silentSince = new HashMap<>();

    SilentConnections(Context context, int port, Duration patience) {
        this.port = port;
        this.patienceNanos = patience.toNanos();
        if (((ContextInternal) context).nettyEventLoop() instanceof SingleThreadEventLoop loop) {
            context.owner().setPeriodic(Math.max(1, patience.toMillis() / LOOKS), tick -> look(loop));
        }
    }

    /** A head is complete. To be told before the request is handled. */
    void arrived(HttpServerRequest request) {
        if (request.connection() instanceof ConnectionBase connection) {
            Channel channel = connection.channel();
            silentSince.remove(channel);
            underWay.merge(channel, 1, Integer::sum);
            // Called however it ends, also when the connection or its stream is gone.
            request.response().endHandler(over -> underWay.computeIfPresent(channel, (c, n) -> n == 1 ? null : n - 1));
        }
    }

    private void look(SingleThreadEventLoop loop) {
        long now = System.nanoTime();
        Set<Channel> open = new HashSet<>();
        for (Iterator<Channel> channels = loop.registeredChannelsIterator(); channels.hasNext(); ) {
            Channel channel = channels.next();
            if (accepted(channel)) {
                open.add(channel);
                if (!underWay.containsKey(channel)
                        && now - silentSince.computeIfAbsent(channel, first -> now) >= patienceNanos) {
                    var unused = channel.close();
                }
            }
        }
        underWay.keySet().retainAll(open);
        silentSince.keySet().retainAll(open);
    }

    private boolean accepted(Channel channel) {
        return channel.parent() != null
                && channel.parent().localAddress() instanceof InetSocketAddress listening
                && listening.getPort() == port;
    }
}
