package dev.fogline.gateway;

import dev.fogline.gateway.api.Callers;
import dev.fogline.gateway.api.ErrorBody;
import dev.fogline.gateway.api.Failure;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** URL to handler: the whole user plane on one screen. Nothing of the operator plane answers here. */
final class Routes {
    private static final String MODELS = "/v1/models";

    private final ChatHandler chat;
    private final ModelsHandler models;

    private final Callers callers;
    private final String via;
    private final ActiveExchanges active;

    /** @param via how this process names itself to upstreams; a request that carries it has been here before */
    Routes(ChatHandler chat, ModelsHandler models, Callers callers, String via, ActiveExchanges active) {
        this.active = active;
        this.chat = chat;
        this.models = models;
        this.callers = callers;
        this.via = via;
    }

    void route(HttpServerRequest http) {
        if (Framing.ambiguous(http)) {
            refuseAndClose(
                    http,
                    new Failure.Invalid("the request can be read in more than one way: its target, host or"
                            + " length is not stated once and plainly"));
            return;
        }
        if (Framing.unsound(http)) {
            refuse(http, new Failure.Invalid("a header holds a control character"));
            return;
        }
        if (callers.preflight(http)) {
            return;
        }
        Optional<Failure> refused = callers.refuse(http).or(() -> loop(http)).or(this::stopping);
        if (refused.isPresent()) {
            refuse(http, refused.get());
            return;
        }
        callers.allow(http);
        serve(http);
    }

    private void serve(HttpServerRequest http) {
        String path = http.path() == null ? "" : http.path();
        if (path.equals("/v1/chat/completions")) {
            chat.handle(http, callers.tenant(http));
        } else if (path.equals(MODELS)) {
            get(http, () -> models.list(http));
        } else if (path.startsWith(MODELS + "/")) {
            get(http, () -> models.one(http, path.substring(MODELS.length() + 1)));
        } else {
            refuse(
                    http,
                    new Failure.Http(
                            404, "not_found", "there is no such path here; use /v1/chat/completions or /v1/models"));
        }
    }

    /** A target whose address leads back here, such as OPENAI_BASE_URL set to ourselves, would call itself for ever. */
    private Optional<Failure> loop(HttpServerRequest http) {
        boolean here = http.headers().contains(HttpHeaderNames.VIA)
                && http.headers().getAll(HttpHeaderNames.VIA).stream().anyMatch(line -> line.contains(via));
        return here
                ? Optional.of(new Failure.Http(
                        508, "loop_detected", "this request comes from this gateway: a target's base-url points at it"))
                : Optional.empty();
    }

    private Optional<Failure> stopping() {
        return active.draining()
                ? Optional.of(new Failure.NoTarget("the gateway is about to stop and takes nothing new"))
                : Optional.empty();
    }

    /** What HTTP's own parser refuses: a request line or headers that are too long or malformed. */
    static void invalid(HttpServerRequest http) {
        Throwable cause = http.decoderResult().cause();
        Failure failure = cause instanceof TooLongHttpHeaderException
                ? new Failure.Http(431, "headers_too_large", "the headers are larger than 32 KiB")
                : cause instanceof TooLongHttpLineException
                        ? new Failure.Http(414, "uri_too_long", "the request line is longer than 8 KiB")
                        : new Failure.Invalid("the request is not valid HTTP");
        refuseAndClose(http, failure);
    }

    /** The response is not ended: whatever follows on the connection waits for that, and goes with the connection. */
    private static void refuseAndClose(HttpServerRequest http, Failure failure) {
        Buffer body = ErrorBody.json(failure);
        ResponseHeaders.failure(http.response(), failure);
        http.response()
                .setStatusCode(failure.status())
                .putHeader(HttpHeaders.CONNECTION, "close")
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                .write(body)
                .onComplete(sent -> http.connection().close());
    }

    private static void get(HttpServerRequest http, Runnable handler) {
        if (http.method().equals(HttpMethod.GET) || http.method().equals(HttpMethod.HEAD)) {
            handler.run();
        } else {
            refuse(http, new Failure.MethodNotAllowed("GET"));
        }
    }

    private static void refuse(HttpServerRequest http, Failure failure) {
        ResponseHeaders.failure(http.response(), failure);
        http.response().setStatusCode(failure.status()).end(ErrorBody.json(failure));
    }
}
