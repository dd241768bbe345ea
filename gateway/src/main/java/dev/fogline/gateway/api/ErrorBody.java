package dev.fogline.gateway.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** OpenAI's error envelope, whole or as the last event of a stream. */
public final class ErrorBody {
    private ErrorBody() {}

    public static Buffer json(Failure failure) {
        String param =
                failure instanceof Failure.Invalid invalid && !invalid.param().isEmpty() ? invalid.param() : null;
        return new JsonObject()
                .put(
                        "error",
                        new JsonObject()
                                .put("message", failure.message())
                                .put("type", failure.type())
                                .put("param", param)
                                .put("code", failure.code()))
                .toBuffer();
    }

    /** The event after which a stream ends without {@code [DONE]}. */
    public static Buffer event(Failure failure) {
        return Buffer.buffer("data: ").appendBuffer(json(failure)).appendString("\n\n");
    }
}
