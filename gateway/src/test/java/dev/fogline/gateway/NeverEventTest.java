package dev.fogline.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.FaultyUpstream.Fault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The never-event: not one value that may not leave does, and none is in anything that Fogline writes down or says, whatever
 * fails meanwhile. Through the whole application, to clouds that record every byte.
 */
@QuarkusTest
@TestProfile(NeverEventTest.Fleet.class)
class NeverEventTest {
    private static final int REQUESTS = Integer.getInteger("fogline.never.requests", 20_000);
    private static final List<String> EDGES = List.of("edge/a", "edge/b", "edge/c");
    private static final List<String> CLOUDS = List.of("cloud/a", "cloud/b", "cloud/c");

    /** An application of its own, with targets that fail soon. */
    public static final class Fleet implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path folder = Files.createTempDirectory("fogline-never");
                var yaml = new StringBuilder(
                        "version: 1\nport: " + FreePort.next()
                                + "\npolicy: policy.yaml\ndecision-log: decisions.jsonl\naudit: { path: audit }\naliases: { \"gpt-*\": auto }\ntargets:\n");
                for (String id : Stream.concat(EDGES.stream(), CLOUDS.stream()).toList()) {
                    yaml.append("  - { id: ")
                            .append(id)
                            .append(", base-url: 'http://127.0.0.1:")
                            .append(FreePort.next())
                            .append("/v1', limits: { first-event: 500ms, idle: 500ms, total: 500ms } }\n");
                }
                Files.writeString(folder.resolve("policy.yaml"), NeverEventRun.POLICIES.getFirst());
                Files.writeString(folder.resolve("fogline.yaml"), yaml);
                return Map.of("fogline.config", folder.resolve("fogline.yaml").toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final Path folder = Path.of(ConfigProvider.getConfig().getValue("fogline.config", String.class))
            .resolveSibling("");
    private final List<FaultyUpstream> edges = new ArrayList<>();
    private final List<FaultyUpstream> clouds = new ArrayList<>();
    private final Lines log = new Lines();
    private int port;

    /** All that is logged, as it would be printed. */
    private static final class Lines extends Handler {
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
        private final PatternFormatter formatter = new PatternFormatter("%d %p %c %s%e%n");

        @Override
        public void publish(LogRecord record) {
            lines.add(formatter.format(org.jboss.logmanager.ExtLogRecord.wrap(record)));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() throws IOException {
        for (String line : Files.readAllLines(folder.resolve("fogline.yaml"))) {
            if (line.startsWith("port: ")) {
                port = Integer.parseInt(line.substring(6));
            } else if (line.contains("base-url")) {
                int target = Integer.parseInt(line.replaceFirst(".*127\\.0\\.0\\.1:(\\d+).*", "$1"));
                (line.contains("edge/") ? edges : clouds).add(new FaultyUpstream(vertx, target));
            }
        }
        for (String logger : List.of("", "fogline.access")) {
            Logger.getLogger(logger).addHandler(log);
        }
        Blocking.until("ready", () -> given().get("/health/ready").statusCode() == 200);
    }

    @AfterEach
    void leave() {
        for (String logger : List.of("", "fogline.access")) {
            Logger.getLogger(logger).removeHandler(log);
        }
        edges.forEach(FaultyUpstream::close);
        clouds.forEach(FaultyUpstream::close);
        Blocking.get(vertx.close());
    }

    @Test
    void nothing_private_leaves_or_is_written_down_whatever_fails() throws Exception {
        var told = new ArrayList<String>();
        var run = new NeverEventRun(vertx, port, edges, clouds, policy -> told.add(put(policy)));
        long start = System.nanoTime();
        run.run(NeverEventRun.SEED, REQUESTS, decisions -> {
            told.add(given().get("/metrics").asString());
            decisions.stream().skip(Math.max(0, decisions.size() - 20)).forEach(id -> told.add(decision(id)));
        });
        told.add(explained());
        String last = lastDecision();
        Blocking.until("every decision is logged", () -> logged().contains(last));
        System.out.printf(
                "never-event: seed %d, %d requests in %d s, %d forms of their values%n%s%n",
                NeverEventRun.SEED, REQUESTS, (System.nanoTime() - start) / 1_000_000_000, run.needles(), run);

        // Copied first: the gateway goes on logging.
        run.search("log", String.join("", List.copyOf(log.lines)).getBytes(StandardCharsets.UTF_8));
        told.forEach(page -> run.search("operators' plane", page.getBytes(StandardCharsets.UTF_8)));
        for (Path file : written()) {
            run.search(file.getFileName().toString(), Files.readAllBytes(file));
        }
        assertThat(run.sightings()).as("with seed %s", NeverEventRun.SEED).isEmpty();
        assertThat(run.notRestored()).isEmpty();
        assertThat(written()).as("files of the audit").anyMatch(file -> file.startsWith(folder.resolve("audit")));
        everythingHasHappened(run);
    }

    /** Else that nothing was found would say little. */
    private void everythingHasHappened(NeverEventRun run) {
        assertThat(log.lines.size()).isGreaterThan(REQUESTS);
        assertThat(run.sent())
                .hasSize(PrivateValue.Kind.values().length + Writing.values().length + PrivatePlace.values().length);
        for (String outcome : List.of(
                "200 from edge",
                "200 from cloud",
                "200 from cloud cut",
                "restored",
                "400",
                "404",
                "422",
                "429",
                "502",
                "503",
                "504",
                "reason privacy",
                "reason failover")) {
            assertThat(run.outcomes(outcome)).as(outcome).isPositive();
        }
        List<FaultyUpstream> all =
                Stream.concat(edges.stream(), clouds.stream()).toList();
        assertThat(NeverEventRun.happened(all)).containsOnlyKeys(Fault.values());
    }

    private static String put(String policy) {
        return given().contentType("application/yaml")
                .body(policy.getBytes(StandardCharsets.UTF_8))
                .put("/admin/v1/policy")
                .asString();
    }

    private static String decision(String id) {
        Response known = given().get("/admin/v1/decisions/" + id);
        assertThat(known.statusCode()).isIn(200, 404);
        return known.asString();
    }

    private static String explained() {
        return given().contentType(ContentType.JSON)
                .body(PrivateRequest.draw(NeverEventRun.SEED, 0).body())
                .post("/admin/v1/explain")
                .asString();
    }

    private String lastDecision() {
        return given().baseUri("http://localhost")
                .port(port)
                .contentType(ContentType.JSON)
                .body(GatewayFixture.HI)
                .post("/v1/chat/completions")
                .header("X-Fogline-Decision");
    }

    private String logged() {
        try {
            return Files.readString(folder.resolve("decisions.jsonl"));
        } catch (IOException e) {
            return "";
        }
    }

    /** All that the gateway has written, but its configuration. */
    private List<Path> written() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".yaml"))
                    .toList();
        }
    }
}
