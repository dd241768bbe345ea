package dev.fogline.edge;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** URL to handler: the whole public surface of the user port. */
final class Routes {
    private final InferenceHandler inference;
    private final StatusPage status;
    private final Callers callers;

    Routes(InferenceHandler inference, StatusPage status, Callers callers) {
        this.inference = inference;
        this.status = status;
        this.callers = callers;
    }

    void handle(HttpServerRequest request) {
        Failure refused = callers.refuse(request);
        if (refused != null) {
            ErrorBody.send(request.response(), refused);
            return;
        }
        String path = String.valueOf(request.path());
        switch (path) {
            case "/v1/chat/completions" -> {
                if (allowed(request, HttpMethod.POST)) {
                    inference.handle(request);
                }
            }
            case "/v1/models" -> {
                if (allowed(request, HttpMethod.GET)) {
                    json(request, status.models());
                }
            }
            case "/status" -> {
                if (allowed(request, HttpMethod.GET)) {
                    json(request, status.status());
                }
            }
            default ->
                ErrorBody.send(
                        request.response(), new Failure.Http(404, "not_found", "There is nothing at this path."));
        }
    }

    private static boolean allowed(HttpServerRequest request, HttpMethod method) {
        if (request.method().equals(method)
                || (method.equals(HttpMethod.GET) && request.method().equals(HttpMethod.HEAD))) {
            return true;
        }
        request.response().putHeader("Allow", method.name());
        ErrorBody.send(request.response(), new Failure.Http(405, "method_not_allowed", "Use " + method.name() + "."));
        return false;
    }

    private static void json(HttpServerRequest request, JsonObject body) {
        request.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(body.toBuffer());
    }
}
