package dev.fogline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.file.InvalidFileException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The policy changes while requests are on their way. */
class ReloadTest {
    private static final String PRICED = "price: { input: 1, output: 1, source: test, date: 2026-11-01 }";
    private static final String MANY = PRICED + "\nlimits: { concurrent: 4096 }";
    private static final int IN_FLIGHT = 2_000;

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private @Nullable GatewayFixture started;

    @AfterEach
    void stop() {
        clients.shutdownNow();
        if (started != null) {
            started.close();
        }
    }

    private GatewayFixture start(GatewayFixture fogline) {
        started = fogline;
        return fogline;
    }

    /** Its bound of an answer shows at the target which revision the request was sent under. */
    private static String bounded(int maxOutput) {
        return """
                version: 1
                name: bound-%d
                cost: { budget: { usd: 1000, per: day }, max-output: %d }
                prefer: { quality: 9 }
                """.formatted(maxOutput, maxOutput);
    }

    private static final String EDGE_ONLY = """
            version: 1
            name: edge-only
            rules: [ { id: nothing-leaves, when: "true", egress: deny } ]
            """;

    @Test
    void a_changed_file_decides_about_the_next_requests_and_the_metric_names_its_revision() throws IOException {
        Path file = Files.writeString(Files.createTempDirectory("fogline").resolve("policy.yaml"), bounded(100));
        GatewayFixture fogline = start(new GatewayFixture(MANY.indent(4) + "policy: " + file, Map.of()));
        assertThat(target(fogline)).isEqualTo("cloud/large");
        Files.writeString(file, EDGE_ONLY);
        Blocking.until(
                "the changed file is in force",
                () -> fogline.gateway.policies().get().name().equals("edge-only"));
        assertThat(target(fogline)).isEqualTo("edge/small");
        assertThat(revisions(fogline))
                .containsExactly(fogline.gateway.policies().get().revision());
        assertThat(fogline.registry.find("fogline.budget.limit.usd").gauge()).isNull();

        Files.writeString(file, "version: 1\nname: broken\nrules: 7\n");
        Blocking.until("the broken file is told", () -> fogline.counter("fogline.policy.reload.failures") == 1);
        assertThat(fogline.gateway.policyFailure().orElseThrow()).contains(file + " line 3");
        assertThat(target(fogline)).isEqualTo("edge/small");
        assertThat(fogline.gateway.ready()).isTrue();
    }

    @Test
    void a_request_ends_under_the_revision_it_began_with() throws Exception {
        GatewayFixture fogline = start(GatewayFixture.withPolicy(bounded(100), MANY));
        Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
        fogline.cloud.answers((request, body) -> held.add(request));
        var answer = clients.submit(() -> fogline.chat(GatewayFixture.HI));
        Blocking.until("the cloud has it", () -> held.size() == 1);
        String before = fogline.gateway.policies().get().revision();

        // Under this one no edge may serve, so a failover that asked again would end in 422.
        fogline.gateway.policies().put("""
                version: 1
                name: cloud-only
                rules: [ { id: not-here, when: "true", exclude: { tier: edge } } ]
                """, false);
        held.remove().response().setStatusCode(503).end();

        assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(header(answer.get(), "X-Fogline-Target")).isEqualTo("edge/small");
        assertThat(record(fogline, answer.get()).policy()).isEqualTo(before);
    }

    @Test
    void what_was_spent_today_counts_under_the_next_limit_and_under_one_that_comes_later() throws Exception {
        GatewayFixture fogline =
                start(GatewayFixture.withPolicy("version: 1\nname: free\nprefer: { quality: 9 }", """
                price: { input: 0, output: 1000, source: test, date: 2026-11-01 }"""));
        // 2 tokens out at 1,000 dollars a million: 0.002 dollars.
        assertThat(target(fogline)).isEqualTo("cloud/large");
        fogline.gateway.policies().put(budget("0.001"), false);
        assertThat(target(fogline)).isEqualTo("edge/small");
        fogline.gateway.policies().put(budget("0.5"), false);
        assertThat(target(fogline)).isEqualTo("cloud/large");
        assertThat(fogline.registry.get("fogline.budget.limit.usd").gauge().value())
                .isEqualTo(0.5);
        assertThat(fogline.registry.get("fogline.budget.spent.usd").gauge().value())
                .isEqualTo(0.004);
    }

    private static String budget(String usd) {
        return "version: 1\nname: b\nprefer: { quality: 9 }\ncost: { max-output: 16, budget: { per: day, usd: " + usd
                + " } }\n";
    }

    @Test
    @Timeout(120)
    void with_2000_requests_in_flight_while_it_flips_every_100_ms_none_mixes_revisions_and_none_fails()
            throws Exception {
        GatewayFixture fogline = start(GatewayFixture.withPolicy(bounded(111), MANY));
        var holding = new Holding();
        fogline.cloud.answers(holding);
        Map<String, Integer> bounds = new ConcurrentHashMap<>();
        for (int bound : List.of(111, 222)) {
            bounds.put(fogline.gateway.policies().put(bounded(bound), false).id(), bound);
        }
        var flips = new AtomicInteger();
        try (var flipping = Executors.newSingleThreadScheduledExecutor()) {
            var every100ms = flipping.scheduleAtFixedRate(
                    () -> flip(fogline, flips.incrementAndGet() % 2 == 0 ? 111 : 222), 100, 100, TimeUnit.MILLISECONDS);
            var client = fogline.vertx
                    .httpClientBuilder()
                    .with(new HttpClientOptions())
                    .with(new PoolOptions().setHttp1MaxSize(IN_FLIGHT))
                    .build();
            var answers = new ConcurrentLinkedQueue<String[]>();
            for (int i = 0; i < IN_FLIGHT; i++) {
                client.request(HttpMethod.POST, fogline.port, "localhost", "/v1/chat/completions")
                        .compose(request -> request.putHeader("content-type", "application/json")
                                .send(GatewayFixture.HI))
                        .compose(response -> response.body().map(body -> new String[] {
                            Integer.toString(response.statusCode()),
                            String.valueOf(response.getHeader("X-Fogline-Decision")),
                            body.toString()
                        }))
                        .onComplete(done -> answers.add(
                                done.succeeded()
                                        ? done.result()
                                        : new String[] {done.cause().toString(), "", ""}));
            }
            Blocking.until("all are in flight", () -> holding.held.size() + answers.size() == IN_FLIGHT);
            int before = flips.get();
            Blocking.until("it flips under them", () -> flips.get() >= before + 3);
            assertThat(answers).isEmpty();
            holding.release();
            Blocking.until("all have ended", () -> answers.size() == IN_FLIGHT);
            every100ms.cancel(false);

            Map<String, String> policies = logged(fogline);
            var seenBounds = new ArrayList<Integer>();
            for (String[] answer : answers) {
                assertThat(answer[0]).as(answer[2]).isEqualTo("200");
                String revision = policies.get(answer[1]);
                // The bound that the cloud was sent, which it says again in its answer.
                int sent = new JsonObject(answer[2]).getInteger("bound");
                assertThat(bounds).containsEntry(revision, sent);
                seenBounds.add(sent);
            }
            assertThat(seenBounds).as("both revisions have served").contains(111, 222);
        }
    }

    /** Which revision decided about each request, by the decision log: the memory holds fewer. */
    private static Map<String, String> logged(GatewayFixture fogline) throws IOException {
        Path log = fogline.gateway.config().decisionLog().orElseThrow();
        var policies = new ConcurrentHashMap<String, String>();
        Blocking.until("all are logged", () -> {
            try {
                return Files.exists(log) && Files.readAllLines(log).size() >= IN_FLIGHT;
            } catch (IOException e) {
                return false;
            }
        });
        for (String line : Files.readAllLines(log)) {
            var decision = dev.fogline.policies.replay.DecisionLines.read("log", 1, line);
            policies.put(decision.id(), decision.policy());
        }
        return policies;
    }

    /** Answers nobody until it is told to. */
    private static final class Holding implements BiConsumer<HttpServerRequest, Buffer> {
        private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();

        @Override
        public void accept(HttpServerRequest request, Buffer body) {
            int bound = body.toJsonObject().getInteger("max_tokens", 0);
            var context = io.vertx.core.Vertx.currentContext();
            held.add(() -> context.runOnContext(now -> request.response()
                    .putHeader("content-type", "application/json")
                    .end(new JsonObject(ScriptedUpstream.WHOLE)
                            .put("bound", bound)
                            .toBuffer())));
        }

        void release() {
            held.forEach(Runnable::run);
        }
    }

    private static void flip(GatewayFixture fogline, int bound) {
        try {
            fogline.gateway.policies().put(bounded(bound), false);
        } catch (InvalidFileException | dev.fogline.gateway.policy.PolicyRevisions.NotSavedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> revisions(GatewayFixture fogline) {
        return fogline.registry.find("fogline.policy.info").gauges().stream()
                .map(gauge -> String.valueOf(gauge.getId().getTag("revision")))
                .toList();
    }

    private static String target(GatewayFixture fogline) {
        var answer = fogline.chat(GatewayFixture.HI);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return header(answer, "X-Fogline-Target");
    }

    private static dev.fogline.gateway.audit.ExchangeRecord record(
            GatewayFixture fogline, java.net.http.HttpResponse<String> answer) {
        return fogline.gateway
                .memory()
                .find(header(answer, "X-Fogline-Decision"))
                .orElseThrow();
    }

    private static String header(java.net.http.HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
