package dev.fogline.gateway.upstream;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One target as one event loop talks to it: its own client, so that no call changes threads. */
public final class Upstream {
    private final UpstreamAddress address;
    private final Predicate<InetAddress> local;
    private final HttpClient client;

    /** Connections that have carried no request yet. Used by the one event loop. */
    private final Set<HttpConnection> fresh = Collections.newSetFromMap(new IdentityHashMap<>());

    public Upstream(Vertx vertx, UpstreamAddress address) {
        this(vertx, address, UpstreamAddress::isLocal);
    }

    /** @param local which addresses a {@code localOnly} target may have */
    Upstream(Vertx vertx, UpstreamAddress address, Predicate<InetAddress> local) {
        this.address = address;
        this.local = local;
        var options = new HttpClientOptions()
                .setDefaultHost(address.host())
                .setDefaultPort(address.port())
                .setSsl(address.tls())
                .setUseAlpn(address.tls())
                .setProtocolVersion(address.tls() ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
                .setVerifyHost(true)
                .setConnectTimeout((int) address.connect().toMillis())
                .setKeepAliveTimeout((int) Math.max(1, address.keepAlive().toSeconds()))
                // We read the bytes as they are: a compressed answer was never asked for.
                .setDecompressionSupported(false)
                .setMaxHeaderSize(32 * 1024);
        address.ca().ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertPath(pem)));
        address.proxy().ifPresent(proxy -> options.setProxyOptions(proxy(proxy)));
        this.client = vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions()
                        .setHttp1MaxSize(address.concurrent())
                        .setHttp2MaxSize(Math.min(address.concurrent(), 8))
                        .setMaxWaitQueueSize(address.concurrent()))
                .withConnectHandler(connection -> {
                    MergedBody.of(connection);
                    fresh.add(connection);
                    connection.closeHandler(closed -> fresh.remove(connection));
                })
                .build();
    }

    private static ProxyOptions proxy(URI proxy) {
        var options = new ProxyOptions()
                .setType(ProxyType.HTTP)
                .setHost(proxy.getHost())
                .setPort(proxy.getPort() > 0 ? proxy.getPort() : 3128);
        String user = proxy.getUserInfo();
        if (user != null) {
            int colon = user.indexOf(':');
            options.setUsername(colon < 0 ? user : user.substring(0, colon));
            options.setPassword(colon < 0 ? "" : user.substring(colon + 1));
        }
        return options;
    }

    /**
     * Posts a body to a path under the base URL once it may be sent. The call is on its way when this returns.
     *
     * @param headers puts them into a request that has none but its host
     */
    public UpstreamCall post(String path, Consumer<MultiMap> headers, Buffer body, Clearance clearance) {
        var options = new RequestOptions().setMethod(HttpMethod.POST).setURI(address.path(path));
        return new UpstreamCall(this, options, headers, body, clearance);
    }

    /** Asks for a page of the target's server, whatever the path of the base URL. The call is on its way when this returns. */
    UpstreamCall get(String page, Consumer<MultiMap> headers) {
        var options = new RequestOptions().setMethod(HttpMethod.GET).setURI(page);
        return new UpstreamCall(this, options, headers, Buffer.buffer(), Clearance.NOT_NEEDED);
    }

    Future<HttpClientRequest> connect(RequestOptions options) {
        return client.request(options);
    }

    /** Whether the connection has carried a request before; asked once for each request. */
    boolean reused(HttpConnection connection) {
        return !fresh.remove(connection);
    }

    /** Checked on the connection itself, after DNS: a name may point elsewhere at every connect. */
    boolean mayTalkTo(HttpConnection connection) {
        if (!address.localOnly()) {
            return true;
        }
        byte[] remote = NetUtil.createByteArrayFromIpAddressString(
                connection.remoteAddress().hostAddress());
        try {
            return remote != null && local.test(InetAddress.getByAddress(remote));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    public void close() {
        client.close();
    }
}
