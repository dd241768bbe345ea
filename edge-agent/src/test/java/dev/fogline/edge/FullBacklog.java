package dev.fogline.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A listener whose queue of connections is full, so that one more connect neither succeeds nor fails: the system drops
 * its packets, and it tries again.
 */
final class FullBacklog implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> waiting = new ArrayList<>();

    /** @param server nobody accepts from it any more */
    FullBacklog(ServerSocket server) throws IOException {
        this.server = server;
        try {
            while (true) {
                Socket next = new Socket();
                waiting.add(next);
                next.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 300);
            }
        } catch (SocketTimeoutException full) {
            server.setSoTimeout(10_000);
        }
    }

    /** Accepts until somebody comes who is none of those that filled the queue. */
    Socket next() throws IOException {
        while (true) {
            Socket accepted = server.accept();
            if (waiting.stream().noneMatch(own -> own.getLocalPort() == accepted.getPort())) {
                return accepted;
            }
            accepted.close();
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket own : waiting) {
            own.close();
        }
        server.close();
    }
}
