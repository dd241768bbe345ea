package dev.fogline.gateway.upstream;

import java.net.URI;
import java.time.Duration;

/**
 * Where a target is and how to connect.
 *
 * @param baseUrl with its own path, without a slash at the end
 * @param keepAlive how long an idle connection is kept
 * @param concurrent calls at one time; there are as many connections, so that none waits for another
 */
public record UpstreamAddress(URI baseUrl, Duration connect, Duration keepAlive, int concurrent) {
    boolean tls() {
        return "https".equals(baseUrl.getScheme());
    }

    int port() {
        return baseUrl.getPort() > 0 ? baseUrl.getPort() : tls() ? 443 : 80;
    }

    /** IPv6 literals lose their brackets: the client wants the address itself. */
    String host() {
        String host = baseUrl.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    String path(String under) {
        return (baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath()) + under;
    }
}
