package dev.fogline.gateway;

import dev.fogline.gateway.api.Failure;
import dev.fogline.policies.Target;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;

/** What a client reads beside the answer: an allow-list, from us and from the upstream. */
final class ResponseHeaders {
    private ResponseHeaders() {}

    static void fogline(HttpServerResponse client, ChatExchange exchange) {
        client.putHeader("X-Fogline-Decision", exchange.id()).putHeader("x-request-id", exchange.id());
        Target target = exchange.servedBy();
        if (target != null) {
            client.putHeader("X-Fogline-Tier", target.tier().label()).putHeader("X-Fogline-Target", target.id());
        }
        if (!exchange.reason().isEmpty()) {
            client.putHeader("X-Fogline-Reason", exchange.reason());
        }
    }

    static void fromUpstream(HttpServerResponse client, MultiMap upstream) {
        for (var header : upstream) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("retry-after") || name.equals("openai-processing-ms") || name.startsWith("x-ratelimit-")) {
                client.putHeader(header.getKey(), header.getValue());
            }
        }
    }

    static void failure(HttpServerResponse client, Failure failure) {
        client.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        failure.retryAfterSeconds()
                .ifPresent(seconds -> client.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(seconds)));
        if (failure.hopeless()) {
            client.putHeader("x-should-retry", "false");
        }
        if (failure.status() == 413) {
            client.putHeader(HttpHeaders.CONNECTION, "close");
        }
        if (failure instanceof Failure.MethodNotAllowed method) {
            client.putHeader(HttpHeaders.ALLOW, method.allowed());
        }
    }
}
