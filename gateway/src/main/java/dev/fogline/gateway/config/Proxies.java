package dev.fogline.gateway.config;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** The proxy that the environment names, as curl and others read it: HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
final class Proxies {
    private Proxies() {}

    static Optional<URI> of(Environment environment, URI target) {
        String host = target.getHost().toLowerCase(Locale.ROOT);
        if (isHere(host) || isExempt(host, either(environment, "NO_PROXY").orElse(""))) {
            return Optional.empty();
        }
        // An upper-case HTTP_PROXY could come from a request's header in a CGI program; like curl we read only the
        // lower-case one.
        return (target.getScheme().equals("https")
                        ? either(environment, "HTTPS_PROXY")
                        : environment.value("http_proxy"))
                .map(Proxies::parse);
    }

    private static Optional<String> either(Environment environment, String name) {
        return environment.value(name.toLowerCase(Locale.ROOT)).or(() -> environment.value(name));
    }

    private static boolean isHere(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }

    private static boolean isExempt(String host, String list) {
        for (String entry : list.split(",", -1)) {
            String name = entry.strip().toLowerCase(Locale.ROOT);
            String suffix = name.startsWith("*.") ? name.substring(1) : name.startsWith(".") ? name : "." + name;
            if (name.equals("*") || (!name.isEmpty() && (host.equals(name) || host.endsWith(suffix)))) {
                return true;
            }
        }
        return false;
    }

    private static URI parse(String text) {
        try {
            URI proxy = URI.create(text.contains("://") ? text : "http://" + text);
            if ("http".equals(proxy.getScheme()) && proxy.getHost() != null) {
                return proxy;
            }
        } catch (IllegalArgumentException e) {
            // answered below; the value may hold a password
        }
        throw new ConfigException("the proxy in the environment must be http://[USER:PASSWORD@]HOST:PORT");
    }
}
