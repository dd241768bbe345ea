package dev.fogline.gateway;

import dev.fogline.gateway.api.ErrorBody;
import dev.fogline.gateway.api.Failure;
import dev.fogline.gateway.api.StreamedAnswer;
import dev.fogline.gateway.api.Waits;
import dev.fogline.gateway.upstream.UpstreamCall;
import dev.fogline.gateway.upstream.UpstreamFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves a committed stream to the client with back-pressure both ways. What one read of the upstream brought is written
 * at once at the end of the event-loop turn: several events make one write, and a lone event is not delayed. There is no
 * way back any more, so a failure becomes one error event and the end, never {@code [DONE]}.
 */
final class StreamRelay {
    private final Vertx vertx;
    private final ChatExchange exchange;
    private final TargetReply.Streaming reply;
    private final StreamWaits waits;
    private final HttpServerResponse client;
    private final Promise<Optional<Failure>> result = Promise.promise();
    private boolean over;
    private boolean upstreamEnded;
    private boolean flushing;
    private boolean firstToken;
    private int eventsSeen;
    private Waits.@Nullable Wait event;
    private final Waits.Wait end;

    StreamRelay(Vertx vertx, ChatExchange exchange, TargetReply.Streaming reply, StreamWaits waits) {
        this.vertx = vertx;
        this.exchange = exchange;
        this.reply = reply;
        this.waits = waits;
        this.client = exchange.http().response();
        this.end = waits.ends().begin(() -> fail(new Failure.UpstreamFailed("the answer took longer than its limit")));
    }

    /** Completes once, with the failure if there was one. */
    Future<Optional<Failure>> run() {
        HttpClientResponse upstream = reply.response();
        StreamedAnswer answer = reply.answer();
        exchange.running(() -> fail(exchange.stopped().orElseGet(Failure.ClientGone::new)));
        if (over) {
            return result.future();
        }
        upstream.handler(chunk -> {
            answer.accept(chunk);
            progress();
        });
        upstream.endHandler(end -> ended());
        upstream.exceptionHandler(cause -> fail(broken(reply.call(), cause)));
        client.drainHandler(drained -> upstream.resume());
        // Not at once: an answer that is all there ends right away, and its caller must first say what is to happen
        // then.
        vertx.runOnContext(turn -> begin());
        return result.future();
    }

    private void begin() {
        if (!over) {
            awaitEvent();
            progress();
            reply.response().resume();
        }
    }

    private void progress() {
        noteFirstToken();
        switch (reply.answer().state()) {
            case BROKEN ->
                fail(new Failure.UpstreamFailed(
                        "the target broke off with an error, or sent something that is no chat answer"));
            case DONE -> finish();
            case WAITING, COMMITTED -> flushSoon();
        }
    }

    private void noteFirstToken() {
        if (!firstToken && reply.answer().firstToken()) {
            firstToken = true;
            exchange.firstToken();
        }
    }

    private void flushSoon() {
        if (!flushing && reply.answer().hasReady()) {
            flushing = true;
            vertx.runOnContext(turnEnded -> {
                flushing = false;
                if (!over) {
                    flush();
                }
            });
        }
    }

    private void flush() {
        Buffer ready = reply.answer().take();
        if (ready.length() == 0) {
            return;
        }
        client.write(ready);
        if (client.writeQueueFull()) {
            reply.response().pause();
        }
    }

    private void ended() {
        upstreamEnded = true;
        if (over) {
            return;
        }
        if (reply.answer().end()) {
            noteFirstToken();
            finish();
        } else {
            fail(new Failure.UpstreamFailed("the target's answer was cut off"));
        }
    }

    /**
     * The answer is whole. What the upstream still sends is read and dropped for a moment, so that its connection can be
     * used again; one that goes on sending is let go.
     */
    private void finish() {
        if (!stop()) {
            return;
        }
        // Before the last write: who has read the whole answer finds it counted and paid for.
        result.complete(Optional.empty());
        client.end(reply.answer().take());
        if (!upstreamEnded) {
            Waits.Wait linger = waits.rests().begin(() -> reply.call().stop(new UpstreamFailure.Cancelled()));
            reply.response()
                    .handler(rest -> {})
                    .endHandler(ended -> linger.end())
                    .resume();
        }
    }

    private void fail(Failure failure) {
        if (!stop()) {
            return;
        }
        reply.call().stop(new UpstreamFailure.Cancelled());
        if (!(failure instanceof Failure.ClientGone) && !client.closed()) {
            client.end(Buffer.buffer().appendBuffer(reply.answer().takeCut()).appendBuffer(ErrorBody.event(failure)));
        }
        // After the last write: a failure of an exchange whose head is not written yet would be answered as a whole
        // one.
        result.complete(Optional.of(failure));
    }

    /** True the first time only. */
    private boolean stop() {
        if (over) {
            return false;
        }
        over = true;
        end.end();
        if (event != null) {
            event.end();
        }
        return true;
    }

    /** One wait for all events: it looks whether any came since it began. Comments do not count, they hide stalls. */
    private void awaitEvent() {
        eventsSeen = reply.answer().dataEvents();
        event = waits.events().begin(() -> {
            // A client that reads slowly is no stall of the upstream.
            if (reply.answer().dataEvents() > eventsSeen || client.writeQueueFull()) {
                awaitEvent();
            } else {
                fail(new Failure.UpstreamFailed("the target stopped sending"));
            }
        });
    }

    private static Failure broken(UpstreamCall call, Throwable cause) {
        return switch (call.failure(cause)) {
            case UpstreamFailure.Late late -> new Failure.UpstreamFailed("the target was too slow");
            default -> new Failure.UpstreamFailed("the target's answer was cut off");
        };
    }
}
