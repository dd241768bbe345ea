package dev.fogline.gateway;

import dev.fogline.gateway.config.ConfigReader;
import dev.fogline.gateway.config.Environment;
import dev.fogline.gateway.config.GatewayConfig;
import dev.fogline.policies.Availability;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The real gateway on a bare Vert.x, with a scripted edge-agent and a scripted cloud behind it. */
final class GatewayFixture implements AutoCloseable {
    static final String HI = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    static final String HI_STREAMED =
            "{\"model\":\"auto\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    final ScriptedUpstream edge = new ScriptedUpstream(vertx);
    final ScriptedUpstream cloud = new ScriptedUpstream(vertx);
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final Gateway gateway;
    final int port;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    GatewayFixture() {
        this("", Map.of());
    }

    /**
     * @param settings further lines of the configuration
     * @param variables further variables of the environment
     */
    GatewayFixture(String settings, Map<String, String> variables) {
        this(settings, variables, Duration.ofMinutes(1));
    }

    /** @param patience with a client that sends slowly */
    GatewayFixture(String settings, Map<String, String> variables, Duration patience) {
        port = FreePort.next();
        gateway = Blocking.get(Gateway.start(vertx, config(settings, variables), registry, 2, patience));
        awaitEdge(Availability.READY);
    }

    /** With a policy file, and with further lines of the cloud target. */
    static GatewayFixture withPolicy(String policy, String cloudLines) {
        try {
            Path file = Files.writeString(Files.createTempDirectory("fogline").resolve("policy.yaml"), policy);
            return new GatewayFixture(cloudLines.indent(4) + "policy: " + file, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GatewayConfig config(String settings, Map<String, String> variables) {
        String yaml = """
                version: 1
                port: %d
                targets:
                  - id: edge/small
                    base-url: http://127.0.0.1:%d/v1
                    limits: { first-event: 5s, idle: 5s, total: 5s }
                  - id: cloud/large
                    base-url: http://127.0.0.1:%d/some/path
                    model: large-1
                    key: ${TEST_KEY}
                SETTINGS
                aliases: { "gpt-*": auto, mine: edge/small }
                """.formatted(port, edge.port(), cloud.port()).replace("SETTINGS", settings);
        try {
            Path folder = Files.createTempDirectory("fogline");
            Path file = folder.resolve("fogline.yaml");
            Files.writeString(file, yaml);
            var environment = new HashMap<>(variables);
            environment.put("TEST_KEY", "secret-1");
            return new ConfigReader(new Environment(environment), folder, folder).read(Optional.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitEdge(Availability availability) {
        Blocking.until(
                "the edge is " + availability,
                () -> gateway.fleet().snapshot().candidates().stream()
                        .filter(candidate -> candidate.target().id().equals("edge/small"))
                        .allMatch(candidate -> candidate.status().availability() == availability));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    HttpResponse<String> chat(String body, String... headers) {
        return send(chatRequest(body, headers), BodyHandlers.ofString());
    }

    /** The same as soon as its head is there. */
    HttpResponse<InputStream> openChat(String body) {
        return send(chatRequest(body), BodyHandlers.ofInputStream());
    }

    private HttpRequest chatRequest(String body, String... headers) {
        HttpRequest.Builder request = request("/v1/chat/completions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    HttpResponse<String> send(HttpRequest request) {
        return send(request, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    double counter(String name, String... tags) {
        var found = registry.find(name).tags(tags).counters();
        return found.stream().mapToDouble(counter -> counter.count()).sum();
    }

    /** How many requests reached a target, whole or not, since this was last asked. */
    int arrivalsUntilNow() {
        return edge.arrivalsUntilNow() + cloud.arrivalsUntilNow();
    }

    @Override
    public void close() {
        Blocking.get(gateway.stop());
        edge.close();
        cloud.close();
        Blocking.get(vertx.close());
    }
}
