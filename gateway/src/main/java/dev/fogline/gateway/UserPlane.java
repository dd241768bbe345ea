package dev.fogline.gateway;

import dev.fogline.gateway.config.Access;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** The user plane's servers of one event loop: {@code localhost} as IPv4 and, where the machine has it, as IPv6. */
final class UserPlane extends AbstractVerticle {
    private final Access access;
    private final Duration patience;
    private final BiFunction<Vertx, Context, Routes> routes;

    /** @param patience how long a connection may bring no request */
    UserPlane(Access access, Duration patience, BiFunction<Vertx, Context, Routes> routes) {
        this.access = access;
        this.patience = patience;
        this.routes = routes;
    }

    static List<String> loopbackHosts() {
        var hosts = new ArrayList<>(List.of("127.0.0.1"));
        try {
            boolean v6 = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getHostAddress)
                    .anyMatch(address -> address.startsWith("0:0:0:0:0:0:0:1"));
            if (v6) {
                hosts.add("::1");
            }
        } catch (SocketException e) {
            // Without a list of interfaces IPv4 is what there is.
        }
        return hosts;
    }

    @Override
    public void start(Promise<Void> started) {
        Routes mine = routes.apply(vertx, context);
        SilentConnections silent = new SilentConnections(context, access.port(), patience);
        var listening = new ArrayList<Future<HttpServer>>();
        for (String host : access.host().equals("localhost") ? loopbackHosts() : List.of(access.host())) {
            listening.add(vertx.createHttpServer(new HttpServerOptions()
                            .setHost(host)
                            .setPort(access.port())
                            .setHttp2ClearTextEnabled(true)
                            .setCompressionSupported(false)
                            // Nobody opens a web socket here, and their extensions' handlers see every request.
                            .setPerFrameWebSocketCompressionSupported(false)
                            .setPerMessageWebSocketCompressionSupported(false)
                            .setMaxHeaderSize(32 * 1024)
                            .setMaxInitialLineLength(8 * 1024)
                            .setTcpNoDelay(true)
                            .setIdleTimeout(0))
                    .requestHandler(http -> {
                        silent.arrived(http);
                        mine.route(http);
                    })
                    .invalidRequestHandler(Routes::invalid)
                    .listen());
        }
        Future.all(listening).<Void>mapEmpty().onComplete(started);
    }
}
