package dev.fogline.edge.model;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Which addresses a download may use. */
final class Addresses {
    private static final Set<String> LOOPBACK = Set.of("localhost", "[::1]");

    private Addresses() {}

    static boolean isLoopback(URI address) {
        String host = address.getHost();
        return host != null && (LOOPBACK.contains(host) || host.matches("127(\\.\\d{1,3}){3}"));
    }

    /** Why not, if not: https everywhere, plain http on this machine only, and no password in the address. */
    static Optional<String> objection(URI address) {
        if (address.getHost() == null) {
            return Optional.of("not an address with a host");
        }
        if (address.getRawUserInfo() != null) {
            return Optional.of("an address with a user or password in it is not taken");
        }
        boolean secure = "https".equals(address.getScheme());
        return secure || ("http".equals(address.getScheme()) && isLoopback(address))
                ? Optional.empty()
                : Optional.of("only https addresses are taken (plain http only on this machine)");
    }

    /** A redirect never leaves https, and never leads from elsewhere to this machine. */
    static boolean mayRedirect(URI from, URI to) {
        return objection(to).isEmpty() && (isLoopback(from) || !isLoopback(to));
    }

    static boolean sameServer(URI a, URI b) {
        return a.getScheme().equalsIgnoreCase(b.getScheme())
                && a.getHost().equalsIgnoreCase(b.getHost())
                && port(a) == port(b);
    }

    /** Without the query and fragment, which may be a signature. */
    static String shown(URI address) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port + address.getRawPath();
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
    }
}
