package dev.fogline.edge.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.WriteStream;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A streamed answer on its way from the engine to the caller: events in order, byte for byte, with back-pressure.
 *
 * <p>Two things are not relayed: comments, and the event that holds nothing but usage if the caller did not ask for it
 * (the agent always asks, to know tokens and speed). What one read of the socket brought leaves in one write: chunks
 * gather until the task queue of this event-loop turn runs, so that a lone chunk leaves in the turn it came in.
 *
 * <p>Confined to the call's context. It starts held: the caller sees the first event before anything is written.
 */
public final class AnswerStream {
    static final int EVENT_BYTES = 4 * 1024 * 1024;
    private static final String DONE = "[DONE]";

    private final EngineCall call;
    private final HttpClientResponse from;
    private final boolean usageWanted;
    private final LongSupplier nanos;
    private final SseFrames frames = new SseFrames(EVENT_BYTES);
    private final Promise<Void> first = Promise.promise();
    private final Promise<Tally> ended = Promise.promise();
    private Buffer pending = Buffer.buffer();
    private @Nullable WriteStream<Buffer> to;
    private boolean flushScheduled;
    private boolean finishSeen;
    private boolean doneSeen;
    private @Nullable EngineFailure failure;
    private boolean realLogprobs;
    private long firstTokenAt;
    private long lastTokenAt;
    private int events;
    private Chunk.Usage usage = Chunk.Usage.UNKNOWN;

    /**
     * What a stream amounted to.
     *
     * @param firstTokenAt by the clock handed in; 0 if no token came
     * @param tokensPerSecond by the engine's clock, else by ours; 0 when there were too few tokens to say
     */
    public record Tally(long firstTokenAt, double tokensPerSecond, Chunk.Usage usage, boolean realLogprobs) {}

    public AnswerStream(EngineCall call, HttpClientResponse from, boolean usageWanted, LongSupplier nanos) {
        this.call = call;
        this.from = from;
        this.usageWanted = usageWanted;
        this.nanos = nanos;
    }

    static boolean isStream(HttpClientResponse head) {
        String type = head.getHeader("Content-Type");
        return type != null && type.startsWith("text/event-stream");
    }

    /** Completes at the first {@code data:} event; nothing has been written then. Fails with an {@link EngineFailure}. */
    public Future<Void> firstEvent() {
        call.whenEnded(this::failed);
        if (!isStream(from)) {
            broken("the engine answered without a stream");
            return first.future();
        }
        from.handler(this::received);
        from.endHandler(end -> sourceEnded());
        from.resume();
        return first.future();
    }

    /** Relays to the end. The target is not ended: after a failure the caller has a word to add. */
    public Future<Tally> pipe(WriteStream<Buffer> target) {
        to = target;
        scheduleFlush();
        from.resume();
        return ended.future();
    }

    private void received(Buffer chunk) {
        call.alive();
        if (doneSeen || failure != null) {
            return;
        }
        if (!frames.feed(chunk, this::event)) {
            broken("an event of the engine has no end");
        }
        if (to == null && first.future().isComplete()) {
            from.pause();
        }
        scheduleFlush();
    }

    private void event(SseEvent event) {
        if (doneSeen || failure != null) {
            return;
        }
        String data = event.data();
        if (data.isEmpty()) {
            return;
        }
        if (data.equals(DONE)) {
            pending.appendBuffer(event.bytes());
            complete();
            return;
        }
        try {
            Chunk chunk = Chunk.read(data);
            note(chunk);
            if (usageWanted || !chunk.usageOnly()) {
                pending.appendBuffer(event.bytes());
            }
            first.tryComplete();
        } catch (Chunk.NoChunk error) {
            broken("the engine reported an error in its stream");
        }
    }

    private void note(Chunk chunk) {
        usage = chunk.usageOr(usage);
        finishSeen |= chunk.finished();
        realLogprobs |= chunk.realLogprobs();
        if (chunk.hasToken()) {
            lastTokenAt = nanos.getAsLong();
            events++;
            if (firstTokenAt == 0) {
                firstTokenAt = lastTokenAt;
            }
        }
    }

    private void sourceEnded() {
        if (!doneSeen && finishSeen) {
            // Complete, only its last word is missing.
            pending.appendString("data: [DONE]\n\n");
            complete();
        }
        if (!doneSeen) {
            broken("the engine's stream ended early");
        }
        call.finished();
    }

    /** The answer is whole; the engine may still keep its connection open for a moment. */
    private void complete() {
        doneSeen = true;
        first.tryComplete();
        scheduleFlush();
    }

    private Tally tally() {
        double speed = usage.tokensPerSecond();
        if (speed == 0 && events >= 4 && lastTokenAt > firstTokenAt) {
            int tokens = Math.max(usage.completionTokens(), events);
            speed = (tokens - 1) * 1e9 / (lastTokenAt - firstTokenAt);
        }
        return new Tally(firstTokenAt, speed, usage, realLogprobs);
    }

    private void broken(String what) {
        if (!doneSeen) {
            call.end(new EngineFailure.Broken(what));
        }
    }

    private void failed(EngineFailure why) {
        if (doneSeen) {
            return;
        }
        failure = why;
        first.tryFail(why);
        scheduleFlush();
    }

    private void scheduleFlush() {
        if (flushScheduled || to == null) {
            return;
        }
        flushScheduled = true;
        call.context().runOnContext(turn -> flush());
    }

    /** Writes what has gathered; the end is told only after that, however early it was known. */
    private void flush() {
        flushScheduled = false;
        WriteStream<Buffer> target = to;
        if (target == null || ended.future().isComplete()) {
            return;
        }
        if (pending.length() > 0) {
            Buffer out = pending;
            pending = Buffer.buffer();
            // A failed write means that the caller left; the close handler deals with that.
            target.write(out);
        }
        if (failure != null) {
            ended.tryFail(failure);
        } else if (doneSeen) {
            ended.tryComplete(tally());
        } else if (target.writeQueueFull()) {
            from.pause();
            target.drainHandler(drained -> from.resume());
        }
    }
}
