package dev.fogline.edge;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may call a port. With a token: whoever sends it. Without: programs of this machine, and no web page, neither by a
 * name that was bent to this address nor across origins.
 */
final class Callers {
    static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
    private static final String BEARER = "bearer ";

    private final Optional<String> token;

    Callers(Optional<String> token) {
        this.token = token.filter(text -> !text.isBlank());
    }

    /** Why this caller is turned away; null when it may go on. */
    @Nullable
    Failure refuse(HttpServerRequest request) {
        // No page of any site is served here, so whatever sends an Origin is a foreign one, also on this machine.
        if (request.getHeader("Origin") != null) {
            return new Failure.Http(403, "forbidden_origin", "Pages of other sites may not use this port.");
        }
        if (token.isPresent()) {
            return sendsToken(request, token.get())
                    ? null
                    : new Failure.Http(
                            401, "invalid_api_key", "Send the agent's token as 'Authorization: Bearer TOKEN'.");
        }
        String host = request.authority() == null ? "" : request.authority().host();
        return local(host)
                ? null
                : new Failure.Http(421, "misdirected_request", "This port answers to localhost only.");
    }

    private static boolean sendsToken(HttpServerRequest request, String token) {
        String authorization = request.getHeader("Authorization");
        return authorization != null
                && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                // In constant time: how long it takes says nothing about the token.
                && MessageDigest.isEqual(
                        authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8),
                        token.strip().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean local(@Nullable String host) {
        return host != null
                && LOOPBACK.contains(
                        host.toLowerCase(Locale.ROOT).replace("[", "").replace("]", ""));
    }
}
