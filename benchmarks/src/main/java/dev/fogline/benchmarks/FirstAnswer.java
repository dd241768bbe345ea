package dev.fogline.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One request on one connection, for a server that may not be there yet. */
final class FirstAnswer {
    private static final int MILLIS = 2_000;
    private static final String OK = "HTTP/1.1 200 ";

    private FirstAnswer() {}

    static boolean from(int port, String body) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLIS);
            socket.setSoTimeout(MILLIS);
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + content.length
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(content);
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(OK.length()), StandardCharsets.US_ASCII).equals(OK);
        } catch (IOException e) {
            return false;
        }
    }
}
