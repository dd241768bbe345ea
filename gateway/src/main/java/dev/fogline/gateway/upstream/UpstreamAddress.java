package dev.fogline.gateway.upstream;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a target is and how to connect.
 *
 * @param baseUrl with its own path, without a slash at the end
 * @param keepAlive how long an idle connection is kept
 * @param concurrent calls at one time; there are as many connections, so that none waits for another
 * @param localOnly nothing is sent unless the connection's other end has a loopback or private address
 * @param ca certificates of the authorities to trust instead of the system's, PEM
 * @param proxy the HTTP proxy to go through
 */
public record UpstreamAddress(
        URI baseUrl,
        Duration connect,
        Duration keepAlive,
        int concurrent,
        boolean localOnly,
        Optional<String> ca,
        Optional<URI> proxy) {

    /** Loopback, RFC 1918, link-local, or an IPv6 unique local address: a network that the operator owns. */
    public static boolean isLocal(InetAddress address) {
        boolean uniqueLocal = address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || uniqueLocal;
    }

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
