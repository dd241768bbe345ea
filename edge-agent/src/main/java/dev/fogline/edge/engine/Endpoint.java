package dev.fogline.edge.engine;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where one engine listens.
 *
 * @param root the server's address without {@code /v1}, no slash at the end
 * @param address what the host name stood for when it was checked to be local: the connection goes there and nowhere
 *     else, so that a name that changes its meaning cannot lead a prompt away
 * @param key sent as a bearer token; null for none
 * @param model the name that the engine knows the model by
 */
public record Endpoint(
        URI root, InetAddress address, @Nullable String key, String model) {

    RequestOptions request(HttpMethod method, String path) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(root.getHost())
                .setPort(port())
                .setSsl("https".equalsIgnoreCase(root.getScheme()))
                .setServer(SocketAddress.inetSocketAddress(port(), address.getHostAddress()))
                .setURI((root.getRawPath() == null ? "" : root.getRawPath()) + path);
        if (key != null) {
            options.putHeader("Authorization", "Bearer " + key);
        }
        return options;
    }

    private int port() {
        if (root.getPort() >= 0) {
            return root.getPort();
        }
        return "https".equalsIgnoreCase(root.getScheme()) ? 443 : 80;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return model + " at " + root;
    }
}
