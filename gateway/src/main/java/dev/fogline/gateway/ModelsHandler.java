package dev.fogline.gateway;

import dev.fogline.gateway.api.ErrorBody;
import dev.fogline.gateway.api.Failure;
import dev.fogline.gateway.api.ModelNames;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** {@code GET /v1/models} and {@code /v1/models/ID}, where ID may have its slashes raw or encoded. */
final class ModelsHandler {
    private final ModelNames names;

    ModelsHandler(ModelNames names) {
        this.names = names;
    }

    void list(HttpServerRequest http) {
        var data = new JsonArray();
        names.listed().forEach(name -> data.add(model(name)));
        answer(http.response(), new JsonObject().put("object", "list").put("data", data));
    }

    void one(HttpServerRequest http, String rawId) {
        String id;
        try {
            id = URLDecoder.decode(rawId.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            id = "";
        }
        if (names.listed().contains(id)) {
            answer(http.response(), model(id));
            return;
        }
        var failure =
                new Failure.ModelNotFound("no model has that name; there are " + String.join(", ", names.listed()));
        ResponseHeaders.failure(http.response(), failure);
        http.response().setStatusCode(failure.status()).end(ErrorBody.json(failure));
    }

    private static JsonObject model(String name) {
        return new JsonObject()
                .put("id", name)
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", "fogline");
    }

    private static void answer(HttpServerResponse response, JsonObject body) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(body.toBuffer());
    }
}
