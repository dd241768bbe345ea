package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fogline.policies.privacy.FindingKind;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Values come back in answers, however a stream is cut. */
class RestoringProperties {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DONE = "data: [DONE]\n\n";
    private static final String QUOTED = "pa\"ss\\wörd\n";

    private static final Placeholders PLACEHOLDERS = Placeholders.of(
            new LinkedHashMap<>(Map.of("a@example.com", FindingKind.EMAIL, QUOTED, FindingKind.PASSWORD)),
            Set.of(),
            Set.of("⟦EMAIL_7⟧"));

    private static Restoring restoring() {
        return restoring(PLACEHOLDERS);
    }

    private static Restoring restoring(Placeholders placeholders) {
        return new Restoring(placeholders, false, () -> 0, (bytes, nanos) -> {});
    }

    private static String event(int choice, String field, String text, boolean finish) {
        ObjectNode delta = JSON.createObjectNode();
        if (field.startsWith("tool")) {
            ObjectNode call = delta.putArray("tool_calls").addObject();
            call.putObject("function").put("arguments", text);
            call.put("index", field.charAt(4) - '0');
        } else {
            delta.put(field, text);
        }
        return event(choice, delta, finish);
    }

    private static String event(int choice, ObjectNode delta, boolean finish) {
        ObjectNode chunk = JSON.createObjectNode().put("id", "c").put("model", "m");
        ObjectNode one = chunk.putArray("choices").addObject();
        one.set("delta", delta);
        one.put("index", choice).put("finish_reason", finish ? "stop" : null);
        chunk.putNull("usage");
        return "data: " + chunk + "\n\n";
    }

    /** What a client makes of a stream: each text of each choice. */
    private static Map<String, String> read(String stream) throws IOException {
        var texts = new TreeMap<String, String>();
        for (String event : stream.lines().toList()) {
            if (event.startsWith("data: {")) {
                for (JsonNode choice : JSON.readTree(event.substring(6)).path("choices")) {
                    String index = choice.path("index").asText();
                    choice.path("delta").properties().forEach(field -> {
                        if (field.getKey().equals("tool_calls")) {
                            field.getValue()
                                    .forEach(call -> texts.merge(
                                            index + " tool" + call.path("index").asText(),
                                            call.path("function")
                                                    .path("arguments")
                                                    .asText(),
                                            String::concat));
                        } else {
                            texts.merge(
                                    index + " " + field.getKey(),
                                    field.getValue().asText(),
                                    String::concat);
                        }
                    });
                }
            }
        }
        texts.values().removeIf(String::isEmpty);
        return texts;
    }

    private static String relayed(byte[] bytes, int... cuts) {
        var answer = new StreamedAnswer(false, restoring());
        Buffer out = Buffer.buffer();
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i < cuts.length ? cuts[i] : bytes.length;
            answer.accept(Buffer.buffer(Arrays.copyOfRange(bytes, from, to)));
            out.appendBuffer(answer.take());
            from = to;
        }
        return out.toString();
    }

    private static final List<String> PIECES = List.of(
            "text ",
            "⟦EMAIL_1⟧",
            "⟦PASSWORD_1⟧",
            "⟦EMAIL_7⟧",
            "⟦",
            "⟦EMAIL_",
            "⟦email_1⟧",
            "你好",
            "\"",
            "⟧",
            "⟦⟦EMAIL_1⟧⟧");

    private static final class Said {
        private final StringBuilder text = new StringBuilder();
        private int sent;
    }

    @Property(tries = 2000)
    void texts_come_back_whole_for_any_cut_between_events_and_bytes(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        String[] fields = {"content", "reasoning_content", "refusal", "tool0", "tool1"};
        Map<String, Said> said = new TreeMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String key = random.nextInt(2) + " " + fields[random.nextInt(fields.length)];
            Said text = said.computeIfAbsent(key, name -> new Said());
            for (int p = random.nextInt(5); p >= 0; p--) {
                String piece = PIECES.get(random.nextInt(PIECES.size()));
                text.text.append(key.contains("tool") ? piece.replace("\"", "\\\"") : piece);
            }
        }
        var stream = new StringBuilder();
        int events = 0;
        List<Map.Entry<String, Said>> left = new ArrayList<>(said.entrySet());
        while (!left.isEmpty()) {
            Map.Entry<String, Said> one = left.get(random.nextInt(left.size()));
            String key = one.getKey();
            Said text = one.getValue();
            int to = Math.min(text.text.length(), text.sent + 1 + random.nextInt(6));
            stream.append(event(key.charAt(0) - '0', key.substring(2), text.text.substring(text.sent, to), false));
            text.sent = to;
            events++;
            left.removeIf(done -> done.getValue().sent == done.getValue().text.length());
        }
        stream.append(event(0, JSON.createObjectNode(), true)).append(event(1, JSON.createObjectNode(), true));
        stream.append(DONE);
        var expected = new TreeMap<String, String>();
        said.forEach((key, text) -> expected.put(
                key, new RestoredText(PLACEHOLDERS, key.contains("tool")).next(text.text.toString(), true)));

        byte[] bytes = stream.toString().getBytes(StandardCharsets.UTF_8);
        int[] cuts = random.ints(5, 0, bytes.length).sorted().toArray();
        String got = relayed(bytes, cuts);
        assertThat(read(got)).isEqualTo(expected);
        assertThat(got).endsWith(DONE);
        assertThat(got.lines().filter(line -> line.startsWith("data:")).count()).isGreaterThanOrEqualTo(events + 3);
    }

    @Example
    void a_stream_cut_at_every_byte_says_the_same() throws IOException {
        byte[] bytes = (event(0, "content", "Mail ⟦EMA", false)
                        + event(0, "tool0", "{\"p\": \"⟦PASS", false)
                        + event(0, "content", "IL_1⟧ now ⟦", false)
                        + event(0, "tool0", "WORD_1⟧\"}", false)
                        + event(0, JSON.createObjectNode(), true)
                        + DONE)
                .getBytes(StandardCharsets.UTF_8);
        String whole = relayed(bytes);
        assertThat(read(whole)).containsEntry("0 content", "Mail a@example.com now ⟦");
        assertThat(JSON.readTree(read(whole).get("0 tool0")).path("p").asText()).isEqualTo(QUOTED);
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(relayed(bytes, cut)).as("cut at %s", cut).isEqualTo(whole);
        }
    }

    @Example
    void events_with_nothing_to_restore_stay_byte_for_byte() {
        String plain = event(0, "content", "Hello \\ world \u27e7", false)
                + "event: x\nid: 7\n" + event(0, "tool0", "{\"a\":\"b\\n\"}", false)
                + event(0, "content", "\u27e6x", false).replace("\n", "\r\n")
                + event(0, "content", " y", false)
                + "data: {\"choices\":\ndata: [{\"delta\":{}}]}\n\n"
                + event(0, JSON.createObjectNode(), true)
                + DONE;
        assertThat(relayed(plain.getBytes(StandardCharsets.UTF_8))).isEqualTo(plain);
    }

    @Example
    void text_that_waits_is_only_what_may_become_a_placeholder_that_there_is() throws IOException {
        var restoring = restoring();
        var answer = new StreamedAnswer(false, restoring);
        answer.accept(Buffer.buffer(event(0, "content", "a ⟦EMAIL_", false)));
        assertThat(read(answer.take().toString())).containsEntry("0 content", "a ");
        answer.accept(Buffer.buffer(event(0, "content", "2", false)));
        assertThat(read(answer.take().toString())).containsEntry("0 content", "⟦EMAIL_2");
        answer.accept(Buffer.buffer(event(0, "content", "⟧", false)));
        assertThat(read(answer.take().toString())).containsEntry("0 content", "⟧");
        assertThat(restoring.unresolved()).isEqualTo(1);
    }

    /** "⟦PASSWORD_1⟧" as it is, and with its brackets as escapes where the text is JSON. */
    private static final int LONGEST = 3 + 10 + 3;

    private static final int LONGEST_IN_JSON = 6 + 10 + 6;

    @Property(tries = 500)
    void less_than_a_placeholder_is_held_back_and_no_longer_than_until_the_next_piece(@ForAll long seed) {
        var random = new Random(seed);
        var clock = new long[1];
        boolean json = random.nextBoolean();
        var restoring = new Restoring(PLACEHOLDERS, false, () -> clock[0], (bytes, nanos) -> {
            assertThat(bytes).isPositive().isLessThan(json ? LONGEST_IN_JSON : LONGEST);
            assertThat(nanos).isBetween(0L, clock[0]);
        });
        var answer = new StreamedAnswer(false, restoring);
        for (int i = 0; i < 40; i++) {
            clock[0] += 1_000;
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            int cut = random.nextInt(piece.length() + 1);
            for (String part : List.of(piece.substring(0, cut), piece.substring(cut))) {
                clock[0] += 1_000;
                answer.accept(Buffer.buffer(event(0, json ? "tool0" : "content", part, false)));
            }
        }
        answer.takeCut();
    }

    @Example
    void they_come_back_in_whatever_a_model_writes_them_into() throws IOException {
        for (String around : List.of(
                "%s",
                "**%s**",
                "`%s`",
                "```sh\nmail %s\n```",
                "> %s said",
                "| a | %s |",
                "[mail](mailto:%s)",
                "<b>%s</b>",
                "print(\"%s\")",
                "{\"to\": \"%s\", \"n\": 1}",
                "请写信给%s。",
                "„%s“, sagte er",
                "%s%s",
                "%s's",
                "(%s)",
                "1. %s\n2. %s")) {
            String masked = around.replace("%s", "⟦EMAIL_1⟧");
            JsonNode whole = JSON.readTree(restoring().whole(answer(masked)));
            String expected = around.replace("%s", "a@example.com");
            assertThat(whole.at("/choices/0/message/content").asText()).isEqualTo(expected);
            for (int cut = 0; cut <= masked.length(); cut++) {
                String stream = event(0, "content", masked.substring(0, cut), false)
                        + event(0, "content", masked.substring(cut), true)
                        + DONE;
                assertThat(read(relayed(stream.getBytes(StandardCharsets.UTF_8))))
                        .containsEntry("0 content", expected);
            }
        }
    }

    @Example
    void what_is_cut_at_the_end_goes_as_it_is() throws IOException {
        String cut = event(0, "content", "a ⟦EMAIL_1", false);
        assertThat(read(relayed((cut + DONE).getBytes(StandardCharsets.UTF_8))))
                .containsEntry("0 content", "a ⟦EMAIL_1");
        var answer = new StreamedAnswer(false, restoring());
        answer.accept(Buffer.buffer(cut));
        answer.take();
        assertThat(answer.end()).isFalse();
        assertThat(read(answer.takeCut().toString())).containsEntry("0 content", "⟦EMAIL_1");
        var finished = new StreamedAnswer(false, restoring());
        finished.accept(Buffer.buffer(event(0, "content", "b ⟦EMAIL_1", true)));
        assertThat(finished.end()).isTrue();
        assertThat(read(finished.take().toString())).containsEntry("0 content", "b ⟦EMAIL_1");
    }

    @Example
    void altered_ones_are_counted_and_typed_ones_are_not() {
        var restoring = restoring();
        restoring.whole(answer("⟦EMAIL_1⟧ ⟦Email_1⟧ ⟦EMAIL_99⟧ ⟦EMAIL_7⟧ ⟦x⟧ ⟦EMAIL"));
        assertThat(restoring.restored()).isEqualTo(1);
        assertThat(restoring.unresolved()).isEqualTo(3);
    }

    private static byte[] answer(String content) {
        ObjectNode answer = JSON.createObjectNode().put("id", "c");
        answer.putArray("choices").addObject().putObject("message").put("content", content);
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Example
    void a_whole_answer_has_its_values_in_text_and_in_arguments() throws IOException {
        String body = "{ \"choices\": [{\"index\":0, \"message\": {\"content\":\"\\u27e6PASSWORD_1\\u27e7 \\u4f60\","
                + "\"reasoning\":\"⟦EMAIL_1⟧\",\"refusal\":null,"
                + "\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":\\\"\\\\u27e6PASSWORD_1\\\\u27e7\\\"}\"}}],"
                + "\"function_call\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":\\\"⟦PASSWORD_1⟧\\\"}\"}}}], \"x\" : 1.50 }";
        String restored = new String(restoring().whole(body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
        assertThat(restored).startsWith("{ \"choices\": [{\"index\":0, ").endsWith(" \"x\" : 1.50 }");
        JsonNode message = JSON.readTree(restored).at("/choices/0/message");
        assertThat(message.path("content").asText()).isEqualTo(QUOTED + " 你");
        assertThat(message.path("reasoning").asText()).isEqualTo("a@example.com");
        for (String arguments : List.of("/tool_calls/0/function/arguments", "/function_call/arguments")) {
            assertThat(JSON.readTree(message.at(arguments).asText()).path("a").asText())
                    .isEqualTo(QUOTED);
        }
    }

    @Example
    void probabilities_of_restored_text_are_taken_out() throws IOException {
        var restoring = restoring();
        ObjectNode answer = JSON.createObjectNode();
        for (String content : List.of("⟦EMAIL_1⟧", "plain")) {
            ObjectNode choice = answer.withArray("choices").addObject();
            choice.put("index", content.length());
            choice.putObject("logprobs").putArray("content").addObject().put("token", "⟦");
            choice.putObject("message").put("content", content);
        }
        JsonNode restored = JSON.readTree(restoring.whole(answer.toString().getBytes(StandardCharsets.UTF_8)));
        assertThat(restored.at("/choices/0/logprobs").isNull()).isTrue();
        assertThat(restored.at("/choices/1/logprobs/content")).hasSize(1);
        assertThat(restoring.logprobsRemoved()).isEqualTo(1);
    }

    @Example
    void an_answer_in_json_as_asked_stays_json() throws IOException {
        var restoring = new Restoring(PLACEHOLDERS, true, () -> 0, (bytes, nanos) -> {});
        JsonNode restored = JSON.readTree(restoring.whole(answer("{\"p\": \"⟦PASSWORD_1⟧\"}")));
        assertThat(JSON.readTree(restored.at("/choices/0/message/content").asText())
                        .path("p")
                        .asText())
                .isEqualTo(QUOTED);
    }
}
