package dev.fogline.gateway.api;

import io.netty.handler.codec.DecoderException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads a request's body: once, whole, and never more than allowed. */
public final class RequestBody {
    /** Of one body. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    /** What is still read of a body that is too large, so that its client sees the 413 and not a reset. */
    private static final int DRAIN_BYTES = 1024 * 1024;

    private static final long DRAIN_MS = 2000;

    private final Vertx vertx;
    private final BodyBudget budget;
    private final Waits waits;

    /** @param waits how long a body may take from its head to its last byte */
    public RequestBody(Vertx vertx, BodyBudget budget, Waits waits) {
        this.vertx = vertx;
        this.budget = budget;
        this.waits = waits;
    }

    /** The body's bytes and the share of the budget they hold; the reader gives it back. */
    public record Received(byte[] bytes, BodyBudget.Share share) {}

    /** Fails with {@link FailureException}, or with any other exception when the client left. */
    public Future<Received> read(HttpServerRequest request) {
        try {
            requirePost(request);
            requireJson(request);
        } catch (FailureException e) {
            drain(request);
            return Future.failedFuture(e);
        }
        long announced = contentLength(request);
        if (announced > MAX_BYTES) {
            drain(request);
            return Future.failedFuture(tooLarge());
        }
        BodyBudget.Share share = budget.share();
        if (!share.grow(Math.max(announced, 0))) {
            drain(request);
            return Future.failedFuture(busy());
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        return collect(request, announced, share);
    }

    private Future<Received> collect(HttpServerRequest request, long announced, BodyBudget.Share share) {
        Promise<Received> whole = Promise.promise();
        var bytes = new Growing(announced > 0 ? (int) announced : 1024);
        request.handler(chunk -> {
            if (whole.future().isComplete()) {
                return;
            }
            if ((long) bytes.length() + chunk.length() > MAX_BYTES) {
                whole.fail(tooLarge());
                drain(request);
            } else if (announced < 0 && !share.grow(chunk.length())) {
                whole.fail(busy());
                drain(request);
            } else {
                bytes.append(chunk);
            }
        });
        request.endHandler(end -> whole.tryComplete(new Received(bytes.all(), share)));
        request.exceptionHandler(cause -> broken(request, whole, cause));
        Waits.Wait wait = waits.begin(() -> {
            if (whole.tryFail(tooSlow())) {
                drain(request);
            }
        });
        request.resume();
        return whole.future().onComplete(done -> wait.end()).onFailure(cause -> share.close());
    }

    /** A body as it comes: one that comes in one piece is not copied, and another one of announced length once. */
    private static final class Growing {
        private static final byte[] NOTHING = new byte[0];

        private final int expected;
        private byte[] bytes = NOTHING;
        private int length;

        Growing(int expected) {
            this.expected = expected;
        }

        int length() {
            return length;
        }

        void append(Buffer chunk) {
            int needed = length + chunk.length();
            if (needed == expected && length == 0) {
                bytes = BufferBytes.of(chunk);
                length = needed;
                return;
            }
            if (needed > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(needed, length == 0 ? expected : 2 * length));
            }
            chunk.getBytes(bytes, length);
            length = needed;
        }

        byte[] all() {
            return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        }
    }

    /** What HTTP's parser says of chunks that are none. */
    public static boolean isBadFraming(Throwable cause) {
        return cause instanceof DecoderException || cause instanceof NumberFormatException;
    }

    /**
     * Chunks that are none can be answered, a client that left cannot. Vert.x closes the connection as soon as this
     * returns, and would leave an answer behind that it has only queued.
     */
    private static void broken(HttpServerRequest request, Promise<Received> whole, Throwable cause) {
        if (isBadFraming(cause)) {
            whole.tryFail(new FailureException(new Failure.Invalid("the chunks of the body are not valid HTTP")));
            if (request.connection() instanceof ConnectionBase connection) {
                connection.flush();
            }
        } else {
            whole.tryFail(cause);
        }
    }

    private static void requirePost(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.POST)) {
            throw new FailureException(new Failure.MethodNotAllowed("POST"));
        }
    }

    private static void requireJson(HttpServerRequest request) {
        for (String encoding : request.headers().getAll(HttpHeaders.CONTENT_ENCODING)) {
            if (!"identity".equalsIgnoreCase(encoding.strip())) {
                throw unsupported("Content-Encoding must be absent or identity");
            }
        }
        List<String> types = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
        String type = types.size() == 1 ? types.getFirst() : null;
        if ("application/json".equals(type)) {
            return;
        }
        String[] parts = (type == null ? "" : type.toLowerCase(Locale.ROOT)).split(";", -1);
        if (!"application/json".equals(parts[0].strip())) {
            throw unsupported("Content-Type must be application/json");
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !"charset=utf-8".equals(parameter)) {
                throw unsupported("the charset of the body must be UTF-8");
            }
        }
    }

    private static long contentLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void drain(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        long[] seen = {0};
        long timer = vertx.setTimer(DRAIN_MS, late -> request.connection().close());
        request.handler(chunk -> {
            seen[0] += chunk.length();
            if (seen[0] > DRAIN_BYTES) {
                vertx.cancelTimer(timer);
                request.connection().close();
            }
        });
        request.endHandler(end -> vertx.cancelTimer(timer));
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.resume();
    }

    private static FailureException tooLarge() {
        return new FailureException(new Failure.Http(
                413, "request_too_large", "the body is larger than " + MAX_BYTES / (1024 * 1024) + " MiB"));
    }

    private static FailureException tooSlow() {
        return new FailureException(new Failure.Http(408, "request_timeout", "the body came too slowly"));
    }

    private static FailureException busy() {
        return new FailureException(
                new Failure.Shed("bodies", "the gateway holds as many request bodies as it may; try again"));
    }

    private static FailureException unsupported(String sentence) {
        return new FailureException(new Failure.Http(415, "unsupported_media_type", sentence));
    }
}
