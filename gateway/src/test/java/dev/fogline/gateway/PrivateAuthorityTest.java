package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Availability;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An edge that shows a certificate of its operator's own authority: to the poll of its status as to a call. */
class PrivateAuthorityTest {
    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    private static Path folder;

    private static Path certificate;
    private static ScriptedUpstream edge;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Path store = folder.resolve("edge.p12");
        certificate = folder.resolve("edge.pem");
        keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        keytool(store, "-exportcert", "-rfc", "-file", certificate.toString());
        edge = new ScriptedUpstream(
                VERTX,
                new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                new PfxOptions().setPath(store.toString()).setPassword("changeit")));
    }

    @AfterAll
    static void stop() {
        edge.close();
        Blocking.get(VERTX.close());
    }

    @Test
    void an_edge_whose_authority_is_named_becomes_ready_and_serves() {
        try (var fogline = gateway("ca: '" + certificate + "'")) {
            Blocking.until("edge/tls is ready", () -> availability(fogline) == Availability.READY);
            assertThat(edge.statusCredentials()).isNotEmpty().containsOnly("Bearer secret-1");
            assertThat(fogline.chat(HI.replace("auto", "edge/tls")).statusCode())
                    .isEqualTo(200);
        } finally {
            edge.statusCredentials().clear();
        }
    }

    @Test
    void an_edge_whose_authority_nobody_vouches_for_is_not_even_asked_for_its_status() {
        try (var fogline = gateway("limits: { connect: 2s }")) {
            Blocking.until("edge/tls is out of reach", () -> availability(fogline) == Availability.UNREACHABLE);
            assertThat(fogline.chat(HI.replace("auto", "edge/tls")).statusCode())
                    .isEqualTo(503);
            assertThat(edge.statusCredentials()).isEmpty();
        }
    }

    private static GatewayFixture gateway(String more) {
        return new GatewayFixture(
                "  - { id: edge/tls, model: small, base-url: 'https://localhost:" + edge.port()
                        + "/v1', key: '${TEST_KEY}', " + more + " }",
                Map.of());
    }

    private static Availability availability(GatewayFixture fogline) {
        return fogline.gateway.fleet().snapshot().candidates().stream()
                .filter(candidate -> candidate.target().id().equals("edge/tls"))
                .findFirst()
                .orElseThrow()
                .status()
                .availability();
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-alias", "edge", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", "changeit"));
        Process running = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(running.waitFor()).isZero();
    }
}
