package dev.fogline.gateway;

import dev.fogline.gateway.api.Failure;
import dev.fogline.policies.Target;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** What a client reads beside the answer: an allow-list, from us and from the upstream. */
final class ResponseHeaders {
    private static final CharSequence DECISION = HttpHeaders.createOptimized("X-Fogline-Decision");
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
    private static final CharSequence TIER = HttpHeaders.createOptimized("X-Fogline-Tier");
    private static final CharSequence TARGET = HttpHeaders.createOptimized("X-Fogline-Target");
    private static final CharSequence REASON = HttpHeaders.createOptimized("X-Fogline-Reason");
    private static final String RATE_LIMIT = "x-ratelimit-";

    private ResponseHeaders() {}

    static void fogline(HttpServerResponse client, ChatExchange exchange) {
        client.putHeader(DECISION, exchange.id()).putHeader(REQUEST_ID, exchange.id());
        Target target = exchange.servedBy();
        if (target != null) {
            client.putHeader(TIER, target.tier().label()).putHeader(TARGET, target.id());
        }
        if (!exchange.reason().isEmpty()) {
            client.putHeader(REASON, exchange.reason());
        }
    }

    static void fromUpstream(HttpServerResponse client, MultiMap upstream) {
        for (var header : upstream) {
            String name = header.getKey();
            if (name.equalsIgnoreCase("retry-after")
                    || name.equalsIgnoreCase("openai-processing-ms")
                    || name.regionMatches(true, 0, RATE_LIMIT, 0, RATE_LIMIT.length())) {
                client.putHeader(name, header.getValue());
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
        if (failure.status() == 413 || failure.status() == 408) {
            client.putHeader(HttpHeaders.CONNECTION, "close");
        }
        if (failure instanceof Failure.MethodNotAllowed method) {
            client.putHeader(HttpHeaders.ALLOW, method.allowed());
        }
    }
}
