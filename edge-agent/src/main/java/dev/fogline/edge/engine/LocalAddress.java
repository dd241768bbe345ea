package dev.fogline.edge.engine;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Tells whether a host is this machine or one of the site's own: only there may a prompt of the edge go. */
final class LocalAddress {
    private LocalAddress() {}

    /** The address to connect to, if every address of the name is loopback or private; else empty. Blocks on DNS. */
    static Optional<InetAddress> of(String host) throws UnknownHostException {
        InetAddress[] all = InetAddress.getAllByName(host);
        for (InetAddress address : all) {
            if (!local(address)) {
                return Optional.empty();
            }
        }
        return Optional.of(all[0]);
    }

    private static boolean local(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                // fc00::/7, which Java does not count as site-local
                || (address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc);
    }
}
