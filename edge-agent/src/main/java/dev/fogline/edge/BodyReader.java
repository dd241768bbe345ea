package dev.fogline.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads request bodies: each bounded, and all of them together. A body that is too long is answered at once and then
 * read on for a moment into nothing, so that the caller reads the answer instead of a reset.
 */
final class BodyReader {
    static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final long ALL_BYTES = 64L * 1024 * 1024;
    private static final int DRAIN_BYTES = 1024 * 1024;
    private static final long DRAIN_MS = 2_000;
    private static final long SLOWEST_MS = 60_000;

    private final Vertx vertx;
    private final AtomicLong inFlight = new AtomicLong();

    BodyReader(Vertx vertx) {
        this.vertx = vertx;
    }

    /** What is wrong with the head of a request; null if its body may be read. */
    static @Nullable Failure objection(MultiMap headers) {
        String type = headers.get("Content-Type");
        String[] parts =
                type == null ? new String[] {""} : type.toLowerCase(Locale.ROOT).split(";");
        if (!parts[0].strip().equals("application/json")) {
            return new Failure.Http(415, "invalid_request", "The Content-Type must be application/json.");
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return new Failure.Http(415, "invalid_request", "The charset must be UTF-8.");
            }
        }
        String encoding = headers.get("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return new Failure.Http(415, "invalid_request", "The body must not be compressed.");
        }
        return null;
    }

    /**
     * Hands over the whole body, or the failure. Neither is called when the caller leaves before.
     *
     * <p>The bytes stay counted until the returned hold is released.
     */
    void read(HttpServerRequest request, Consumer<Body> whole, Consumer<Failure> failed) {
        new Reading(request, whole, failed).start();
    }

    /** A body in memory; release it once when it is no longer needed. */
    record Body(Buffer bytes, Runnable release) {}

    private final class Reading {
        private final HttpServerRequest request;
        private final Consumer<Body> whole;
        private final Consumer<Failure> failed;
        private final Buffer body = Buffer.buffer();
        private long held;
        private boolean over;
        private long drained;
        private long timer = -1;

        Reading(HttpServerRequest request, Consumer<Body> whole, Consumer<Failure> failed) {
            this.request = request;
            this.whole = whole;
            this.failed = failed;
        }

        void start() {
            timer = vertx.setTimer(
                    SLOWEST_MS, late -> fail(new Failure.Http(408, "invalid_request", "The body came too slowly.")));
            request.exceptionHandler(gone -> release());
            request.handler(this::chunk);
            request.endHandler(end -> {
                if (!over) {
                    over = true;
                    vertx.cancelTimer(timer);
                    whole.accept(new Body(body, this::giveBack));
                }
            });
            String length = request.getHeader("Content-Length");
            if (length != null) {
                long announced = Long.parseLong(length);
                if (announced > MOST_BYTES) {
                    fail(tooLong());
                } else {
                    hold(announced);
                }
            }
        }

        private void chunk(Buffer chunk) {
            if (over) {
                drained += chunk.length();
                if (drained > DRAIN_BYTES) {
                    request.connection().close();
                }
                return;
            }
            long length = (long) body.length() + chunk.length();
            if (length > MOST_BYTES) {
                fail(tooLong());
            } else if (length <= held || hold(length - held)) {
                body.appendBuffer(chunk);
            }
        }

        private boolean hold(long more) {
            held += more;
            if (inFlight.addAndGet(more) > ALL_BYTES) {
                fail(new Failure.NotReady("too many large requests at once", 1));
                return false;
            }
            return true;
        }

        private Failure tooLong() {
            return new Failure.Http(413, "invalid_request", "The body is longer than " + MOST_BYTES + " bytes.");
        }

        private void fail(Failure failure) {
            if (over) {
                return;
            }
            release();
            request.response().putHeader("Connection", "close");
            failed.accept(failure);
            vertx.setTimer(DRAIN_MS, enough -> request.connection().close());
        }

        private void release() {
            over = true;
            vertx.cancelTimer(timer);
            giveBack();
        }

        private void giveBack() {
            inFlight.addAndGet(-held);
            held = 0;
        }
    }
}
