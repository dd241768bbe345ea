package dev.fogline.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A client on a bare socket: it says exactly what a test says, and shows exactly what came back and when. */
final class RawCaller implements AutoCloseable {
    private final NetSocket socket;
    private final ByteArrayOutputStream got = new ByteArrayOutputStream();
    private volatile boolean closed;

    RawCaller(Vertx vertx, int port) {
        socket = Blocking.get(vertx.createNetClient().connect(port, "127.0.0.1"));
        socket.closeHandler(gone -> closed = true);
        socket.handler(bytes -> got.writeBytes(bytes.getBytes()));
    }

    /** Returns when the bytes have left. */
    RawCaller send(String text) {
        Blocking.get(socket.write(Buffer.buffer(text)));
        return this;
    }

    /** The same of bytes, as characters up to 255. */
    RawCaller sendBytes(String latin1) {
        Blocking.get(socket.write(Buffer.buffer(latin1, "ISO-8859-1")));
        return this;
    }

    /** @param headers lines, each with its line end */
    RawCaller post(String body, String... headers) {
        return send(head(body.length(), headers) + body);
    }

    /** The head of a chat request whose body is still to come. */
    static String head(long bodyLength, String... headers) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + String.join("", headers) + "Content-Length: " + bodyLength + "\r\n\r\n";
    }

    String got() {
        return got.toString(StandardCharsets.UTF_8);
    }

    RawCaller await(String text) {
        Blocking.until("'" + text + "' came", () -> got().contains(text));
        return this;
    }

    boolean closed() {
        return closed;
    }

    void awaitClosed() {
        Blocking.until("the connection was closed", () -> closed);
    }

    @Override
    public void close() {
        Blocking.get(socket.close());
    }
}
