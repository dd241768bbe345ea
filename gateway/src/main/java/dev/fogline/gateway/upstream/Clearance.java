package dev.fogline.gateway.upstream;

import io.vertx.core.Future;

/** Asked each time that a body is about to be sent, on a connection that is there: only what it lets go is sent. */
public interface Clearance {
    /** Lets everything go at once. */
    Clearance NOT_NEEDED = again -> Future.succeededFuture();

    /**
     * Completes on the caller's event loop; whatever it fails with, the body is not sent.
     *
     * @param again the body was sent before, on a kept connection that turned out to be closed
     */
    Future<Void> toSend(boolean again);
}
