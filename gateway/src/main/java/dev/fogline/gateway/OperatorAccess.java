package dev.fogline.gateway;

import dev.fogline.gateway.admin.Problem;
import dev.fogline.gateway.api.Callers;
import dev.fogline.gateway.config.GatewayConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Who may call the operator plane. Health stays open: it says up or down, and probes have no token. */
@ApplicationScoped
class OperatorAccess {
    private static final int FIRST = 1000;

    void guard(@Observes Filters filters, GatewayConfig config) {
        var operators = config.operators();
        var callers = new Callers(operators.keys(), operators.hosts(), operators.origins(), true);
        filters.register(
                route -> {
                    if (isHealth(route.normalizedPath())) {
                        route.next();
                    } else {
                        callers.refuse(route.request())
                                .ifPresentOrElse(why -> refuse(route, why.status(), why.message()), route::next);
                    }
                },
                FIRST);
    }

    private static boolean isHealth(String path) {
        return path.equals("/health/live") || path.equals("/health/ready");
    }

    private static void refuse(RoutingContext route, int status, String detail) {
        var problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", "Refused")
                .put("status", status)
                .put("detail", detail);
        route.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(problem.toBuffer());
    }
}
