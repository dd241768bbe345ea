package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fogline.policies.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is masked comes back the same, and nothing else of a body changes. */
class MaskerProperties {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Policy POLICY =
            Policy.load("test", "version: 1\nname: t\nextends: balanced\nprivacy: { mask: { instruction: false } }\n");

    private static final List<String> PIECES = List.of(
            "Hello ",
            "你好，",
            "\n",
            "\"quoted\"",
            "\\",
            "\\u27e6",
            "⟦",
            "⟧",
            "⟦EMAIL_1⟧",
            "⟦CN_MOBILE_2⟧",
            "⟦EMAIL_",
            "𝒳😀 ",
            "\t`code` ",
            "**bold** ",
            "{\"a\": [1, 2]}",
            " and ",
            "，以及 ",
            "[REDACTED:email]",
            " 1.5 ");

    private static String value(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> "user" + random.nextInt(30) + "@example.com";
            case 1 -> "1381234" + (5600 + random.nextInt(30));
            default -> "wang.fang" + random.nextInt(5) + "@mail.example.org";
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
            if (random.nextInt(2) == 0) {
                text.append(' ').append(value(random)).append(' ');
            }
        }
        return text.toString();
    }

    private static ObjectNode request(Random random, List<String> values) {
        ObjectNode request = JSON.createObjectNode().put("model", "auto");
        ArrayNode messages = request.putArray("messages");
        for (int i = random.nextInt(4); i >= 0; i--) {
            ObjectNode message = messages.addObject().put("role", random.nextBoolean() ? "user" : "assistant");
            switch (random.nextInt(4)) {
                case 0 -> {
                    ArrayNode parts = message.putArray("content");
                    for (int p = random.nextInt(3); p >= 0; p--) {
                        parts.addObject().put("type", "text").put("text", text(random) + " ");
                    }
                }
                case 1 -> {
                    message.putNull("content");
                    ObjectNode arguments = JSON.createObjectNode()
                            .put("to", value(random))
                            .put("text", text(random))
                            .put("n", 3);
                    message.putArray("tool_calls")
                            .addObject()
                            .put("id", "c1")
                            .putObject("function")
                            .put("name", "mail")
                            .put("arguments", arguments.toString());
                }
                case 2 -> message.put("content", "{\"result\": " + JSON.valueToTree(text(random)) + "}");
                default -> message.put("content", text(random)).put("reasoning_content", text(random));
            }
        }
        String all = request.toString();
        for (int i = 0; i < 30; i++) {
            values.addAll(List.of(
                    "user" + i + "@example.com", "1381234" + (5600 + i), "wang.fang" + i + "@mail.example.org"));
        }
        values.removeIf(value -> !all.contains(value));
        return request;
    }

    /** Some clients escape what is not ASCII. */
    private static String written(JsonNode request, Random random) {
        String json = request.toString();
        if (random.nextBoolean()) {
            return json;
        }
        var escaped = new StringBuilder();
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c >= 0x80) {
                escaped.append("\\u").append(String.format("%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static ChatRequest read(byte[] body) {
        return new ChatRequestReader(POLICY.detectors()).read(body);
    }

    @Property(tries = 1500)
    void restoring_what_was_masked_gives_it_back(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        List<String> values = new ArrayList<>();
        ObjectNode asked = request(random, values);
        ChatRequest request = read(written(asked, random).getBytes(StandardCharsets.UTF_8));
        if (!POLICY.mask()
                .of(POLICY.levels(), request.content(), request.fixed(), java.util.Optional.empty(), request.features())
                .whole()) {
            return;
        }
        Masked masked = Masker.mask(request, POLICY);
        BodyEdit edit = new BodyEdit(request);
        masked.in(edit);
        byte[] left = edit.apply().getBytes();
        assertThat(values).noneMatch(new String(left, StandardCharsets.UTF_8)::contains);
        assertThat(restored(JSON.readTree(left), masked, false)).isEqualTo(asked);
    }

    /** As an answer that says all of it again would be. */
    private static JsonNode restored(JsonNode node, Masked masked, boolean arguments) {
        if (node.isTextual()) {
            return JSON.getNodeFactory()
                    .textNode(new RestoredText(masked.placeholders(), arguments).next(node.textValue(), true));
        }
        if (node instanceof ArrayNode array) {
            ArrayNode all = JSON.createArrayNode();
            array.forEach(member -> all.add(restored(member, masked, false)));
            return all;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode all = JSON.createObjectNode();
            object.properties()
                    .forEach(field -> all.set(
                            field.getKey(),
                            restored(field.getValue(), masked, field.getKey().equals("arguments"))));
            return all;
        }
        return node;
    }

    @Property(tries = 300)
    void one_value_has_one_placeholder_and_a_history_that_grows_keeps_them(@ForAll long seed) {
        var random = new Random(seed);
        ArrayNode messages = JSON.createArrayNode();
        Map<String, String> before = Map.of();
        for (int turn = 0; turn < 6; turn++) {
            messages.addObject()
                    .put("role", turn % 2 == 0 ? "user" : "assistant")
                    .put("content", "From " + value(random) + " to " + value(random) + " .");
            ObjectNode body = JSON.createObjectNode().put("model", "auto").set("messages", messages);
            ChatRequest request = read(body.toString().getBytes(StandardCharsets.UTF_8));
            Map<String, String> now =
                    Masker.mask(request, POLICY).placeholders().restorable(false);
            assertThat(now).containsAllEntriesOf(before);
            assertThat(now.values()).doesNotHaveDuplicates();
            before = Map.copyOf(now);
        }
    }

    private static String masked(String messages) {
        ChatRequest request =
                read(("{\"model\":\"auto\",\"messages\":" + messages + "}").getBytes(StandardCharsets.UTF_8));
        BodyEdit edit = new BodyEdit(request);
        Masker.mask(request, POLICY).in(edit);
        String left = edit.apply().toString();
        return left.substring(left.indexOf("\"messages\":") + 11, left.length() - 1);
    }

    @Example
    void a_result_of_a_tool_is_masked_inside_its_json() {
        assertThat(masked("[{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":"
                        + "\"{\\\"mail\\\": \\\"\\\\u0061@example.com\\\", \\\"tel\\\": 13812345678}\"},"
                        + "{\"role\":\"user\",\"content\":\"Is a@example.com right?\"}]"))
                .isEqualTo("[{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":"
                        + "\"{\\\"mail\\\": \\\"⟦EMAIL_1⟧\\\", \\\"tel\\\": ⟦CN_MOBILE_1⟧}\"},"
                        + "{\"role\":\"user\",\"content\":\"Is ⟦EMAIL_1⟧ right?\"}]");
    }

    @Example
    void arguments_that_would_not_be_json_any_more_are_not_masked() {
        for (String arguments : List.of("{\\\"tel\\\": 13812345678}", "{\\\"a@example.com\\\": 1}")) {
            assertThatThrownBy(() -> masked("[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"arguments\":\""
                            + arguments + "\"}}]}]"))
                    .as(arguments)
                    .isInstanceOf(UnmaskableException.class);
        }
    }

    @Example
    void a_value_that_only_the_part_before_it_names_is_masked_too() {
        assertThat(
                        masked(
                                "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"mail: a@exa\"},"
                                        + "{\"type\":\"image_url\",\"text\":\"x\"}]},{\"role\":\"user\",\"content\":\"b@example.com\"}]"))
                .contains("⟦EMAIL_1⟧");
    }

    /** Beside an order's number it is one of those, until it is read alone. */
    @Example
    void a_value_that_only_the_json_inside_a_text_says_is_masked() {
        assertThat(masked(
                        "[{\"role\":\"user\",\"content\":\"{\\\"order_id\\\": 7, \\\"n\\\": \\\"13812345678\\\"}\"}]"))
                .isEqualTo(
                        "[{\"role\":\"user\",\"content\":\"{\\\"order_id\\\": 7, \\\"n\\\": \\\"⟦CN_MOBILE_1⟧\\\"}\"}]");
    }

    /** With the address at its end it read as an example, and nothing but the address was found. */
    @Example
    void a_secret_that_comes_to_light_once_its_neighbour_is_masked_stays() {
        for (String text : List.of("password=Sommer24!/bob@example.com", "password=Sommer24!/13812345678")) {
            assertThatThrownBy(() -> masked("[{\"role\":\"user\",\"content\":\"" + text + "\"}]"))
                    .as(text)
                    .isInstanceOf(UnmaskableException.class);
        }
    }

    @Example
    void what_stands_for_a_placeholder_makes_nothing_else_of_what_follows_it() {
        for (String text : List.of(
                "% 15032385536 bytes",
                "% {\\\"order_id\\\": 7, \\\"n\\\": \\\"13800138000\\\"}",
                "[%, 15032385536 bytes]",
                "[% 15032385536 bytes, 7]")) {
            String messages = "[{\"role\":\"user\",\"content\":\"" + text + "\"}]";
            assertThat(masked(messages.replace("%", "bob@example.com"))).isEqualTo(messages.replace("%", "⟦EMAIL_1⟧"));
        }
    }

    /** Not all findings of a long request are kept from reading it. */
    @Example
    void a_request_of_many_values_is_masked_too() {
        var text = new StringBuilder();
        for (int i = 0; i < 2 * TextWalk.MOST_KEPT; i++) {
            text.append("user").append(i).append("@example.com, ");
        }
        String half = text.substring(0, text.length() / 4);
        String left = masked("[{\"role\":\"user\",\"content\":\"a@example.com\"},{\"role\":\"user\",\"content\":\""
                + half + "\"},{\"role\":\"user\",\"content\":\"" + text + "\"}]");
        assertThat(left).doesNotContain("@").contains("⟦EMAIL_" + (2 * TextWalk.MOST_KEPT + 1) + "⟧");
    }

    /** Where what would leave is read once more, something stands for each placeholder; a pattern must not meet that. */
    @Example
    void a_pattern_of_the_policy_for_whatever_stands_in_brackets_does_not_meet_what_stands_for_a_placeholder() {
        Policy policy = Policy.load("test", """
                version: 1
                name: t
                extends: balanced
                privacy:
                  mask: { instruction: false }
                  custom:
                    - { id: bracketed, pattern: '\\[[^\\]]*\\]', level: confidential }
                    - { id: quoted, pattern: '<[^>]*>|\\([^)]*\\)|\\{[^}]*\\}', level: confidential }
                """);
        byte[] body =
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"see [ABC-1] and <Ann> (x9)\"}]}"
                        .getBytes(StandardCharsets.UTF_8);
        ChatRequest request = new ChatRequestReader(policy.detectors()).read(body);
        BodyEdit edit = new BodyEdit(request);
        Masker.mask(request, policy).in(edit);
        assertThat(edit.apply().toString()).contains("see ⟦CUSTOM_1⟧ and ⟦CUSTOM_2⟧ ⟦CUSTOM_3⟧");
    }
}
