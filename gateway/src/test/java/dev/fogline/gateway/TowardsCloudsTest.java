package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static dev.fogline.gateway.GatewayFixture.HI_STREAMED;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cloud behind TLS and a proxy, with a certificate that only its operator knows. */
class TowardsCloudsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<HttpVersion> versions = new CopyOnWriteArrayList<>();
    private final List<String> tunnels = new CopyOnWriteArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile BiConsumer<HttpServerRequest, Buffer> script = ScriptedUpstream::hello;
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
                .connectionHandler(connection -> connection.closeHandler(gone -> closed.incrementAndGet()))
                .requestHandler(request -> request.body().onSuccess(body -> {
                    versions.add(request.version());
                    script.accept(request, body);
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

    @ParameterizedTest
    @ValueSource(strings = {HI_STREAMED, HI})
    void a_client_that_leaves_resets_its_stream_and_the_connection_goes_on(String body) throws Exception {
        var asked = new CopyOnWriteArrayList<HttpServerRequest>();
        var resets = new CopyOnWriteArrayList<Long>();
        script = (request, sent) -> {
            request.response().exceptionHandler(gone -> {
                if (gone instanceof StreamResetException reset) {
                    resets.add(reset.getCode());
                }
            });
            if (body.equals(HI_STREAMED)) {
                ScriptedUpstream.begin(request);
            }
            asked.add(request);
        };
        GatewayFixture fogline = gateway("ca: " + folder.resolve("ca.pem"));
        // Requests of one connection stay on one event loop, which has its own connection to the cloud.
        HttpClient clients = fogline.vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setDefaultHost("localhost")
                .setDefaultPort(fogline.port));
        Asked leaving = ask(clients, body);
        Blocking.until("the cloud has it", () -> asked.size() == 1);
        Asked staying = ask(clients, body);
        Blocking.until("the cloud has both", () -> asked.size() == 2);
        assertThat(asked.get(1).connection()).isSameAs(asked.get(0).connection());

        leaving.request.reset(8);

        Blocking.withinASecond("the cloud's stream is reset", () -> resets.equals(List.of(8L)));
        if (body.equals(HI_STREAMED)) {
            asked.get(1).response().end(ScriptedUpstream.chunk("{}", "\"stop\"") + "data: [DONE]\n\n");
        } else {
            ScriptedUpstream.hello(asked.get(1), Buffer.buffer(body));
        }
        assertThat(Blocking.get(staying.answer).toString()).contains(body.equals(HI_STREAMED) ? "[DONE]" : "Hello");
        script = ScriptedUpstream::hello;
        assertThat(Blocking.get(ask(clients, HI).answer)).hasToString(ScriptedUpstream.WHOLE);
        assertThat(versions).hasSize(3);
        assertThat(closed).as("connections of the cloud that were closed").hasValue(0);
        assertThat(tunnels).as("connections to the cloud").hasSize(1);
    }

    private record Asked(HttpClientRequest request, Future<Buffer> answer) {}

    private static Asked ask(HttpClient client, String body) {
        HttpClientRequest request = Blocking.get(client.request(HttpMethod.POST, "/v1/chat/completions"));
        request.exceptionHandler(reset -> {}).putHeader("Content-Type", "application/json");
        Future<Buffer> answer = request.send(Buffer.buffer(body.replace("auto", "cloud/far")))
                .compose(response -> response.exceptionHandler(reset -> {}).body());
        return new Asked(request, answer);
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
