package dev.fogline.edge.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real server that serves files as Hugging Face does, and misbehaves on demand. */
final class FakeHub implements AutoCloseable {
    record Seen(String path, Optional<String> range, Optional<String> ifRange, Optional<String> authorization) {}

    private final HttpServer server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final Map<String, String> redirects = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    final List<Seen> seen = new CopyOnWriteArrayList<>();

    /** So many of the next file answers end after {@link #cutAfter} bytes. */
    final AtomicInteger cuts = new AtomicInteger();

    /** So many of the next file answers say nothing more after {@link #cutAfter} bytes. */
    final AtomicInteger stalls = new AtomicInteger();

    /** So many of the next file answers are {@link #refusal}. */
    final AtomicInteger refusals = new AtomicInteger();

    volatile int refusal = 429;
    volatile Optional<String> retryAfter = Optional.empty();
    volatile int cutAfter = 50_000;
    volatile boolean ranges = true;
    volatile boolean chunked;
    volatile String etag = "\"one\"";

    /** Every answer to a request for a range is {@link #refusal}. */
    volatile boolean refuseRanges;

    /** Said as the length instead of the true one, if positive. */
    volatile long announced;

    /** Named as the next page by every document but that page itself, if set. */
    volatile String nextPage = "";

    volatile Runnable afterCut = () -> {};

    FakeHub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    FakeHub file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    FakeHub document(String path, String json) {
        documents.put(path, json);
        return this;
    }

    FakeHub redirect(String path, String to) {
        redirects.put(path, to);
        return this;
    }

    /** One entry of a repository's list. */
    static String entry(String path, byte[] content) {
        return entry(path, content.length, TinyModel.sum(content));
    }

    static String entry(String path, long size, String sha256) {
        return "{\"type\":\"file\",\"oid\":\"0000\",\"size\":%d,\"path\":\"%s\",\"lfs\":{\"oid\":\"%s\",\"size\":%d}}"
                .formatted(size, path, sha256, size);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            seen.add(new Seen(
                    path, header(exchange, "Range"), header(exchange, "If-Range"), header(exchange, "Authorization")));
            if (redirects.containsKey(path)) {
                exchange.getResponseHeaders().add("Location", redirects.get(path));
                exchange.sendResponseHeaders(302, -1);
            } else if (documents.containsKey(path)) {
                if (!nextPage.isEmpty() && !nextPage.endsWith(path)) {
                    exchange.getResponseHeaders().add("Link", "<" + nextPage + ">; rel=\"next\"");
                }
                byte[] json = documents.get(path).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, json.length);
                exchange.getResponseBody().write(json);
            } else if (files.containsKey(path)) {
                serve(exchange, files.get(path));
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void serve(HttpExchange exchange, byte[] content) throws IOException {
        if (takes(refusals) || (refuseRanges && header(exchange, "Range").isPresent())) {
            retryAfter.ifPresent(value -> exchange.getResponseHeaders().add("Retry-After", value));
            exchange.sendResponseHeaders(refusal, -1);
            return;
        }
        int start = 0;
        Optional<String> range = header(exchange, "Range");
        boolean same =
                header(exchange, "If-Range").filter(tag -> !tag.equals(etag)).isEmpty();
        exchange.getResponseHeaders().add("ETag", etag);
        if (ranges && same && range.isPresent()) {
            start = Integer.parseInt(
                    range.get().substring("bytes=".length(), range.get().length() - 1));
            if (start >= content.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + start + "-" + (content.length - 1) + "/" + content.length);
        }
        int length = content.length - start;
        exchange.sendResponseHeaders(start > 0 ? 206 : 200, chunked ? 0 : announced > 0 ? announced : length);
        OutputStream out = exchange.getResponseBody();
        boolean cut = takes(cuts);
        boolean stall = !cut && takes(stalls);
        out.write(content, start, cut || stall ? Math.min(cutAfter, length) : length);
        out.flush();
        if (cut) {
            afterCut.run();
        }
        if (stall) {
            awaitClose();
        }
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean takes(AtomicInteger left) {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
