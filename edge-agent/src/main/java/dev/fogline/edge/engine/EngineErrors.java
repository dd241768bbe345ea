package dev.fogline.edge.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Locale;

/** Reads what an engine says when it refuses. Its text goes no further: it may quote the prompt. */
final class EngineErrors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EngineErrors() {}

    static EngineFailure read(int status, Buffer body) {
        if (status != 400 && status != 413) {
            return new EngineFailure.Refused(status);
        }
        JsonNode error;
        try {
            error = JSON.readTree(body.getBytes()).path("error");
        } catch (IOException notJson) {
            return new EngineFailure.Refused(status);
        }
        // llama-server since 2025-09; the older one and vLLM have a sentence only.
        String message = error.path("message").asText("").toLowerCase(Locale.ROOT);
        if (error.path("type").asText().equals("exceed_context_size_error")
                || message.contains("maximum context length")
                || message.contains("exceeds the available context size")) {
            return new EngineFailure.ContextExceeded(
                    error.path("n_prompt_tokens").asInt(0), error.path("n_ctx").asInt(0));
        }
        return new EngineFailure.Refused(status);
    }
}
