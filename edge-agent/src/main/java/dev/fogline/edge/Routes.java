package dev.fogline.edge;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** URL to handler: the whole public surface of the user port. */
final class Routes {
    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "::1");

    private final InferenceHandler inference;
    private final StatusPage status;

    Routes(InferenceHandler inference, StatusPage status) {
        this.inference = inference;
        this.status = status;
    }

    void handle(HttpServerRequest request) {
        Failure foreign = foreign(request);
        if (foreign != null) {
            ErrorBody.send(request.response(), foreign);
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

    /** This port needs no credential, so a web page must not reach it: neither by a name that was bent to it, nor across origins. */
    private static @Nullable Failure foreign(HttpServerRequest request) {
        String host = request.authority() == null ? "" : request.authority().host();
        if (!local(host)) {
            return new Failure.Http(421, "misdirected_request", "This port answers to localhost only.");
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !local(hostOf(origin))) {
            return new Failure.Http(403, "forbidden_origin", "Pages of other sites may not use this port.");
        }
        return null;
    }

    private static boolean local(@Nullable String host) {
        return host != null
                && LOCAL_NAMES.contains(
                        host.toLowerCase(Locale.ROOT).replace("[", "").replace("]", ""));
    }

    private static @Nullable String hostOf(String origin) {
        try {
            return URI.create(origin).getHost();
        } catch (IllegalArgumentException opaque) {
            return null;
        }
    }
}
