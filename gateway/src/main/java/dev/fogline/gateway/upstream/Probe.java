package dev.fogline.gateway.upstream;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks one target for a small page, under the rules that hold for its calls: the authorities it is trusted by, and no
 * byte, least of all a credential, to an address that it may not have.
 *
 * <p>Used by one event loop only.
 */
public final class Probe {
    private static final int MAX_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final Upstream upstream;
    private final String page;
    private final Optional<String> token;
    private final Duration within;

    /**
     * @param page its path on the target's server
     * @param token sent as a bearer token
     * @param within from the question to the last byte of the answer
     */
    public Probe(Vertx vertx, Upstream upstream, String page, Optional<String> token, Duration within) {
        this.vertx = vertx;
        this.upstream = upstream;
        this.page = page;
        this.token = token;
        this.within = within;
    }

    /** The page, at most 64 KiB; fails with {@link UpstreamException}. */
    public Future<Buffer> ask() {
        UpstreamCall call = upstream.get(page, this::headers);
        long timer = vertx.setTimer(within.toMillis(), late -> call.stop(new UpstreamFailure.Late("status")));
        return call.response()
                .compose(head -> {
                    if (head.statusCode() != 200) {
                        var failure = new UpstreamFailure.BadStatus(head.statusCode());
                        call.stop(failure);
                        return Future.failedFuture(new UpstreamException(failure));
                    }
                    return call.whole(head, MAX_BYTES);
                })
                .onComplete(done -> vertx.cancelTimer(timer));
    }

    private void headers(MultiMap headers) {
        headers.set(HttpHeaders.ACCEPT, "application/json");
        token.ifPresent(secret -> headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + secret));
    }

    public void close() {
        upstream.close();
    }
}
