package dev.fogline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may leave only masked: the client sees originals, the cloud never does. */
class MaskingTest {
    private static final String[] CLOUD = {"X-Fogline-Tier", "cloud"};
    private static final String EMAIL = "li.wei@example.com";
    private static final String MOBILE = "13812345678";

    private @Nullable GatewayFixture started;

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    private GatewayFixture start() {
        return start("version: 1\nname: test\nextends: balanced\n");
    }

    private GatewayFixture start(String policy) {
        GatewayFixture fogline = GatewayFixture.withPolicy(policy, "");
        fogline.cloud.answers(MaskingTest::echo);
        started = fogline;
        return fogline;
    }

    /** Says what the last message says, whole or in pieces of three characters. */
    private static void echo(HttpServerRequest request, Buffer body) {
        JsonObject asked = body.toJsonObject();
        JsonArray messages = asked.getJsonArray("messages");
        Object last = messages.getJsonObject(messages.size() - 1).getValue("content");
        String said = last instanceof JsonArray parts
                ? parts.stream()
                        .map(part -> ((JsonObject) part).getString("text"))
                        .collect(Collectors.joining())
                : String.valueOf(last);
        if (!asked.getBoolean("stream", false)) {
            request.response()
                    .putHeader("content-type", "application/json")
                    .end(new JsonObject(ScriptedUpstream.WHOLE)
                            .put(
                                    "choices",
                                    new JsonArray()
                                            .add(new JsonObject()
                                                    .put("index", 0)
                                                    .put(
                                                            "message",
                                                            new JsonObject()
                                                                    .put("role", "assistant")
                                                                    .put("content", said))
                                                    .put("finish_reason", "stop")))
                            .toBuffer());
            return;
        }
        var response = request.response().setChunked(true).putHeader("content-type", "text/event-stream");
        for (int i = 0; i < said.length(); i += 3) {
            String piece = said.substring(i, Math.min(said.length(), i + 3));
            response.write(ScriptedUpstream.chunk(
                    new JsonObject().put("content", piece).encode(), "null"));
        }
        response.write(ScriptedUpstream.chunk("{}", "\"stop\""));
        response.end("data: [DONE]\n\n");
    }

    private static String ask(String content, boolean stream) {
        return new JsonObject()
                .put("model", "auto")
                .put("stream", stream)
                .put(
                        "messages",
                        new JsonArray().add(new JsonObject().put("role", "user").put("content", content)))
                .encode();
    }

    private static String said(HttpResponse<String> answer) {
        if (!answer.body().startsWith("data:")) {
            return new JsonObject(answer.body())
                    .getJsonArray("choices")
                    .getJsonObject(0)
                    .getJsonObject("message")
                    .getString("content");
        }
        return answer.body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> new JsonObject(line.substring(6))
                        .getJsonArray("choices")
                        .getJsonObject(0)
                        .getJsonObject("delta")
                        .getString("content", ""))
                .collect(Collectors.joining());
    }

    private String leftLast() {
        return Objects.requireNonNull(started).cloud.seen().getLast().body().toString();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_client_sees_originals_and_the_cloud_never_does(boolean stream) {
        GatewayFixture fogline = start();
        String text = "Write to " + EMAIL + " or call " + MOBILE + ", then " + EMAIL + " again. 请致电 " + MOBILE + "。";
        HttpResponse<String> answer = fogline.chat(ask(text, stream), CLOUD);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(said(answer)).isEqualTo(text);
        assertThat(leftLast())
                .doesNotContain(EMAIL, MOBILE, "example.com")
                .contains("Write to ⟦EMAIL_1⟧ or call ⟦CN_MOBILE_1⟧, then ⟦EMAIL_1⟧ again. 请致电 ⟦CN_MOBILE_1⟧。");
        JsonObject told = new JsonObject(leftLast()).getJsonArray("messages").getJsonObject(0);
        assertThat(told.getString("role")).isEqualTo("system");
        assertThat(told.getString("content")).contains("⟦EMAIL_1⟧", "exactly");
        assertThat(fogline.counter("fogline.egress", "action", "pseudonymised", "sensitivity", "confidential"))
                .isEqualTo(1);
        assertThat(fogline.counter("fogline.egress", "action", "denied")).isZero();
        assertThat(fogline.counter("fogline.placeholders.restored", "target", "cloud/large"))
                .isEqualTo(4);
    }

    @Test
    void escapes_of_the_client_are_read_and_everything_else_leaves_as_it_came() {
        GatewayFixture fogline = start();
        String body = "{ \"model\":\"auto\",  \"x_unknown\": [1.50, \"\\u4f60\"],\n\"messages\" :[{\"content\":"
                + "\"\\u8bf7\\u81f4\\u7535 138\\u0031\\u0032345678 \\n \\\"q\\\"\",\"role\":\"user\"}] }";
        assertThat(said(fogline.chat(body, CLOUD))).isEqualTo("请致电 13812345678 \n \"q\"");
        assertThat(leftLast())
                .startsWith(
                        "{ \"model\":\"large-1\",  \"x_unknown\": [1.50, \"\\u4f60\"],\n\"messages\" :[{\"role\":\"system\"")
                .contains("{\"content\":\"\\u8bf7\\u81f4\\u7535 ⟦CN_MOBILE_1⟧ \\n \\\"q\\\"\",\"role\":\"user\"}] }");
    }

    @Test
    void words_for_the_model_join_the_system_message_that_is_there() {
        GatewayFixture fogline = start();
        fogline.chat(
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                        + "{\"role\":\"user\",\"content\":\"To " + EMAIL + "\"}]}",
                CLOUD);
        JsonArray messages = new JsonObject(leftLast()).getJsonArray("messages");
        assertThat(messages).hasSize(2);
        assertThat(messages.getJsonObject(0).getString("content"))
                .startsWith("Be brief.\n\n")
                .contains("⟦EMAIL_1⟧");
        fogline.chat(
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"developer\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}]},"
                        + "{\"role\":\"user\",\"content\":\"请写信给 " + EMAIL + " ，告诉他明天上午的会议改到下午三点，谢谢\"}]}",
                CLOUD);
        messages = new JsonObject(leftLast()).getJsonArray("messages");
        assertThat(messages.getJsonObject(0).getJsonArray("content")).hasSize(2);
        assertThat(messages.getJsonObject(0)
                        .getJsonArray("content")
                        .getJsonObject(1)
                        .getString("text"))
                .contains("原样", "⟦EMAIL_1⟧");
    }

    @Test
    void the_words_are_the_policys() {
        GatewayFixture fogline = start(
                "version: 1\nname: t\nextends: balanced\nprivacy: { mask: { instruction: Keep the \"marks\". } }\n");
        fogline.chat(ask(EMAIL, false), CLOUD);
        assertThat(new JsonObject(leftLast())
                        .getJsonArray("messages")
                        .getJsonObject(0)
                        .getString("content"))
                .isEqualTo("Keep the \"marks\".");
    }

    @Test
    void without_words_nothing_is_added() {
        GatewayFixture fogline =
                start("version: 1\nname: t\nextends: balanced\nprivacy: { mask: { instruction: false } }\n");
        fogline.chat(ask(EMAIL, false), CLOUD);
        assertThat(leftLast()).contains("\"messages\":[{\"role\":\"user\",\"content\":\"⟦EMAIL_1⟧\"}]");
    }

    @Test
    void what_is_redacted_never_comes_back() {
        GatewayFixture fogline =
                start("version: 1\nname: t\nextends: balanced\nprivacy: { mask: { redact: [ email ] } }\n");
        assertThat(said(fogline.chat(ask("a " + EMAIL + " b " + MOBILE, false), CLOUD)))
                .isEqualTo("a [REDACTED:email] b " + MOBILE);
        assertThat(leftLast()).doesNotContain(EMAIL, MOBILE);
    }

    @Test
    void a_growing_conversation_keeps_its_placeholders() {
        GatewayFixture fogline = start();
        String first = "{\"role\":\"user\",\"content\":\"I am " + EMAIL + "\"}";
        String second = "{\"role\":\"assistant\",\"content\":\"Hello " + EMAIL + ", and b@example.org?\"}";
        String third = "{\"role\":\"user\",\"content\":\"c@example.org and b@example.org\"}";
        fogline.chat("{\"model\":\"auto\",\"messages\":[" + first + "]}", CLOUD);
        assertThat(leftLast()).contains("I am ⟦EMAIL_1⟧");
        HttpResponse<String> answer =
                fogline.chat("{\"model\":\"auto\",\"messages\":[" + first + "," + second + "," + third + "]}", CLOUD);
        assertThat(leftLast()).contains("I am ⟦EMAIL_1⟧", "Hello ⟦EMAIL_1⟧, and ⟦EMAIL_2⟧?", "⟦EMAIL_3⟧ and ⟦EMAIL_2⟧");
        assertThat(said(answer)).isEqualTo("c@example.org and b@example.org");
    }

    @Test
    void what_a_user_typed_stays_as_typed() {
        GatewayFixture fogline = start();
        String text = "⟦EMAIL_1⟧ is not " + EMAIL + " ⟦";
        assertThat(said(fogline.chat(ask(text, true), CLOUD))).isEqualTo(text);
        assertThat(leftLast()).contains("⟦EMAIL_1⟧ is not ⟦EMAIL_2⟧ ⟦");
        assertThat(fogline.counter("fogline.placeholders.unresolved")).isZero();
    }

    @Test
    void arguments_of_tools_are_masked_inside_and_restored_as_json() {
        GatewayFixture fogline = start();
        fogline.cloud.answers((request, body) -> {
            String arguments = body.toJsonObject()
                    .getJsonArray("messages")
                    .getJsonObject(2)
                    .getJsonArray("tool_calls")
                    .getJsonObject(0)
                    .getJsonObject("function")
                    .getString("arguments");
            var response = request.response().setChunked(true).putHeader("content-type", "text/event-stream");
            for (int i = 0; i < arguments.length(); i += 2) {
                String piece = arguments.substring(i, Math.min(arguments.length(), i + 2));
                response.write(ScriptedUpstream.chunk(
                        "{\"tool_calls\":[{\"index\":1,\"function\":"
                                + new JsonObject().put("arguments", piece).encode() + "}]}",
                        "null"));
            }
            response.write(ScriptedUpstream.chunk("{}", "\"tool_calls\""));
            response.end("data: [DONE]\n\n");
        });
        String arguments = "{\"to\":\"\\u006ci.wei@example.com\",\"inner\":\"{\\\"tel\\\":\\\"" + MOBILE + "\\\"}\"}";
        String body = new JsonObject()
                .put("model", "auto")
                .put("stream", true)
                .put(
                        "messages",
                        new JsonArray()
                                .add(new JsonObject().put("role", "user").put("content", "Mail " + EMAIL))
                                .add(new JsonObject()
                                        .put("role", "assistant")
                                        .put(
                                                "tool_calls",
                                                new JsonArray()
                                                        .add(new JsonObject()
                                                                .put("id", "c")
                                                                .put("type", "function")
                                                                .put(
                                                                        "function",
                                                                        new JsonObject()
                                                                                .put("name", "mail")
                                                                                .put("arguments", arguments))))))
                .encode();
        HttpResponse<String> answer = fogline.chat(body, CLOUD);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String restored = answer.body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> new JsonObject(line.substring(6))
                        .getJsonArray("choices")
                        .getJsonObject(0)
                        .getJsonObject("delta")
                        .getJsonArray("tool_calls"))
                .filter(Objects::nonNull)
                .map(calls -> calls.getJsonObject(0).getJsonObject("function").getString("arguments"))
                .collect(Collectors.joining());
        assertThat(restored).isEqualTo("{\"to\":\"" + EMAIL + "\",\"inner\":\"{\\\"tel\\\":\\\"" + MOBILE + "\\\"}\"}");
        JsonObject left = new JsonObject(leftLast())
                .getJsonArray("messages")
                .getJsonObject(2)
                .getJsonArray("tool_calls")
                .getJsonObject(0)
                .getJsonObject("function");
        assertThat(left.getString("arguments"))
                .isEqualTo("{\"to\":\"⟦EMAIL_1⟧\",\"inner\":\"{\\\"tel\\\":\\\"⟦CN_MOBILE_1⟧\\\"}\"}");
    }

    @Test
    void what_cannot_be_masked_whole_does_not_leave() {
        GatewayFixture fogline = start();
        for (String body : List.of(
                ask("hi", false).replace("\"auto\"", "\"auto\",\"stop\":\"" + EMAIL + "\""),
                ask("hi", false).replace("\"auto\"", "\"auto\",\"x_unknown\":\"" + EMAIL + "\""),
                ask("hi", false).replace("\"auto\"", "\"auto\",\"metadata\":{\"a\":\"" + EMAIL + "\"}"),
                ask("hi", false).replace("\"role\"", "\"name\":\"" + EMAIL + "\",\"role\""),
                ask("hi", false)
                        .replace(
                                "\"auto\"",
                                "\"auto\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":"
                                        + "{\"type\":\"object\",\"properties\":{\"a\":{\"enum\":[\"" + EMAIL
                                        + "\"]}}}}}]"),
                ask("hi", false)
                        .replace(
                                "\"hi\"",
                                "[{\"type\":\"text\",\"text\":\"li.wei@exam\"},{\"type\":\"text\",\"text\":\"ple.com\"}]"),
                ask("hi", false)
                        .replace(
                                "\"hi\"",
                                "[{\"type\":\"text\",\"text\":\"" + EMAIL
                                        + "\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:x\"}}]"))) {
            HttpResponse<String> answer = fogline.chat(body, CLOUD);
            assertThat(answer.statusCode()).as(body).isEqualTo(422);
            assertThat(answer.headers().firstValue("X-Fogline-Reason")).contains("privacy");
        }
        assertThat(fogline.chat(ask("hi", false), "X-Fogline-Tier", "cloud", "X-Fogline-Sensitivity", "confidential")
                        .statusCode())
                .isEqualTo(422);
        assertThat(fogline.cloud.seen()).isEmpty();
    }

    @Test
    void who_a_caller_says_the_user_is_leaves_as_a_hash() {
        GatewayFixture fogline = start();
        HttpResponse<String> answer =
                fogline.chat(ask("hi", false).replace("\"auto\"", "\"auto\",\"user\":\"" + EMAIL + "\""), CLOUD);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(leftLast()).doesNotContain(EMAIL);
    }

    @Test
    void conversations_at_the_same_time_share_nothing() throws Exception {
        GatewayFixture fogline = start();
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String text = "Caller " + i + " is user" + i + "@example.com, reachable under 138123456" + (10 + i);
            boolean stream = i % 2 == 0;
            callers.add(() -> said(fogline.chat(ask(text, stream), CLOUD)).equals(text));
        }
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var done : pool.invokeAll(callers)) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(fogline.cloud.seen())
                .allMatch(seen -> !seen.body().toString().contains("@")
                        && seen.body().toString().contains("⟦EMAIL_1⟧"));
    }

    @Test
    void callers_with_different_keys_share_nothing() throws Exception {
        GatewayFixture fogline = new GatewayFixture(
                "", Map.of("FOGLINE_API_KEYS", "a-key-of-the-first-tenant,a-key-of-the-second-tenant"));
        started = fogline;
        fogline.cloud.answers(MaskingTest::echo);
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String tenant = i % 2 == 0 ? "first" : "second";
            String text = "We are the " + tenant + " tenant, " + tenant + "@example.com";
            callers.add(() -> said(fogline.chat(
                            ask(text, tenant.equals("first")),
                            "X-Fogline-Tier",
                            "cloud",
                            "Authorization",
                            "Bearer a-key-of-the-" + tenant + "-tenant"))
                    .equals(text));
        }
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var done : pool.invokeAll(callers)) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(fogline.cloud.seen()).allMatch(seen -> seen.body().toString().contains("tenant, ⟦EMAIL_1⟧"));
    }

    @Test
    void probabilities_of_restored_text_are_taken_out_and_counted() {
        GatewayFixture fogline = start();
        fogline.cloud.answers((request, body) -> {
            var response = request.response().setChunked(true).putHeader("content-type", "text/event-stream");
            for (String text : List.of("plain", "⟦EMAIL_1⟧")) {
                response.write(ScriptedUpstream.chunk(
                        new JsonObject().put("content", text).encode(),
                        "null,\"logprobs\":{\"content\":[{\"token\":\"" + text + "\"}]}"));
            }
            response.write(ScriptedUpstream.chunk("{}", "\"stop\""));
            response.end("data: [DONE]\n\n");
        });
        String answer = fogline.chat(ask(EMAIL, true).replace("\"auto\"", "\"auto\",\"logprobs\":true"), CLOUD)
                .body();
        assertThat(answer)
                .contains("\"token\":\"plain\"", EMAIL, "\"logprobs\":null")
                .doesNotContain("EMAIL_1");
        assertThat(fogline.counter("fogline.logprobs.removed", "target", "cloud/large"))
                .isEqualTo(1);
    }

    @Test
    void what_a_model_made_of_a_placeholder_is_counted_and_stays() {
        GatewayFixture fogline = start();
        fogline.cloud.answers((request, body) -> request.response()
                .putHeader("content-type", "application/json")
                .end(ScriptedUpstream.WHOLE.replace("Hello", "⟦Email_1⟧ ⟦EMAIL_9⟧ ⟦EMAIL_1⟧ ⟦EMAIL_1")));
        assertThat(said(fogline.chat(ask(EMAIL, false), CLOUD)))
                .isEqualTo("⟦Email_1⟧ ⟦EMAIL_9⟧ " + EMAIL + " ⟦EMAIL_1");
        assertThat(fogline.counter("fogline.placeholders.unresolved", "target", "cloud/large"))
                .isEqualTo(3);
    }

    @Test
    void text_that_cannot_become_a_placeholder_is_not_held_back_and_what_is_held_back_is_measured() {
        GatewayFixture fogline = start();
        var held = new CompletableFuture<HttpServerRequest>();
        fogline.cloud.answers((request, body) -> {
            request.response()
                    .setChunked(true)
                    .putHeader("content-type", "text/event-stream")
                    .write(ScriptedUpstream.chunk("{\"content\":\"First words ⟦EMA\"}", "null"));
            held.complete(request);
        });
        try (var caller = new RawCaller(fogline.vertx, fogline.port)) {
            caller.post(ask(EMAIL, true), "X-Fogline-Tier: cloud\r\n").await("First words ");
            assertThat(caller.got()).doesNotContain("EMA");
            held.join().response().write(ScriptedUpstream.chunk("{\"content\":\"IL_1⟧ said so\"}", "null"));
            caller.await(EMAIL + " said so");
        }
        var bytes = fogline.registry
                .get("fogline.restore.holdback.bytes")
                .tag("target", "cloud/large")
                .summary();
        assertThat(bytes.count()).isEqualTo(1);
        assertThat(bytes.max()).isEqualTo("⟦EMA".getBytes(StandardCharsets.UTF_8).length);
        assertThat(fogline.registry
                        .get("fogline.restore.holdback")
                        .tag("target", "cloud/large")
                        .timer()
                        .totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
    }

    @Test
    void a_request_without_findings_is_as_it_was() {
        GatewayFixture fogline = start();
        assertThat(said(fogline.chat(ask("plain ⟦EMAIL_1⟧", true), CLOUD))).isEqualTo("plain ⟦EMAIL_1⟧");
        assertThat(leftLast()).contains("\"messages\":[{\"role\":\"user\",\"content\":\"plain ⟦EMAIL_1⟧\"}]");
        assertThat(fogline.counter("fogline.egress", "action", "pseudonymised")).isZero();
    }
}
