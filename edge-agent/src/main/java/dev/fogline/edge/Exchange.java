package dev.fogline.edge;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One request's life. It ends exactly once: answered, failed, broken off, or left by its caller; then everything that
 * was taken for it is given back, the latest first. All on its context.
 */
final class Exchange {
    private final HttpServerResponse response;
    private final Context context;
    private final EdgeMetrics metrics;
    private final Deque<Runnable> whenOver = new ArrayDeque<>();
    private boolean over;

    Exchange(HttpServerResponse response, Context context, EdgeMetrics metrics) {
        this.response = response;
        this.context = context;
        this.metrics = metrics;
        response.closeHandler(gone -> end(EdgeMetrics.Outcome.CANCELLED));
        // A write to a caller that has just left fails; the close handler is what ends the exchange.
        response.exceptionHandler(gone -> end(EdgeMetrics.Outcome.CANCELLED));
    }

    HttpServerResponse response() {
        return response;
    }

    Context context() {
        return context;
    }

    boolean over() {
        return over;
    }

    /** Called at the end; at once if that has passed. */
    void whenOver(Runnable action) {
        if (over) {
            action.run();
        } else {
            whenOver.push(action);
        }
    }

    /** @param last what is still to be written */
    void succeed(Buffer last) {
        if (end(EdgeMetrics.Outcome.SUCCESS)) {
            response.end(last);
        }
    }

    /** Before anything was sent. */
    void fail(Failure failure) {
        if (end(EdgeMetrics.Outcome.of(failure))) {
            ErrorBody.send(response, failure);
        }
    }

    /** Inside a stream: the error is its last event, and no [DONE] follows. */
    void breakOff(Failure failure) {
        if (end(EdgeMetrics.Outcome.of(failure))) {
            response.end(ErrorBody.event(failure));
        }
    }

    private boolean end(EdgeMetrics.Outcome outcome) {
        if (over) {
            return false;
        }
        over = true;
        metrics.ended(outcome);
        while (!whenOver.isEmpty()) {
            whenOver.pop().run();
        }
        return true;
    }
}
