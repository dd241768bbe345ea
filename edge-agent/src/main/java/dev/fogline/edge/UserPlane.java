package dev.fogline.edge;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The servers of the user port: on each loopback address of the machine, one per event loop. */
final class UserPlane {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final Vertx vertx;
    private final String host;
    private final int port;
    private final Duration patience;
    private final Handler<HttpServerRequest> routes;

    UserPlane(Vertx vertx, String host, int port, Handler<HttpServerRequest> routes) {
        this(vertx, host, port, PATIENCE, routes);
    }

    /** @param patience how long a connection may bring no request */
    UserPlane(Vertx vertx, String host, int port, Duration patience, Handler<HttpServerRequest> routes) {
        this.patience = patience;
        this.vertx = vertx;
        this.host = host;
        this.port = port;
        this.routes = routes;
    }

    /** Completes when every address listens; fails if the port is taken. */
    Future<Void> listen() {
        List<String> hosts = host.equals("localhost") ? loopbacks() : List.of(host);
        int instances = Runtime.getRuntime().availableProcessors();
        return vertx.deployVerticle(() -> new Plane(hosts), new DeploymentOptions().setInstances(instances))
                .mapEmpty();
    }

    private static List<String> loopbacks() {
        List<String> hosts = new ArrayList<>(List.of("127.0.0.1"));
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK_6))) {
            if (probe.isBound()) {
                hosts.add("::1");
            }
        } catch (IOException noIpv6) {
            return hosts;
        }
        return hosts;
    }

    private final class Plane extends AbstractVerticle {
        private final List<String> hosts;

        Plane(List<String> hosts) {
            this.hosts = hosts;
        }

        @Override
        public void start(Promise<Void> started) {
            List<Future<?>> listening = new ArrayList<>();
            SilentConnections silent = new SilentConnections(context, port, patience);
            Handler<HttpServerRequest> handler = request -> {
                silent.arrived(request);
                routes.handle(request);
            };
            for (String host : hosts) {
                HttpServerOptions options = new HttpServerOptions()
                        .setHost(host)
                        .setPort(port)
                        .setHandle100ContinueAutomatically(true)
                        .setMaxHeaderSize(16 * 1024);
                listening.add(
                        vertx.createHttpServer(options).requestHandler(handler).listen());
            }
            Future.all(listening).<Void>mapEmpty().onComplete(started);
        }
    }
}
