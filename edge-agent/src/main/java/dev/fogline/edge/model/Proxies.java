package dev.fogline.edge.model;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The proxy of {@code HTTPS_PROXY} and {@code NO_PROXY}, which the JDK's client does not read by itself. */
final class Proxies extends ProxySelector {
    private final @Nullable URI proxy;
    private final List<String> direct;

    private Proxies(@Nullable URI proxy, List<String> direct) {
        this.proxy = proxy;
        this.direct = direct;
    }

    static Proxies of(Environment environment) {
        URI proxy = environment
                .variable("HTTPS_PROXY")
                .or(() -> environment.variable("https_proxy"))
                .flatMap(Proxies::address)
                .orElse(null);
        String direct = environment
                .variable("NO_PROXY")
                .or(() -> environment.variable("no_proxy"))
                .orElse("");
        return new Proxies(
                proxy,
                Stream.of(direct.split("[,\\s]+"))
                        .filter(entry -> !entry.isEmpty())
                        .map(entry -> entry.toLowerCase(Locale.ROOT))
                        .toList());
    }

    /** Only HTTP proxies: the JDK's client knows no other. */
    private static Optional<URI> address(String value) {
        try {
            URI uri = URI.create(value.contains("://") ? value : "http://" + value);
            return uri.getHost() == null || !uri.getScheme().startsWith("http") ? Optional.empty() : Optional.of(uri);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Proxy> select(URI target) {
        URI via = proxy;
        if (via == null || Addresses.isLoopback(target) || !"https".equals(target.getScheme()) || isDirect(target)) {
            return List.of(Proxy.NO_PROXY);
        }
        int port = via.getPort() > 0 ? via.getPort() : 80;
        return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(via.getHost(), port)));
    }

    /** As curl reads it: {@code *}, a host, or a domain with all below it, with or without a leading dot. */
    private boolean isDirect(URI target) {
        String host = target.getHost().toLowerCase(Locale.ROOT);
        return direct.stream().anyMatch(entry -> {
            String name = entry.startsWith(".") ? entry.substring(1) : entry;
            return entry.equals("*") || host.equals(name) || host.endsWith("." + name);
        });
    }

    /** The proxy's user and password, if its address has them; for nobody but a proxy. */
    Optional<Authenticator> authenticator() {
        URI via = proxy;
        if (via == null || via.getRawUserInfo() == null) {
            return Optional.empty();
        }
        String[] parts = via.getRawUserInfo().split(":", 2);
        String user = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
        char[] password = (parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "").toCharArray();
        return Optional.of(new Authenticator() {
            @Override
            protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                return getRequestorType() == RequestorType.PROXY ? new PasswordAuthentication(user, password) : null;
            }
        });
    }

    @Override
    public void connectFailed(URI target, SocketAddress address, IOException failure) {
        // The client reports the failure to its caller.
    }
}
