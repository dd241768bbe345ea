package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static dev.fogline.gateway.GatewayFixture.HI_STREAMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.net.NetSocket;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A policy file steers: rules, money and time. */
class PolicyTest {
    private static final String PRICED = "price: { input: 100, output: 100, source: test, date: 2026-11-01 }";

    private @Nullable GatewayFixture started;

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void a_rule_of_the_file_keeps_what_it_names_at_the_edge() {
        GatewayFixture fogline = start("""
                version: 1
                name: test
                rules:
                  - { id: streams-stay, when: request.stream, egress: deny }
                """, "");
        assertThat(fogline.chat(HI, "X-Fogline-Tier", "cloud").statusCode()).isEqualTo(200);
        assertThat(fogline.chat(HI_STREAMED, "X-Fogline-Tier", "cloud").statusCode())
                .isEqualTo(422);
        assertThat(header(fogline.chat(HI_STREAMED), "X-Fogline-Reason")).isEqualTo("privacy");
    }

    @Test
    void headers_language_and_messages_are_what_conditions_see() {
        GatewayFixture fogline = start("""
                version: 1
                name: test
                facts: { headers: [x-role] }
                rules:
                  - { id: pupils, when: '!("x-role" in request.headers) || request.headers["x-role"] != "teacher"', egress: deny }
                  - { id: chinese, when: 'request.language == "zh"', egress: deny }
                  - { id: long, when: 'request.messages > 1 || request.model.startsWith("gpt-5")', egress: deny }
                """, "");
        String[] teacher = {"X-Role", "teacher", "X-Fogline-Tier", "cloud"};
        assertThat(fogline.chat(HI, teacher).statusCode()).isEqualTo(200);
        assertThat(fogline.chat(HI, "X-Role", "pupil", "X-Fogline-Tier", "cloud")
                        .statusCode())
                .isEqualTo(422);
        assertThat(fogline.chat(HI, "X-Fogline-Tier", "cloud").statusCode()).isEqualTo(422);
        assertThat(fogline.chat(HI, "X-Role", "teacher", "X-Role", "pupil", "X-Fogline-Tier", "cloud")
                        .statusCode())
                .isEqualTo(422);
        assertThat(fogline.chat(HI.replace("Hi", "\u4f60\u597d\uff0c\u5929\u6c14\u5982\u4f55"), teacher)
                        .statusCode())
                .isEqualTo(422);
        String twice = HI.replace("[{", "[{\"role\":\"system\",\"content\":\"Be kind\"},{");
        assertThat(fogline.chat(twice, teacher).statusCode()).isEqualTo(422);
    }

    @Test
    void a_rule_that_cannot_be_evaluated_forbids_and_is_counted() {
        GatewayFixture fogline = start("""
                version: 1
                name: test
                rules:
                  - { id: by-zero, when: '1 / (request.tokens - request.tokens) > 0', egress: deny }
                  - { id: none-found, when: 'request.findings["cn_id"] > 1', prefer: { quality: 90 } }
                """, "");
        HttpResponse<String> answer = fogline.chat(HI);
        assertThat(header(answer, "X-Fogline-Reason")).isEqualTo("privacy");
        assertThat(header(answer, "X-Fogline-Tier")).isEqualTo("edge");
        for (String rule : List.of("by-zero", "none-found")) {
            assertThat(fogline.counter("fogline.policy.rule.failures", "rule", rule))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_level_of_the_file_makes_a_finding_restricted() {
        GatewayFixture fogline = start("version: 1\nname: test\nprivacy: { levels: { email: restricted } }", "");
        HttpResponse<String> answer = fogline.chat(HI.replace("Hi", "write to li.wei@hospital.org"));
        String id = header(answer, "X-Fogline-Decision");
        assertThat(fogline.gateway.memory().find(id).orElseThrow().sensitivity())
                .isEqualTo("restricted");
    }

    @Test
    void sixty_four_clients_together_never_spend_more_than_the_day_allows() throws Exception {
        GatewayFixture fogline = start("""
                version: 1
                name: test
                cost: { budget: { usd: 1, per: day }, max-output: 4096 }
                prefer: { quality: 9, cost: 0, latency: 0 }
                """, PRICED);
        // 5 tokens in and 4,000 out at 100 dollars a million: 0.4005 dollars each.
        fogline.cloud.answersStatus(
                200, ScriptedUpstream.WHOLE.replace("\"completion_tokens\":2", "\"completion_tokens\":4000"));
        var calls = new ArrayList<Callable<HttpResponse<String>>>();
        for (int i = 0; i < 64; i++) {
            calls.add(() -> fogline.chat(HI));
        }
        try (var clients = Executors.newFixedThreadPool(64)) {
            for (var answer : clients.invokeAll(calls)) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
        }
        double spent = fogline.registry.get("fogline.budget.spent.usd").gauge().value();
        assertThat(spent)
                .isEqualTo(fogline.counter("fogline.cost.usd", "tier", "cloud"))
                .isLessThanOrEqualTo(1);
        assertThat(fogline.cloud.seen()).hasSizeBetween(1, 2);
        assertThat(fogline.edge.seen()).hasSize(64 - fogline.cloud.seen().size());
        assertThat(fogline.cloud.seen().getFirst().json().getInteger("max_tokens"))
                .isEqualTo(4096);
    }

    @Test
    void once_the_money_is_spent_the_edge_serves_and_says_budget() {
        GatewayFixture fogline = start("""
                version: 1
                name: test
                cost: { budget: { usd: 0, per: day } }
                prefer: { quality: 9, cost: 0, latency: 0 }
                """, PRICED);
        HttpResponse<String> answer = fogline.chat(HI);
        assertThat(header(answer, "X-Fogline-Tier")).isEqualTo("edge");
        assertThat(header(answer, "X-Fogline-Reason")).isEqualTo("budget");
        HttpResponse<String> pinned = fogline.chat(HI, "X-Fogline-Tier", "cloud");
        assertThat(pinned.statusCode()).isEqualTo(429);
        assertThat(pinned.body()).contains("budget_exhausted");
        assertThat(header(pinned, "Retry-After")).isNotEmpty();
        assertThat(fogline.cloud.seen()).isEmpty();
    }

    @Test
    void an_aborted_stream_is_neither_free_nor_billed_twice() {
        GatewayFixture fogline = start("version: 1\nname: test\ncost: { budget: { usd: 5, per: day } }", PRICED);
        fogline.cloud.answers((request, body) -> request.response()
                .setChunked(true)
                .putHeader("content-type", "text/event-stream")
                .write(ScriptedUpstream.chunk("{\"content\":\"Hel\"}", "null")));
        String body = HI_STREAMED.replace("auto", "cloud");
        NetSocket client = Blocking.get(fogline.vertx.createNetClient().connect(fogline.port, "127.0.0.1"));
        var answer = io.vertx.core.buffer.Buffer.buffer();
        client.handler(answer::appendBuffer);
        client.write("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        Blocking.until("the stream has begun", () -> answer.toString().contains("Hel"));
        Blocking.get(client.close());
        Blocking.until(
                "the exchange has ended", () -> fogline.counter("fogline.requests", "outcome", "cancelled") == 1);
        // About 5 tokens of prompt and one of the answer, at 100 dollars a million.
        assertThat(fogline.counter("fogline.cost.usd", "tier", "cloud")).isBetween(0.0002, 0.0015);
        assertThat(fogline.registry.get("fogline.budget.spent.usd").gauge().value())
                .isEqualTo(fogline.counter("fogline.cost.usd", "tier", "cloud"));
    }

    @Test
    void the_same_tokens_are_priced_on_the_reference_cloud_beside_the_edge() {
        GatewayFixture fogline = start("version: 1\nname: test", PRICED);
        fogline.chat(HI);
        assertThat(fogline.counter("fogline.cost.usd", "tier", "edge")).isZero();
        assertThat(fogline.counter("fogline.cost.reference.usd", "tier", "edge"))
                .isEqualTo(7e-4, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void a_cost_limit_lets_the_cloud_serve_what_cannot_cost_more() {
        GatewayFixture fogline = start("version: 1\nname: test", PRICED);
        String bounded = HI.replace("{\"model\":\"auto\"", "{\"max_tokens\":10,\"model\":\"cloud\"");
        assertThat(fogline.chat(bounded, "X-Fogline-Max-Cost-Usd", "0.01").statusCode())
                .isEqualTo(200);
        assertThat(fogline.chat(bounded, "X-Fogline-Max-Cost-Usd", "0.0001").statusCode())
                .isEqualTo(422);
    }

    @Test
    void input_that_the_cloud_had_cached_costs_what_its_list_says() {
        GatewayFixture fogline = start(
                "version: 1\nname: test",
                "price: { input: 100, output: 200, cached-input: 10, source: test, date: 2026-11-01 }");
        fogline.cloud.answersStatus(
                200,
                answer("{\"prompt_tokens\":1000,\"completion_tokens\":2,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":900}}"));
        fogline.chat(HI.replace("auto", "cloud"));
        assertThat(fogline.counter("fogline.cost.usd", "tier", "cloud"))
                .isEqualTo((100 * 100 + 900 * 10 + 2 * 200) / 1e6, within(1e-9));
        assertThat(fogline.counter("fogline.cached.input.tokens", "target", "cloud/large"))
                .isEqualTo(900);
    }

    @Test
    void an_answer_that_does_not_tell_its_usage_is_priced_by_how_the_target_has_counted() {
        GatewayFixture fogline =
                start("version: 1\nname: test", "price: { input: 100, output: 0, source: test, date: 2026-11-01 }");
        String body = HI.replace("auto", "cloud").replace("Hi", "some words and more ".repeat(50));
        fogline.cloud.answersStatus(200, answer("null"));
        fogline.chat(body);
        double estimated = fogline.counter("fogline.cost.usd", "tier", "cloud");

        long half = Math.round(estimated * 1e4) / 2;
        fogline.cloud.answersStatus(200, answer("{\"prompt_tokens\":" + half + ",\"completion_tokens\":1}"));
        fogline.chat(body);
        double told = fogline.counter("fogline.cost.usd", "tier", "cloud") - estimated;
        assertThat(told).isEqualTo(half / 1e4, within(1e-9));

        fogline.cloud.answersStatus(200, answer("{\"prompt_tokens\":0,\"completion_tokens\":0}"));
        fogline.chat(body);
        assertThat(fogline.counter("fogline.cost.usd", "tier", "cloud") - estimated - told)
                .isEqualTo(told, within(1e-9));
    }

    @Test
    void an_absurd_bill_spends_the_day_and_breaks_nothing() {
        GatewayFixture fogline = start("version: 1\nname: test\ncost: { budget: { usd: 5, per: day } }", PRICED);
        fogline.cloud.answersStatus(
                200, answer("{\"prompt_tokens\":1e300,\"completion_tokens\":" + "9".repeat(30) + "}"));
        HttpResponse<String> answer = fogline.chat(HI.replace("auto", "cloud"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(fogline.chat(HI.replace("auto", "cloud")).statusCode()).isEqualTo(429);
    }

    /** A chat answer with this usage. */
    private static String answer(String usage) {
        return ScriptedUpstream.WHOLE.replaceFirst("\"usage\":\\{[^}]*}", "\"usage\":" + usage);
    }

    @Test
    void the_choice_follows_who_is_fast_within_twenty_requests() {
        GatewayFixture fogline = start("version: 1\nname: test\nlatency: { ttft: 60ms, percentile: 50 }", "");
        fogline.edge.answers(
                (request, body) -> fogline.vertx.setTimer(150, late -> ScriptedUpstream.hello(request, body)));
        assertThat(tiers(fogline, 20)).endsWith("cloud");

        fogline.edge.answers(ScriptedUpstream::hello);
        fogline.cloud.answers(
                (request, body) -> fogline.vertx.setTimer(150, late -> ScriptedUpstream.hello(request, body)));
        assertThat(tiers(fogline, 20)).endsWith("edge");
    }

    private static List<String> tiers(GatewayFixture fogline, int requests) {
        var tiers = new ArrayList<String>();
        for (int i = 0; i < requests; i++) {
            tiers.add(header(fogline.chat(HI_STREAMED), "X-Fogline-Tier"));
        }
        return tiers;
    }

    private GatewayFixture start(String policy, String cloudLines) {
        GatewayFixture fixture = GatewayFixture.withPolicy(policy, cloudLines);
        started = fixture;
        return fixture;
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
