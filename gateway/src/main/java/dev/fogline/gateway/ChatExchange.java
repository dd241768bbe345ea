package dev.fogline.gateway;

import dev.fogline.gateway.api.Failure;
import dev.fogline.gateway.api.Masked;
import dev.fogline.gateway.api.RequestBody;
import dev.fogline.gateway.api.RequestHeaders;
import dev.fogline.gateway.audit.DecisionTrace;
import dev.fogline.gateway.audit.ExchangeRecord;
import dev.fogline.policies.Target;
import dev.fogline.policies.Usage;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request's life on one event loop, from its arrival to its one end. */
final class ChatExchange {
    private final String id;
    private final HttpServerRequest http;
    private final Vertx vertx;
    private final long arrivedNanos;
    private final List<ExchangeRecord.Attempt> attempts = new ArrayList<>();
    private final List<Runnable> atEnd = new ArrayList<>();
    private Runnable stopRunning = () -> {};
    private @Nullable Failure stopped;
    private boolean ended;
    private long deadlineTimer = -1;
    private int requestBytes;
    private boolean stream;
    private @Nullable DecisionTrace decided;
    private @Nullable Target servedBy;
    private String reason = "";
    private @Nullable Long firstTokenAt;
    private @Nullable Usage usage;
    private @Nullable Double costUsd;
    private @Nullable Masked masked;

    ChatExchange(String id, HttpServerRequest http, Vertx vertx, long arrivedNanos) {
        this.id = id;
        this.http = http;
        this.vertx = vertx;
        this.arrivedNanos = arrivedNanos;
        http.response().closeHandler(gone -> stop(new Failure.ClientGone()));
        http.response().exceptionHandler(cause -> {
            if (!RequestBody.isBadFraming(cause)) {
                stop(new Failure.ClientGone());
            }
        });
    }

    String id() {
        return id;
    }

    /** What the request becomes before it leaves, once that has been made. */
    Optional<Masked> masked() {
        return Optional.ofNullable(masked);
    }

    void masked(Masked made) {
        masked = made;
    }

    HttpServerRequest http() {
        return http;
    }

    /** The caller's deadline counts from the arrival to the end of the answer. */
    void limit(RequestHeaders headers) {
        headers.deadlineMs().ifPresent(ms -> {
            long passed = (System.nanoTime() - arrivedNanos) / 1_000_000;
            deadlineTimer = vertx.setTimer(
                    Math.max(1, ms - passed),
                    late -> stop(new Failure.Deadline("the answer was not complete within " + ms + " ms")));
        });
    }

    /** What to stop when the client leaves or the deadline passes; replaces what was running before. */
    void running(Runnable stop) {
        stopRunning = stop;
        if (stopped != null) {
            stop.run();
        }
    }

    private void stop(Failure why) {
        if (stopped == null && !ended) {
            stopped = why;
            stopRunning.run();
        }
    }

    /** Why the exchange was stopped from outside, if it was. */
    Optional<Failure> stopped() {
        return Optional.ofNullable(stopped);
    }

    /** Runs when the exchange ends, whatever its outcome: permits, shares of budgets. */
    void atEnd(Runnable release) {
        atEnd.add(release);
    }

    /** True the first time only: every exchange has one outcome. */
    boolean end() {
        if (ended) {
            return false;
        }
        ended = true;
        if (deadlineTimer >= 0) {
            vertx.cancelTimer(deadlineTimer);
        }
        atEnd.forEach(Runnable::run);
        return true;
    }

    void read(int bytes, boolean streamed) {
        requestBytes = bytes;
        stream = streamed;
    }

    void decided(DecisionTrace trace, String why) {
        decided = trace;
        reason = why;
    }

    void attempted(Target target, String result, long nanos) {
        attempts.add(new ExchangeRecord.Attempt(target.id(), result, nanos / 1e6));
    }

    void servedBy(Target target, String why) {
        servedBy = target;
        reason = why;
    }

    void firstToken() {
        firstTokenAt = System.nanoTime();
    }

    void used(Usage tokens) {
        usage = tokens;
    }

    void cost(double usd) {
        costUsd = usd;
    }

    @Nullable
    Double costUsd() {
        return costUsd;
    }

    @Nullable
    Usage usage() {
        return usage;
    }

    /** On the scale of {@link System#nanoTime()}. */
    Optional<Long> firstTokenAt() {
        return Optional.ofNullable(firstTokenAt);
    }

    int requestBytes() {
        return requestBytes;
    }

    boolean stream() {
        return stream;
    }

    @Nullable
    DecisionTrace decision() {
        return decided;
    }

    /** Those that have ended. */
    List<ExchangeRecord.Attempt> attempts() {
        return List.copyOf(attempts);
    }

    @Nullable
    Target servedBy() {
        return servedBy;
    }

    String reason() {
        return reason;
    }

    @Nullable
    Double firstTokenMs() {
        return firstTokenAt == null ? null : (firstTokenAt - arrivedNanos) / 1e6;
    }

    /** Nanoseconds since the request's arrival. */
    long age() {
        return System.nanoTime() - arrivedNanos;
    }

    double totalMs() {
        return age() / 1e6;
    }
}
