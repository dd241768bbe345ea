package dev.fogline.gateway;

import dev.fogline.gateway.api.Waits;
import dev.fogline.gateway.config.Limits;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * What the streams of one target wait for, on one event loop.
 *
 * @param ends for the end of the answer
 * @param events for any event since the last look
 * @param rests for the upstream's end after the answer's
 */
record StreamWaits(Waits ends, Waits events, Waits rests) {
    private static final Duration LINGER = Duration.ofSeconds(1);

    static StreamWaits of(Vertx vertx, Limits limits) {
        return new StreamWaits(
                new Waits(vertx, limits.streamTotal(), System::nanoTime),
                new Waits(vertx, limits.idle(), System::nanoTime),
                new Waits(vertx, LINGER, System::nanoTime));
    }
}
