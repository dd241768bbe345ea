package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.audit.egress.AuditVerification;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves for a cloud is on record before it does, and without a record it does not. */
class EgressTest {
    private static final String TO_THE_CLOUD = HI.replace("auto", "cloud");
    private static final String TO_THE_EDGE = HI.replace("auto", "edge");

    @TempDir
    Path folder;

    private GatewayFixture fogline = new GatewayFixture();

    private void start(String settings) {
        fogline.close();
        fogline = new GatewayFixture(settings, Map.of());
    }

    @AfterEach
    void stop() {
        fogline.close();
    }

    private Path audit() {
        return fogline.gateway.config().audit().folder().orElseThrow();
    }

    private List<JsonObject> records() {
        try (var files = Files.list(audit())) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .flatMap(file -> lines(file).stream())
                    .map(JsonObject::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<JsonObject> sent() {
        return records().stream()
                .filter(record -> record.getString("type").equals("sent"))
                .toList();
    }

    @Test
    void a_record_is_there_before_the_cloud_sees_anything_and_holds_nothing_of_the_text() {
        var before = new CopyOnWriteArrayList<JsonObject>();
        fogline.cloud.answers((request, body) -> {
            before.addAll(sent());
            ScriptedUpstream.hello(request, body);
        });
        String asked = TO_THE_CLOUD.replace("Hi", "Write to our Jane at jane.roe@example.org, please.");
        var answer = fogline.chat(asked);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);

        assertThat(before).singleElement().satisfies(record -> {
            assertThat(record.getString("decision"))
                    .isEqualTo(answer.headers().firstValue("x-request-id").orElseThrow());
            assertThat(record.getString("policy"))
                    .isEqualTo(fogline.gateway.policies().get().revision());
            assertThat(record.getString("target")).isEqualTo("cloud/large");
            assertThat(record.getString("sensitivity")).isEqualTo("confidential");
            assertThat(record.getJsonObject("findings").getInteger("email")).isEqualTo(1);
            assertThat(record.getBoolean("masked")).isTrue();
            assertThat(record.getInteger("bytes"))
                    .isEqualTo(fogline.cloud.seen().getFirst().body().length());
            assertThat(record.getString("digest")).matches("[0-9a-f]{64}");
        });
        assertThat(records().toString()).doesNotContain("jane", "roe", "Write", "please");
    }

    @Test
    void what_stays_at_the_edge_leaves_no_record() {
        assertThat(fogline.chat(TO_THE_EDGE).statusCode()).isEqualTo(200);
        assertThat(fogline.edge.seen()).hasSize(1);
        assertThat(fogline.chat(TO_THE_CLOUD).statusCode()).isEqualTo(200);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void each_target_that_is_tried_has_a_record_of_its_own() {
        Vertx vertx = Vertx.vertx();
        try {
            var other = new ScriptedUpstream(vertx);
            start("  - { id: cloud/other, base-url: 'http://127.0.0.1:%d/v1' }".formatted(other.port()));
            fogline.cloud.answersStatus(500, "{}");
            other.answersStatus(500, "{}");
            fogline.chat(TO_THE_CLOUD);
            assertThat(sent())
                    .extracting(record -> record.getString("target"))
                    .containsExactlyInAnyOrder("cloud/large", "cloud/other");
            assertThat(other.seen()).hasSize(1);
        } finally {
            vertx.close();
        }
    }

    @Test
    void a_target_with_which_there_is_no_connection_has_no_record() {
        start("  - { id: cloud/other, base-url: 'http://127.0.0.1:%d/v1' }".formatted(FreePort.next()));
        fogline.cloud.answersStatus(500, "{}");
        fogline.edge.answersStatus(500, "{}");
        fogline.chat(TO_THE_CLOUD);
        assertThat(sent()).extracting(record -> record.getString("target")).containsExactly("cloud/large");
        assertThat(fogline.cloud.seen())
                .as("nobody listens at the other, so nothing left for it")
                .hasSize(1);
    }

    @Test
    void a_body_that_is_sent_again_on_a_fresh_connection_has_a_second_record() {
        assertThat(fogline.chat(TO_THE_CLOUD).statusCode()).isEqualTo(200);
        var closings = new AtomicInteger();
        fogline.cloud.answers((request, body) -> {
            if (closings.incrementAndGet() == 1) {
                request.connection().close();
            } else {
                ScriptedUpstream.hello(request, body);
            }
        });
        // On the event loop that has the kept connection: until one meets it.
        Blocking.until("a kept connection was met", () -> {
            fogline.chat(TO_THE_CLOUD);
            return fogline.counter("fogline.repeats") > 0;
        });
        assertThat(sent()).anyMatch(record -> record.getBoolean("again", false));
        assertThat(sent()).hasSameSizeAs(fogline.cloud.seen());
    }

    @Test
    void without_a_place_for_records_nothing_leaves_the_edge_serves_on_and_it_mends_itself() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("audit"), "no folder");
        start("audit: { path: %s }".formatted(inTheWay));
        Blocking.until(
                "it is noticed",
                () -> fogline.gateway.audit().orElseThrow().stopped().isPresent());

        var refused = fogline.chat(TO_THE_CLOUD);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("no_target_available", "cannot be recorded at present");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(fogline.cloud.arrivalsUntilNow()).isZero();
        assertThat(fogline.counter("fogline.attempts", "result", "unaudited")).isEqualTo(1);
        assertThat(fogline.chat(HI).statusCode()).isEqualTo(200);
        assertThat(fogline.chat(TO_THE_EDGE).statusCode()).isEqualTo(200);

        Files.delete(inTheWay);
        Blocking.until("it leaves again", () -> fogline.chat(TO_THE_CLOUD).statusCode() == 200);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void the_plan_goes_on_to_its_next_target_when_what_leaves_cannot_be_recorded() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("audit"), "no folder");
        Path policy = Files.writeString(
                folder.resolve("policy.yaml"), "version: 1\nname: t\nprefer: { quality: 9, cost: 0, latency: 0 }\n");
        start("audit: { path: %s }\npolicy: %s".formatted(inTheWay, policy));
        Blocking.until(
                "it is noticed",
                () -> fogline.gateway.audit().orElseThrow().stopped().isPresent());

        var answer = fogline.chat(HI);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Fogline-Target")).contains("edge/small");
        assertThat(answer.headers().firstValue("X-Fogline-Reason")).contains("failover");
        assertThat(fogline.counter("fogline.failovers", "from", "cloud/large", "cause", "unaudited"))
                .isEqualTo(1);
        assertThat(fogline.cloud.arrivalsUntilNow()).isZero();
    }

    @Test
    void a_client_that_leaves_while_its_record_is_awaited_sends_nothing() throws Exception {
        start("audit: { path: %s }".formatted(hangingDisk()));
        try (var client = new RawClient(fogline.port)) {
            client.chat(TO_THE_CLOUD.getBytes(java.nio.charset.StandardCharsets.UTF_8), "");
            Blocking.until("it waits", () -> inFlight() == 1);
        }
        Blocking.until(
                "the exchange has ended", () -> fogline.counter("fogline.requests", "outcome", "cancelled") == 1);
        theDiskComesBack();
        Blocking.until("it is recorded all the same", () -> sent().size() == 1);
        assertThat(fogline.chat(TO_THE_CLOUD).statusCode()).isEqualTo(200);
        assertThat(fogline.cloud.seen()).as("of the client that stayed").hasSize(1);
    }

    @Test
    void a_disk_that_hangs_holds_up_nobody_for_long_and_lets_nothing_leave() throws Exception {
        start("audit: { path: %s }".formatted(hangingDisk()));
        Blocking.until("it is given up", () -> {
            assertThat(fogline.chat(TO_THE_CLOUD).statusCode()).isEqualTo(503);
            return fogline.counter("fogline.audit.failures", "cause", "late") > 0;
        });
        assertThat(fogline.chat(TO_THE_EDGE).statusCode()).isEqualTo(200);
        theDiskComesBack();
        Blocking.until("it leaves again", () -> fogline.chat(TO_THE_CLOUD).statusCode() == 200);
        assertThat(fogline.cloud.seen()).hasSize(1);
    }

    /** A folder whose newest file is a pipe, which can be read only once somebody writes to it. */
    private Path hangingDisk() throws Exception {
        Path audit = Files.createDirectory(folder.resolve("hanging"));
        Process made = new ProcessBuilder(
                        "mkfifo", audit.resolve("egress-000000000001.jsonl").toString())
                .start();
        assertThat(made.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue()).isZero();
        return audit;
    }

    private void theDiskComesBack() throws IOException {
        Path pipe = folder.resolve("hanging/egress-000000000001.jsonl");
        try (var write = Files.newOutputStream(pipe)) {
            Files.delete(pipe);
            write.flush();
        }
    }

    private double inFlight() {
        return fogline.registry
                .get("fogline.inflight")
                .tag("target", "cloud/large")
                .gauge()
                .value();
    }

    @Test
    void after_a_stop_the_audit_is_whole_and_says_so() throws IOException {
        for (int i = 0; i < 5; i++) {
            assertThat(fogline.chat(TO_THE_CLOUD).statusCode()).isEqualTo(200);
        }
        Blocking.get(fogline.gateway.stop());
        var found = AuditVerification.of(
                audit(), fogline.gateway.config().installationKey().value());
        assertThat(found.broken()).isEmpty();
        assertThat(found.sent()).isEqualTo(5);
        assertThat(found.closed()).isTrue();
        assertThat(fogline.registry.get("fogline.audit.sequence").gauge().value())
                .isEqualTo(found.last());
    }

    @Test
    void where_the_operator_wants_no_audit_what_may_leave_leaves() {
        start("audit: { path: off }");
        assertThat(fogline.chat(TO_THE_CLOUD).statusCode()).isEqualTo(200);
        assertThat(fogline.gateway.audit()).isEmpty();
        assertThat(fogline.registry.find("fogline.audit.sequence").gauge()).isNull();
    }
}
