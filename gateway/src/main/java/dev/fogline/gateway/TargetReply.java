package dev.fogline.gateway;

import dev.fogline.gateway.api.StreamedAnswer;
import dev.fogline.gateway.api.WholeAnswer;
import dev.fogline.gateway.upstream.UpstreamCall;
import dev.fogline.policies.Target;
import dev.fogline.policies.latency.Temperature;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** What a target gave: the exchange is committed to it. */
sealed interface TargetReply {
    /** The upstream's headers. */
    MultiMap headers();

    /** A whole answer. */
    record Whole(MultiMap headers, WholeAnswer answer) implements TargetReply {}

    /** A stream whose first event is there; the response is paused. */
    record Streaming(HttpClientResponse response, UpstreamCall call, StreamedAnswer answer) implements TargetReply {
        @Override
        public MultiMap headers() {
            return response.headers();
        }
    }

    /** The upstream says that the request itself is wrong (400, 413, 422): its words go to the client. */
    record PassedOn(int status, MultiMap headers, Buffer body) implements TargetReply {}

    /** A reply together with who gave it. */
    record From(
            Target target,
            TargetLink link,
            long sentNanos,
            Temperature found,
            Spending.Hold money,
            TargetReply reply) {}
}
