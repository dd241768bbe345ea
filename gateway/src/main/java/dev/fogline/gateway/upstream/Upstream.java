package dev.fogline.gateway.upstream;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;

/** One target as one event loop talks to it: its own client, so that no call changes threads. */
public final class Upstream {
    private final UpstreamAddress address;
    private final HttpClient client;

    public Upstream(Vertx vertx, UpstreamAddress address) {
        this.address = address;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setDefaultHost(address.host())
                .setDefaultPort(address.port())
                .setSsl(address.tls())
                .setUseAlpn(address.tls())
                .setProtocolVersion(address.tls() ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
                .setVerifyHost(true)
                .setConnectTimeout((int) address.connect().toMillis())
                .setKeepAliveTimeout((int) Math.max(1, address.keepAlive().toSeconds()))
                .setMaxPoolSize(address.concurrent())
                .setHttp2MaxPoolSize(Math.min(address.concurrent(), 8))
                .setMaxWaitQueueSize(address.concurrent())
                // We read the bytes as they are: a compressed answer was never asked for.
                .setDecompressionSupported(false)
                .setMaxHeaderSize(32 * 1024));
    }

    /** Posts a body to a path under the base URL. The call is on its way when this returns. */
    public UpstreamCall post(String path, MultiMap headers, Buffer body) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setURI(address.path(path))
                .setHeaders(headers);
        return new UpstreamCall(client.request(options), body);
    }

    public void close() {
        client.close();
    }
}
