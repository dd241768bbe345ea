package dev.fogline.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What one measurement does.
 *
 * @param port on loopback
 * @param body of each request, JSON
 * @param connections open at a time
 * @param rate requests per second, sent at their times whatever happened to the ones before (an open loop); 0 sends on
 *     each connection as soon as it is free (a closed loop)
 * @param requests the measurement ends when so many are done, and all of them count; 0 for no such limit
 * @param warmUp before the window that counts
 * @param window what is measured: requests that were to start in it (open loop), or that ended in it (closed loop)
 */
public record Workload(
        int port,
        Script script,
        String body,
        int connections,
        double rate,
        int requests,
        Duration warmUp,
        Duration window) {

    /** As fast as the server can. */
    public static Workload saturating(
            int port, Script script, String body, int connections, Duration warmUp, Duration window) {
        return new Workload(port, script, body, connections, 0, 0, warmUp, window);
    }

    public static Workload atRate(
            int port, Script script, String body, int connections, double rate, Duration warmUp, Duration window) {
        return new Workload(port, script, body, connections, rate, 0, warmUp, window);
    }

    /**
     * That many streams at once, each on its own connection.
     *
     * @param ramp over which they begin; the window starts as long after it
     */
    public static Workload openStreams(
            int port, Script script, String body, int streams, Duration ramp, Duration window) {
        double rate = streams * 1e9 / ramp.toNanos();
        return new Workload(port, script, body, streams, rate, streams, ramp.multipliedBy(2), window);
    }

    byte[] request() {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nContent-Type: application/json\r\nAuthorization: Bearer bench\r\nAccept: */*\r\n"
                        + "Content-Length: " + content.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + content.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(content, 0, whole, head.length, content.length);
        return whole;
    }
}
