package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cloud behind TLS and a proxy, with a certificate that only its operator knows. */
class TowardsCloudsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<HttpVersion> versions = new CopyOnWriteArrayList<>();
    private final List<String> tunnels = new CopyOnWriteArrayList<>();
    private HttpServer cloud;
    private NetServer proxy;
    private @Nullable GatewayFixture started;

    @BeforeEach
    void start() throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=cloud.example.org",
                "-ext",
                "SAN=dns:cloud.example.org");
        keytool("-exportcert", "-alias", "a", "-rfc", "-file", "ca.pem");
        cloud = Blocking.get(vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(new PfxOptions()
                                .setPath(folder.resolve("keys.p12").toString())
                                .setPassword(PASSWORD)))
                .exceptionHandler(refusedHandshake -> {})
                .requestHandler(request -> request.body().onSuccess(body -> {
                    versions.add(request.version());
                    ScriptedUpstream.hello(request, body);
                }))
                .listen(0, "127.0.0.1"));
        proxy = Blocking.get(
                vertx.createNetServer().connectHandler(this::tunnel).listen(0, "127.0.0.1"));
    }

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
        Blocking.get(vertx.close());
    }

    /** Whatever name is asked for, it is the cloud's. */
    private void tunnel(NetSocket client) {
        client.handler(head -> {
            client.pause();
            tunnels.add(head.toString().lines().findFirst().orElse(""));
            vertx.createNetClient().connect(cloud.actualPort(), "127.0.0.1").onSuccess(server -> {
                client.write(Buffer.buffer("HTTP/1.1 200 OK\r\n\r\n"));
                client.pipeTo(server);
                server.pipeTo(client);
            });
        });
    }

    @Test
    void a_cloud_is_reached_through_the_proxy_with_its_own_authority_over_http_2() {
        GatewayFixture fogline = gateway("ca: " + folder.resolve("ca.pem"));
        assertThat(fogline.chat(HI.replace("auto", "cloud/far")).body()).isEqualTo(ScriptedUpstream.WHOLE);
        assertThat(versions).containsExactly(HttpVersion.HTTP_2);
        assertThat(tunnels).hasSize(1).first().asString().startsWith("CONNECT cloud.example.org:443 ");
    }

    @Test
    void a_certificate_of_an_unknown_authority_is_refused_before_anything_is_sent() {
        GatewayFixture fogline = gateway("usage: ask");
        assertThat(fogline.chat(HI.replace("auto", "cloud/far")).statusCode()).isEqualTo(503);
        assertThat(tunnels).isNotEmpty();
        assertThat(versions).isEmpty();
    }

    private GatewayFixture gateway(String settings) {
        GatewayFixture fixture = new GatewayFixture(
                "  - { id: cloud/far, base-url: 'https://cloud.example.org/v1', " + settings + " }",
                Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.actualPort()));
        started = fixture;
        return fixture;
    }

    /** The JDK's own tool: nothing else here makes a certificate. */
    private void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", "keys.p12", "-storetype", "PKCS12", "-storepass", PASSWORD));
        Path output = folder.resolve("keytool.txt");
        Process tool = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(tool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tool.exitValue()).as(Files.readString(output)).isZero();
    }
}
