package dev.fogline.gateway.api;

import dev.fogline.gateway.api.SseEvent.Slice;
import dev.fogline.policies.Usage;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One streamed answer on its way through: takes what the upstream sends, keeps what is ready for the client, and notes
 * first token, usage and end. Events are relayed in order and unchanged, except a usage event that the client did not ask
 * for and those with something to restore ({@link Restoring}); comments are not relayed.
 *
 * <p>Used by one event loop only.
 */
public final class StreamedAnswer {
    /** Where the answer stands. */
    public enum State {
        /** Nothing that the client may see has come. */
        WAITING,
        /** The first {@code data:} event is there: no way back. */
        COMMITTED,
        /** The upstream said {@code [DONE]}. */
        DONE,
        /** The upstream sent something that is no chunk of an answer. */
        BROKEN
    }

    private static final Buffer DONE_EVENT = Buffer.buffer("data: [DONE]\n\n");

    private final boolean relayUsage;
    private final @Nullable Restoring restoring;
    private final SameChunk same = new SameChunk();
    private final SseEvents events = new SseEvents(same);
    private final Consumer<SseEvent> sink = this::event;
    private final Consumer<SseEvent> known = this::known;
    /** What is ready: first a part of what came, where it stands, and behind it what had to be put together. */
    private @Nullable Buffer part;

    private @Nullable Buffer behind;
    /** What is relayed of the bytes at hand: from {@link #runStart} to {@link #runEnd}, not yet copied. */
    private byte @Nullable [] run;

    private int runStart;
    private int runEnd;
    private State state = State.WAITING;
    private boolean firstToken;
    private boolean finished;
    private int dataEvents;
    private @Nullable Usage usage;
    private String model = "";

    /** @param relayUsage the client itself asked for the usage event */
    public StreamedAnswer(boolean relayUsage) {
        this(relayUsage, null);
    }

    /** @param restoring puts values back into it, where something of the request was masked */
    public StreamedAnswer(boolean relayUsage, @Nullable Restoring restoring) {
        this.relayUsage = relayUsage;
        this.restoring = restoring;
    }

    /** Takes the next bytes, whose buffer must not change any more. */
    public void accept(Buffer chunk) {
        if (!events.feed(chunk, sink, known)) {
            state = State.BROKEN;
        }
        endRun();
        events.letGo();
    }

    /**
     * The upstream ended.
     *
     * @return whether the answer is whole: it said {@code [DONE]}, or had its {@code finish_reason} and gets its
     *     {@code [DONE]} from us
     */
    public boolean end() {
        events.end().ifPresent(this::event);
        endRun();
        if (state == State.COMMITTED && finished) {
            if (restoring != null) {
                rest(restoring);
            }
            ready(DONE_EVENT.length()).appendBuffer(DONE_EVENT);
            state = State.DONE;
        }
        return state == State.DONE;
    }

    private void event(SseEvent event) {
        if (event.isComment() || state == State.DONE || state == State.BROKEN) {
            return;
        }
        if (event.data().is("[DONE]")) {
            // Before any chunk there is no answer that could be done.
            state = state == State.WAITING ? State.BROKEN : State.DONE;
            if (state == State.DONE) {
                relay(event);
            }
            return;
        }
        if (firstToken && state == State.COMMITTED && !model.isEmpty() && Skim.onlyText(event.data())) {
            same.learn(event);
            onlyText(event);
            return;
        }
        Optional<AnswerFacts> read = AnswerFacts.read(
                event.data().bytes(), event.data().start(), event.data().length());
        if (read.isEmpty() || read.get().error()) {
            state = State.BROKEN;
            return;
        }
        chunk(event, read.get());
    }

    /** A further chunk of an answer that has begun, and says nothing but more text. */
    private void onlyText(SseEvent event) {
        if (state == State.COMMITTED) {
            dataEvents++;
            relay(event);
        }
    }

    /** The same, where all but the text was there before: only in it can something to restore begin. */
    private void known(SseEvent event) {
        if (state != State.COMMITTED) {
            return;
        }
        dataEvents++;
        if (restoring == null || (restoring.holdsNothing() && !same.mayHoldOpener(event))) {
            unchanged(event);
        } else {
            relay(event);
        }
    }

    private void chunk(SseEvent event, AnswerFacts chunk) {
        dataEvents++;
        firstToken |= chunk.hasContent();
        finished |= chunk.finished();
        if (chunk.usage() != null) {
            usage = chunk.usage();
        }
        if (!chunk.model().isEmpty()) {
            model = chunk.model();
        }
        boolean onlyUsage = chunk.choices() == 0 && chunk.usage() != null;
        if (onlyUsage && !relayUsage) {
            return;
        }
        state = State.COMMITTED;
        relay(event);
    }

    private void relay(SseEvent event) {
        if (restoring == null || !restored(event, restoring)) {
            unchanged(event);
        }
    }

    private void unchanged(SseEvent event) {
        if (run == null || event.start() != runEnd) {
            endRun();
            run = event.bytes();
            runStart = event.start();
        }
        runEnd = event.end();
        if (!endsWithBlankLine(run, runEnd)) {
            // The last one of a stream that was cut there: what follows must not become a line of it.
            boolean wholeLine = run[runEnd - 1] == '\n';
            endRun();
            ready(2).appendString(wholeLine ? "\n" : "\n\n");
        }
    }

    /** Whether the event was relayed in another form, or what it waits for was sent before it. */
    private boolean restored(SseEvent event, Restoring restoring) {
        Slice data = event.data();
        if (state == State.DONE) {
            rest(restoring);
            return false;
        }
        Restoring.Rewritten rewritten = restoring.event(data);
        if (rewritten == null) {
            return false;
        }
        endRun();
        Buffer ready = ready(event.end() - event.start());
        ready.appendBytes(rewritten.before());
        byte[] now = rewritten.data();
        if (now == null) {
            return false;
        }
        if (event.oneLine()) {
            ready.appendBytes(event.bytes(), event.start(), data.start() - event.start())
                    .appendBytes(now)
                    .appendBytes(event.bytes(), data.end(), event.end() - data.end());
        } else {
            // Data of several lines goes on in one: line feeds outside of texts say nothing in JSON.
            for (int i = 0; i < now.length; i++) {
                now[i] = now[i] == '\n' ? (byte) ' ' : now[i];
            }
            ready.appendString("data: ").appendBytes(now).appendString("\n\n");
        }
        if (!endsWithBlankLine(event.bytes(), event.end())) {
            ready.appendString("\n\n");
        }
        return true;
    }

    private void rest(Restoring restoring) {
        byte[] rest = restoring.rest();
        if (rest.length > 0) {
            endRun();
            ready(rest.length).appendBytes(rest);
        }
    }

    private static boolean endsWithBlankLine(byte[] bytes, int end) {
        int before = end >= 2 && bytes[end - 1] == '\n' && bytes[end - 2] == '\r' ? end - 3 : end - 2;
        return bytes[end - 1] == '\n' && before >= 0 && bytes[before] == '\n';
    }

    /** Events that follow each other go on as they came, together; only what is not the first is copied. */
    private void endRun() {
        if (run == null) {
            return;
        }
        if (part == null && behind == null) {
            part = events.part(runStart, runEnd);
        } else {
            ready(runEnd - runStart).appendBytes(run, runStart, runEnd - runStart);
        }
        run = null;
    }

    /** Takes what follows, of which {@code bytes} are known to come. */
    private Buffer ready(int bytes) {
        if (behind == null) {
            behind = Buffer.buffer(bytes);
        }
        return behind;
    }

    /** What is ready for the client; handed over once, not to be appended to. */
    public Buffer take() {
        Buffer first = part;
        Buffer second = behind;
        part = null;
        behind = null;
        if (first == null) {
            return second == null ? Buffer.buffer() : second;
        }
        return second == null ? first : Buffer.buffer(Unpooled.wrappedBuffer(first.getByteBuf(), second.getByteBuf()));
    }

    /** The same of an answer that ends here without being whole: what was held back goes as it is. */
    public Buffer takeCut() {
        if (restoring != null) {
            rest(restoring);
        }
        return take();
    }

    /** What puts values back into it, if anything does. */
    public Optional<Restoring> restoring() {
        return Optional.ofNullable(restoring);
    }

    public boolean hasReady() {
        return part != null || behind != null;
    }

    public State state() {
        return state;
    }

    /** Whether a non-empty piece of the answer has come. */
    public boolean firstToken() {
        return firstToken;
    }

    /** How many {@code data:} events have come; comments do not count, because they hide stalls. */
    public int dataEvents() {
        return dataEvents;
    }

    public Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    /** The model's name as the upstream says it; empty when it has not. */
    public String model() {
        return model;
    }
}
