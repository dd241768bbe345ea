package dev.fogline.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The never-event with every process of the product: the edge-agent and its engine are killed in the middle. */
class NeverEventIT {
    private static final int REQUESTS = 800;
    private static final String NAME = "never";

    private static final Vertx VERTX = Vertx.vertx();
    private static final List<FaultyUpstream> EDGES = List.of(new FaultyUpstream(VERTX, 0));
    private static final List<FaultyUpstream> CLOUDS =
            List.of(new FaultyUpstream(VERTX, 0), new FaultyUpstream(VERTX, 0));
    private static RunningFogline fogline;

    @BeforeAll
    static void up() {
        fogline = new RunningFogline(NAME, agentPort -> """
                version: 1
                targets:
                  - { id: edge/a, base-url: 'http://127.0.0.1:%d/v1', model: smollm2-135m, limits: { total: 5s, first-event: 5s } }
                  - { id: edge/b, base-url: 'http://127.0.0.1:%d/v1', limits: { total: 1s, first-event: 1s } }
                  - { id: cloud/a, base-url: 'http://127.0.0.1:%d/v1', limits: { total: 1s, first-event: 1s } }
                  - { id: cloud/b, base-url: 'http://127.0.0.1:%d/v1', limits: { total: 1s, first-event: 1s } }
                aliases: { "gpt-*": auto }
                """.formatted(
                        agentPort,
                        EDGES.getFirst().port(),
                        CLOUDS.get(0).port(),
                        CLOUDS.get(1).port()));
    }

    @AfterAll
    static void down() {
        if (fogline != null) {
            fogline.close();
        }
        EDGES.forEach(FaultyUpstream::close);
        CLOUDS.forEach(FaultyUpstream::close);
        Blocking.get(VERTX.close());
    }

    @Test
    void nothing_private_leaves_or_is_written_down_while_the_edge_is_killed() throws Exception {
        var told = new ArrayList<String>();
        var killed = new ArrayList<ProcessHandle>();
        var run = new NeverEventRun(VERTX, fogline.port, EDGES, CLOUDS, policy -> told.add(put(policy)));
        run.run(NeverEventRun.SEED, REQUESTS, decisions -> {
            told.add(given().port(fogline.operatorPort).get("/metrics").asString());
            decisions.stream()
                    .limit(20)
                    .forEach(id -> told.add(given().port(fogline.operatorPort)
                            .get("/admin/v1/decisions/" + id)
                            .asString()));
            var next = killed.size() % 2 == 0 ? fogline.agent() : fogline.engine();
            next.filter(process -> !killed.contains(process)).ifPresent(process -> {
                process.destroyForcibly();
                killed.add(process);
            });
        });
        System.out.println(run);
        String id = given().port(fogline.port)
                .contentType("application/json")
                .body(GatewayFixture.HI)
                .post("/v1/chat/completions")
                .header("X-Fogline-Decision");
        Path state = Path.of("target", NAME, "state");
        Path log = state.resolve("decisions/decisions.jsonl");
        Blocking.until("every decision is logged", () -> read(log).contains(id));

        run.search("output", fogline.output().getBytes(StandardCharsets.UTF_8));
        told.forEach(page -> run.search("operators' plane", page.getBytes(StandardCharsets.UTF_8)));
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                run.search(file.toString(), Files.readAllBytes(file));
            }
        }
        assertThat(run.sightings()).as("with seed %s", NeverEventRun.SEED).isEmpty();
        assertThat(run.notRestored()).isEmpty();
        assertThat(killed).hasSizeGreaterThan(1);
        assertThat(run.outcomes("200 from edge")).isPositive();
        assertThat(run.outcomes("200 from cloud")).isPositive();
    }

    private static String put(String policy) {
        return given().port(fogline.operatorPort)
                .contentType("application/yaml")
                .body(policy.getBytes(StandardCharsets.UTF_8))
                .put("/admin/v1/policy")
                .asString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return "";
        }
    }
}
