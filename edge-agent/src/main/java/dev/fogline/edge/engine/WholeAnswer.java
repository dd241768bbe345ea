package dev.fogline.edge.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/**
 * A whole answer, however the engine sends it: as one, or as a stream that is joined here. An engine out of llama.cpp is
 * asked for a stream, because only then does it notice in time that nobody waits for the answer any more
 * ({@link EngineKind#noticesLeavingOnlyInStreams()}).
 *
 * <p>What goes wrong inside the stream is the failure that a whole answer would have been: nothing was sent yet.
 */
public final class WholeAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DONE = "[DONE]";

    private final EngineCall call;
    private final SseFrames frames = new SseFrames(AnswerStream.EVENT_BYTES);
    private final JoinedChunks joined = new JoinedChunks(EngineCall.ANSWER_BYTES);
    private final Promise<Buffer> whole = Promise.promise();

    private WholeAnswer(EngineCall call) {
        this.call = call;
    }

    /** At most 32 MiB. Fails with an {@link EngineFailure}. */
    public static Future<Buffer> read(EngineCall call, HttpClientResponse from) {
        return AnswerStream.isStream(from) ? new WholeAnswer(call).join(from) : call.whole(from);
    }

    private Future<Buffer> join(HttpClientResponse from) {
        call.whenEnded(whole::tryFail);
        from.handler(this::received);
        from.endHandler(end -> {
            complete();
            call.finished();
        });
        from.resume();
        return whole.future();
    }

    private void received(Buffer bytes) {
        call.alive();
        if (!whole.future().isComplete() && !frames.feed(bytes, this::event)) {
            call.end(new EngineFailure.Broken("an event of the engine has no end"));
        }
    }

    private void event(SseEvent event) {
        String data = event.data();
        if (data.isEmpty() || whole.future().isComplete()) {
            return;
        }
        if (data.equals(DONE)) {
            complete();
            return;
        }
        try {
            JsonNode chunk = JSON.readTree(data);
            if (chunk.path("error").isObject()) {
                int status = chunk.path("error").path("code").asInt(500);
                call.end(EngineErrors.read(status, Buffer.buffer(data)));
            } else if (!chunk.path("choices").isArray()) {
                call.end(new EngineFailure.Broken("the engine's stream holds what is no answer"));
            } else if (!joined.add(chunk)) {
                call.end(new EngineFailure.Broken("the engine's answer has no end"));
            }
        } catch (JsonProcessingException nonsense) {
            call.end(new EngineFailure.Broken("the engine's stream holds what is no answer"));
        }
    }

    private void complete() {
        if (whole.future().isComplete()) {
            return;
        }
        if (joined.finished()) {
            whole.complete(joined.json());
        } else {
            call.end(new EngineFailure.Broken("the engine's stream ended early"));
        }
    }
}
