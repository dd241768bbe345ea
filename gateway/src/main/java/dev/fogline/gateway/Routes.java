package dev.fogline.gateway;

import dev.fogline.gateway.api.ErrorBody;
import dev.fogline.gateway.api.Failure;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** URL to handler: the whole user plane on one screen. Nothing of the operator plane answers here. */
final class Routes {
    private static final String MODELS = "/v1/models";

    private final ChatHandler chat;
    private final ModelsHandler models;

    Routes(ChatHandler chat, ModelsHandler models) {
        this.chat = chat;
        this.models = models;
    }

    void route(HttpServerRequest http) {
        String path = http.path() == null ? "" : http.path();
        if (path.equals("/v1/chat/completions")) {
            chat.handle(http);
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
