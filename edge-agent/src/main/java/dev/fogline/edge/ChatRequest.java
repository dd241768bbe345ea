package dev.fogline.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * A chat request as the engine will get it.
 *
 * @param fields rebuilt from the fields that are known to be safe; the model's name and the form of the answer are
 *     still missing
 * @param stream the caller wants a stream
 * @param usageWanted the caller asked for the usage event of a stream
 * @param dropped names of fields that were left out, {@code other} for unknown ones
 */
record ChatRequest(ObjectNode fields, boolean stream, boolean usageWanted, List<String> dropped) {

    /** @param streamed how the engine is to answer, which need not be how the caller gets it */
    Buffer body(String model, boolean streamed) {
        fields.put("model", model);
        fields.put("stream", streamed);
        if (streamed) {
            // Always asked for, so that tokens and speed are known; the extra event is not relayed unless wanted.
            fields.putObject("stream_options").put("include_usage", true);
        }
        return Buffer.buffer(fields.toString());
    }

    /**
     * Whether the chunks of a stream hold all that a whole answer does. llama.cpp leaves the probabilities of tokens out
     * of a stream whose text it holds back for a moment, as it does for stop words and formats.
     */
    boolean sameWhenStreamed() {
        return !fields.path("logprobs").asBoolean() || !(fields.has("stop") || fields.has("response_format"));
    }
}
