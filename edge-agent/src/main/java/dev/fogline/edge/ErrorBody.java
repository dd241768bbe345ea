package dev.fogline.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** {@link Failure} to OpenAI's error envelope. */
final class ErrorBody {
    private ErrorBody() {}

    static Buffer of(Failure failure) {
        return new JsonObject()
                .put(
                        "error",
                        new JsonObject()
                                .put("message", failure.message())
                                .put("type", failure.type())
                                .putNull("param")
                                .put("code", failure.code()))
                .toBuffer();
    }

    /** As the last event of a stream that has begun. */
    static Buffer event(Failure failure) {
        return Buffer.buffer("data: ").appendBuffer(of(failure)).appendString("\n\n");
    }

    static void send(HttpServerResponse response, Failure failure) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(failure.status()).putHeader("Content-Type", "application/json");
        failure.retryAfter().ifPresent(seconds -> response.putHeader("Retry-After", String.valueOf(seconds)));
        if (failure.hopeless()) {
            response.putHeader("x-should-retry", "false");
        }
        response.end(of(failure));
    }
}
