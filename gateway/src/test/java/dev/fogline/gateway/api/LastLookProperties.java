package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fogline.policies.Policy;
import dev.fogline.policies.privacy.FindingKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** Nothing passes a look at what changed that would not pass a look at all of it. */
class LastLookProperties {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Policy POLICY = Policy.load("test", """
            version: 1
            name: t
            extends: balanced
            privacy:
              custom:
                - { id: brackets, pattern: "[^a-z ]{2} end" }
                - { id: ticket, pattern: "REF [^ -~]*", level: internal }
              combinations:
                - { id: tickets, of: [custom], kinds: 1, values: 2, level: confidential }
            """);

    /** Values, what names a value or is one once its neighbour is gone, and what is none. */
    private static final List<String> PIECES = List.of(
            "bob@example.com",
            "alice.li@mail.example.org",
            "13812345678",
            "15032385536",
            "192.168.10.14",
            "2001:db8::8:800:200c:417a",
            "https://example.org/a?b=c",
            "password=Sommer24!/",
            "my password is ",
            "token: ",
            "mobile ",
            "call me at ",
            "born on 1987-03-04",
            "REF ",
            "data:",
            "base64,lorem/ipsum/dolor/sit/amet/consectetur/elit",
            "end",
            "\n",
            "\"",
            "\\",
            "\u00e9",
            "\ud83d\ude00",
            "{",
            "[",
            "\u27e6",
            "\u27e6EMAIL_1\u27e7",
            "你好，",
            "手机号",
            "4111 1111 1111 1111",
            " and ",
            " ",
            "/",
            "-",
            "7");

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(9); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size()))).append(random.nextInt(3) == 0 ? "" : " ");
        }
        return text.toString();
    }

    private static ChatRequest request(Random random) {
        ObjectNode request = JSON.createObjectNode().put("model", "auto");
        if (random.nextInt(8) == 0) {
            request.put("user", text(random));
        }
        ArrayNode messages = request.putArray("messages");
        for (int i = random.nextInt(4); i >= 0; i--) {
            ObjectNode message = messages.addObject().put("role", "user");
            switch (random.nextInt(8)) {
                case 0 -> {
                    ArrayNode parts = message.putArray("content");
                    for (int p = random.nextInt(3); p >= 0; p--) {
                        parts.addObject().put("type", "text").put("text", text(random));
                    }
                }
                case 1 ->
                    message.putArray("tool_calls")
                            .addObject()
                            .putObject("function")
                            .put("name", "mail")
                            .put(
                                    "arguments",
                                    JSON.createObjectNode()
                                            .put("to", text(random))
                                            .toString());
                default -> message.put("content", text(random));
            }
        }
        return read(request.toString());
    }

    private static ChatRequest read(String body) {
        return new ChatRequestReader(POLICY.detectors()).read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Masker.Made> made(ChatRequest request) {
        boolean whole = POLICY.mask()
                .of(POLICY.levels(), request.content(), request.fixed(), Optional.empty(), request.features())
                .whole();
        try {
            return whole ? Optional.of(Masker.make(request, POLICY)) : Optional.empty();
        } catch (UnmaskableException e) {
            return Optional.empty();
        }
    }

    @Property(tries = 20_000)
    void what_passes_a_look_at_what_changed_passes_a_look_at_all(@ForAll long seed) {
        made(request(new Random(seed))).ifPresent(made -> {
            boolean passes = made.lastLook().atWhatChanged(made.masked());
            Statistics.collect(passes);
            if (passes) {
                assertThatCode(() -> made.lastLook().atAll(made.masked())).doesNotThrowAnyException();
            }
        });
    }

    @Property(tries = 3_000)
    void a_cut_that_is_missing_or_beside_its_value_does_not_pass(
            @ForAll long seed, @ForAll @IntRange(min = -3, max = 3) int aside) {
        var random = new Random(seed);
        made(request(random)).ifPresent(made -> {
            List<Masked.Edit> cuts = new ArrayList<>(made.masked().edits());
            cuts.removeIf(Masked.Edit::words);
            if (cuts.isEmpty() || !made.lastLook().atWhatChanged(made.masked())) {
                return;
            }
            int which = random.nextInt(cuts.size());
            Masked.Edit cut = cuts.remove(which);
            if (aside != 0) {
                cuts.add(which, new Masked.Edit(cut.start() + aside, cut.end() + aside, cut.by(), false));
            }
            assertThat(made.lastLook()
                            .atWhatChanged(new Masked(cuts, made.masked().placeholders())))
                    .isFalse();
        });
    }

    @Example
    void of_a_long_conversation_what_changed_is_enough() {
        ObjectNode request = JSON.createObjectNode().put("model", "auto");
        ArrayNode messages = request.putArray("messages");
        for (int i = 0; i < 40; i++) {
            messages.addObject().put("role", "user").put("content", "How do I cook rice? " + i);
        }
        messages.addObject().put("role", "user").put("content", "Send it to bob@example.com, \"please\".");
        Masker.Made made = Masker.make(read(request.toString()), POLICY);
        assertThat(made.lastLook().atWhatChanged(made.masked())).isTrue();
    }

    private static void doesNotPass(Policy policy, String text) {
        ObjectNode request = JSON.createObjectNode().put("model", "auto");
        request.putArray("messages").addObject().put("role", "user").put("content", text);
        ChatRequest read = new ChatRequestReader(policy.detectors())
                .read(request.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(policy.mask()
                        .of(policy.levels(), read.content(), read.fixed(), Optional.empty(), read.features())
                        .whole())
                .isTrue();
        Masker.Made made = Masker.make(read, policy);
        assertThatThrownBy(() -> made.lastLook().atAll(made.masked())).isInstanceOf(UnmaskableException.class);
        assertThat(made.lastLook().atWhatChanged(made.masked())).isFalse();
    }

    private static Policy oneTicket(String pattern) {
        return Policy.load("test", """
                version: 1
                name: t
                extends: balanced
                privacy:
                  custom:
                    - { id: ticket, pattern: "%s", level: internal }
                  combinations:
                    - { id: tickets, of: [custom], kinds: 1, values: 2, level: confidential }
                """.formatted(pattern));
    }

    @Example
    void two_values_that_were_one_until_their_neighbour_was_masked_do_not_pass_where_two_are_too_many() {
        doesNotPass(oneTicket("REF [^ -~]*"), "REF bob@example.com and REF x");
        doesNotPass(oneTicket("[^ -~]* REF"), "bob@example.com REF and x REF");
    }

    private static final String BOB = "bob@example.com";

    private static ChatRequest twoMessages(String other) {
        ObjectNode request = JSON.createObjectNode().put("model", "auto");
        ArrayNode messages = request.putArray("messages");
        messages.addObject().put("role", "user").put("content", BOB);
        messages.addObject().put("role", "user").put("content", other);
        return read(request.toString());
    }

    private static MaskedText bob(ChatRequest read, int start) {
        var text = new MaskedText(read.body(), start, start + BOB.length());
        text.found(Objects.requireNonNull(read.found()).get(start));
        text.spans(List.of(new MaskSpans.Span(0, BOB.length(), FindingKind.EMAIL, BOB)));
        return text;
    }

    private static void doesNotPass(ChatRequest read, List<Integer> texts, List<Integer> cuts) {
        var look = new LastLook(
                read,
                POLICY,
                Set.of(FindingKind.EMAIL),
                texts.stream().map(start -> bob(read, start)).toList());
        var half = new Masked(
                cuts.stream()
                        .map(start -> new Masked.Edit(start, start + BOB.length(), "x", false))
                        .toList(),
                new Placeholders(Set.of()));
        assertThat(look.atWhatChanged(half)).isFalse();
    }

    @Example
    void a_text_in_which_something_was_found_and_that_was_not_masked_does_not_pass() {
        for (String other : List.of("alice@example.com", BOB, "13812345678")) {
            ChatRequest read = twoMessages(other);
            int first = new String(read.body(), StandardCharsets.UTF_8).indexOf(BOB);
            doesNotPass(read, List.of(first), List.of(first));
        }
    }

    @Example
    void a_value_cut_out_of_another_text_does_not_pass() {
        ChatRequest read = twoMessages(BOB);
        String body = new String(read.body(), StandardCharsets.UTF_8);
        int first = body.indexOf(BOB);
        int second = body.lastIndexOf(BOB);
        doesNotPass(read, List.of(first, second), List.of(second, second));
        doesNotPass(read, List.of(first, second), List.of(first, first));
    }

    @Example
    void bytes_that_look_like_an_image_once_their_neighbours_are_masked_do_not_pass_where_none_may_leave() {
        doesNotPass(
                Policy.load(
                        "test",
                        "version: 1\nname: t\nextends: balanced\nprivacy: { levels: { unreadable: confidential } }\n"),
                "data: alice.longname.number1@mail.example.org alice.longname.number2@mail.example.org"
                        + " alice.longname.number3@mail.example.org alice.longname.number4@mail.example.org"
                        + " base64,lorem/ipsum/dolor/sit/amet/consectetur/elit");
    }

    @Example
    void a_pattern_that_meets_too_much_once_something_is_masked_does_not_pass() {
        doesNotPass(Policy.load("test", """
                version: 1
                name: t
                extends: balanced
                privacy:
                  custom:
                    - { id: other, pattern: "[^ -~]", context: [nothing-of-the-kind] }
                """), "é".repeat(999) + " bob@example.com");
    }

    @Example
    void what_comes_to_light_once_its_neighbour_is_masked_does_not_pass() {
        ObjectNode request = JSON.createObjectNode().put("model", "auto");
        request.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", "password=Sommer24!/bob@example.com");
        ChatRequest read = read(request.toString());
        Masker.Made made = Masker.make(read, POLICY);
        assertThat(made.lastLook().atWhatChanged(made.masked())).isFalse();
        assertThatThrownBy(() -> Masker.mask(read, POLICY)).isInstanceOf(UnmaskableException.class);
    }
}
