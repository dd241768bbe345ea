package dev.fogline.gateway.api;

import dev.fogline.policies.Tenant;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may call a port. With keys: whoever sends one. Without: programs of this machine, and no web page that a browser on
 * it happens to show: the Host must be this machine (a page that rebinds its DNS name sends its own), and the Origin must
 * be absent, listed, or, where the port serves pages itself, the port's own.
 */
public final class Callers {
    private static final String BEARER = "bearer ";
    private static final String EXPOSED =
            "x-request-id, X-Fogline-Decision, X-Fogline-Tier, X-Fogline-Target, X-Fogline-Reason, Retry-After";

    private static final Pattern DOTTED_DIGITS = Pattern.compile("[0-9.]{7,15}");

    private final List<Key> keys;
    private final Set<String> hosts;
    private final Set<String> origins;
    private final boolean ownPages;

    private record Key(byte[] digest, Tenant tenant) {}

    /**
     * @param keys digests of the keys, hexadecimal, and whose they are; empty: no key is needed
     * @param hosts further names that the Host header may have
     * @param origins web origins that may call
     * @param ownPages whether the port serves pages that call it
     */
    public Callers(Map<String, Tenant> keys, Collection<String> hosts, Collection<String> origins, boolean ownPages) {
        this.keys = keys.entrySet().stream()
                .map(key -> new Key(HexFormat.of().parseHex(key.getKey()), key.getValue()))
                .toList();
        this.hosts = Set.copyOf(hosts);
        this.origins = Set.copyOf(origins);
        this.ownPages = ownPages;
    }

    /** Why this caller is turned away; empty when it may go on. */
    public Optional<Failure> refuse(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !origins.contains(origin) && !isOwn(origin, request)) {
            return Optional.of(new Failure.Http(
                    403,
                    "origin_not_allowed",
                    "web pages of another origin may not call; list theirs in cors.origins"));
        }
        if (keys.isEmpty()) {
            return isThisMachine(request)
                    ? Optional.empty()
                    : Optional.of(new Failure.Http(
                            421,
                            "misdirected_request",
                            "the Host must be localhost or a loopback address, or a name listed in hosts"));
        }
        return key(request).isPresent()
                ? Optional.empty()
                : Optional.of(
                        new Failure.Http(401, "invalid_api_key", "send a valid key as 'Authorization: Bearer KEY'"));
    }

    /** The headers that let a listed origin's page read the answer. */
    public void allow(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && origins.contains(origin)) {
            request.response()
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED)
                    .putHeader(HttpHeaders.VARY, "Origin");
        }
    }

    /** Answers a listed origin's question before its request; it carries no key yet. False when it is no such question. */
    public boolean preflight(HttpServerRequest request) {
        MultiMap headers = request.headers();
        String origin = headers.get(HttpHeaders.ORIGIN);
        boolean asks = request.method().name().equals("OPTIONS")
                && origin != null
                && origins.contains(origin)
                && headers.contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        if (asks) {
            allow(request);
            String wanted = headers.get(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
            request.response()
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, wanted == null ? "Content-Type" : wanted)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600")
                    .setStatusCode(204)
                    .end();
        }
        return asks;
    }

    private boolean isOwn(String origin, HttpServerRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        return ownPages && host != null && origin.equals("http://" + host) && isThisMachine(request);
    }

    private boolean isThisMachine(HttpServerRequest request) {
        var authority = request.authority();
        if (authority == null) {
            return false;
        }
        String host = authority.host().toLowerCase(Locale.ROOT);
        if (host.equals("localhost") || host.equals("127.0.0.1") || hosts.contains(host)) {
            return true;
        }
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        // Only literals: a name must not be looked up here.
        boolean literal = bare.indexOf(':') >= 0 || DOTTED_DIGITS.matcher(bare).matches();
        try {
            return literal && InetAddress.getByName(bare).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** On whose behalf a caller that is not turned away comes. */
    public Tenant tenant(HttpServerRequest request) {
        return keys.isEmpty() ? Tenant.NOBODY : key(request).map(Key::tenant).orElse(Tenant.NOBODY);
    }

    private Optional<Key> key(HttpServerRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Optional.empty();
        }
        byte[] sent = sha256(authorization.substring(BEARER.length()).strip());
        Key known = null;
        for (Key key : keys) {
            // Every digest is compared, in constant time: how long it takes says nothing about the key.
            known = MessageDigest.isEqual(key.digest, sent) ? key : known;
        }
        return Optional.ofNullable(known);
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
