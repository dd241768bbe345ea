package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.fogline.policies.Language;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.privacy.Custom;
import dev.fogline.policies.privacy.Detectors;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.TimeLimit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestReaderTest {
    /** A JVM that has just begun may take longer than the limit, and everything would be restricted. */
    private static final TimeLimit.Clock STANDING = new TimeLimit.Clock() {
        @Override
        public long wall() {
            return 0;
        }

        @Override
        public long processor() {
            return 0;
        }
    };

    private static final String CN_ID = "11010519491231002X";
    private final ChatRequestReader reader = new ChatRequestReader(Detectors.standard(), STANDING);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "[]",
                "null",
                "\"auto\"",
                "{",
                "{}",
                "{\"model\":\"auto\"}",
                "{\"model\":\"auto\",\"messages\":[]}",
                "{\"model\":\"auto\",\"messages\":{}}",
                "{\"model\":1,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"auto\",\"messages\":[1]}",
                "{\"model\":\"auto\",\"messages\":[{\"content\":\"a\"}]}",
                "{\"model\":\"auto\",\"messages\":[{\"role\":1,\"content\":\"a\"}]}",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":1}]}",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":[\"a\"]}]}",
                "{\"model\":\"auto\",\"stream\":\"yes\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"auto\",\"n\":0,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"auto\",\"max_tokens\":1.5,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"auto\",\"max_tokens\":99999999999,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"auto\",\"model\":\"b\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]} {}",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],}",
            })
    void what_is_no_chat_request_is_refused(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().status()).isEqualTo(400));
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() {
        byte[] latin = chat("\u00e9").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> reader.read(latin)).isInstanceOf(FailureException.class);
        byte[] utf16 = chat("a").getBytes(StandardCharsets.UTF_16LE);
        assertThatThrownBy(() -> reader.read(utf16)).isInstanceOf(FailureException.class);
    }

    @Test
    void nesting_is_bounded() {
        assertThatThrownBy(() -> read(
                        chat("a").replace("{\"model\"", "{\"x\":" + "[".repeat(200) + "]".repeat(200) + ",\"model\"")))
                .isInstanceOf(FailureException.class);
    }

    @Test
    void messages_never_quote_the_body() {
        assertThatThrownBy(() ->
                        read("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"" + CN_ID + "\"} x]}"))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().message())
                                .doesNotContain(CN_ID)
                                .contains("byte"));
    }

    @Test
    void null_counts_as_absent() {
        ChatRequest request =
                read(chat("a").replace("{\"model\"", "{\"stream\":null,\"n\":null,\"tools\":null,\"model\""));
        assertThat(request.stream()).isFalse();
        assertThat(request.features()).isEmpty();
    }

    @Test
    void features_are_what_would_change_the_answer() {
        assertThat(read(chat("a").replace("{\"model\"", "{\"n\":1,\"logprobs\":false,\"tools\":[],\"model\""))
                        .features())
                .isEmpty();
        assertThat(read(chat("a").replace("{\"model\"", "{\"n\":2,\"logprobs\":true,\"tools\":[{}],\"model\""))
                        .features())
                .containsExactlyInAnyOrder("n", "logprobs", "tools");
        assertThat(parts("{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}")
                        .features())
                .containsExactly("image");
        assertThat(parts("{\"type\":\"image_url\",\"image_url\":{\"url\":\"http://a/b.png\"}}")
                        .features())
                .containsExactlyInAnyOrder("image", "remote_media");
        assertThat(parts("{\"type\":\"hologram\"}").features()).containsExactly("unknown_part");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"%s\",\"content\":\"a\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user %s\",\"content\":\"a\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"name\":\"%s\",\"content\":\"a\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"user\":\"%s\"}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"metadata\":{\"%s\":1}}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"x_new\":[[\"%s\"]]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"tools\":[{\"d\":\"%s\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://h/%s\"}}]}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"arguments\":\"{\\\"id\\\":\\\"%s\\\"}\"}}]}]}",
            })
    void a_value_is_found_wherever_it_stands(String body) {
        assertThat(read(body.formatted(CN_ID)).sensitivity()).isEqualTo(Sensitivity.RESTRICTED);
        assertThat(read(body.formatted("nothing")).sensitivity()).isEqualTo(Sensitivity.PUBLIC);
    }

    @Test
    void a_value_is_found_in_whatever_dress_it_comes() {
        String escaped = "\\u0031\\u0031" + CN_ID.substring(2);
        assertThat(read(chat(escaped)).sensitivity()).isEqualTo(Sensitivity.RESTRICTED);
        String twice = "{\\\"id\\\":\\\"\\\\u0031\\\\u0031" + CN_ID.substring(2) + "\\\"}";
        assertThat(read(chat(twice)).sensitivity()).isEqualTo(Sensitivity.RESTRICTED);
        String number = chat("a").replace("{\"model\"", "{\"seed\":110101199003070011,\"model\"");
        assertThat(read(number).findings())
                .isEqualTo(read(chat("110101199003070011")).findings());
        assertThat(parts("{\"type\":\"text\",\"text\":\"1101051949\"},{\"type\":\"text\",\"text\":\"1231002X\"}")
                        .sensitivity())
                .isEqualTo(Sensitivity.RESTRICTED);
    }

    @Test
    void a_number_is_read_but_for_a_short_setting_of_the_model() {
        var code = new Custom.Entry("code", List.of("4711", "0.42"), Optional.empty(), List.of());
        var reader = new ChatRequestReader(Detectors.standard().with(Custom.of(List.of(code))), STANDING);
        Function<String, Map<FindingKind, Integer>> found = field -> reader.read(chat("a")
                        .replace("{\"model\"", "{" + field + ",\"model\"")
                        .getBytes(StandardCharsets.UTF_8))
                .findings();
        assertThat(found.apply("\"seed\":4711")).containsOnlyKeys(FindingKind.CUSTOM);
        assertThat(found.apply("\"x\":4711")).containsOnlyKeys(FindingKind.CUSTOM);
        assertThat(found.apply("\"x\":0.42")).containsOnlyKeys(FindingKind.CUSTOM);
        assertThat(found.apply("\"temperature\":4711.00001")).containsOnlyKeys(FindingKind.CUSTOM);
        assertThat(found.apply("\"temperature\":0.42")).isEmpty();
    }

    @Test
    void a_text_counts_the_same_however_it_is_written() {
        for (String text :
                List.of("plain", "line\nfeed", "caf\u00e9", "\u5b57\u7b26", "\ud83d\ude00 and \"quotes\" \\")) {
            var escaped = new StringBuilder();
            text.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
            ChatRequest plain =
                    read(chat(new String(JsonStringEncoder.getInstance().quoteAsString(text))));
            ChatRequest hidden = read(chat(escaped.toString()));
            assertThat(plain.promptTokens()).as(text).isEqualTo(hidden.promptTokens());
            assertThat(plain.language()).as(text).isEqualTo(hidden.language());
        }
    }

    @Test
    void a_text_is_taken_for_ascii_only_where_it_is() {
        for (String beyond : List.of("\u5bc6\u7801", "\\u5bc6\\u7801")) {
            assertThat(read(chat(beyond + "\uff1axK9#mQ2vL7pw")).findings())
                    .as(beyond)
                    .containsKey(FindingKind.PASSWORD);
            String member = "{\"x\":{\"" + beyond + "\":\"xK9#mQ2vL7pw\"},\"model\"";
            assertThat(read(chat("a").replace("{\"model\"", member)).findings())
                    .as(beyond)
                    .containsKey(FindingKind.PASSWORD);
            assertThat(read(chat(beyond.repeat(100))).promptTokens())
                    .as(beyond)
                    .isGreaterThan(read(chat("ab".repeat(100))).promptTokens());
            assertThat(read(chat(beyond.repeat(100))).language()).as(beyond).isEqualTo(Language.ZH);
        }
    }

    @Test
    void a_key_beside_a_value_is_its_context() {
        String wrongCheckDigit = "110105194912310021";
        assertThat(read(chat("a").replace("{\"model\"", "{\"x\":{\"idCard\":\"" + wrongCheckDigit + "\"},\"model\""))
                        .sensitivity())
                .isEqualTo(Sensitivity.RESTRICTED);
        assertThat(read(chat("a").replace("{\"model\"", "{\"x\":{\"password\":\"xK9#mQ2vL7pw\"},\"model\""))
                        .sensitivity())
                .isEqualTo(Sensitivity.RESTRICTED);
        String inside = "{\\\"args\\\":{\\\"\\\\u0070assword\\\":\\\"xK9#mQ2vL7pw\\\"}}";
        assertThat(read(chat(inside)).sensitivity()).isEqualTo(Sensitivity.RESTRICTED);
    }

    @Test
    void a_request_that_takes_the_detectors_too_long_is_restricted() {
        var slow = new TimeLimit.Clock() {
            private long now;

            @Override
            public long wall() {
                return now += 9_000_000;
            }

            @Override
            public long processor() {
                return now;
            }
        };
        ChatRequest late = new ChatRequestReader(Detectors.standard(), slow)
                .read(chat("a").replace("\"user\"", "\"user\",\"name\":\"b\"").getBytes(StandardCharsets.UTF_8));
        assertThat(late.sensitivity()).isEqualTo(Sensitivity.RESTRICTED);
        assertThat(late.findings()).isEqualTo(Map.of(FindingKind.DETECTOR_FAILURE, 1));
    }

    private ChatRequest parts(String parts) {
        return read(chat("PARTS").replace("\"PARTS\"", "[" + parts + "]"));
    }

    private ChatRequest read(String body) {
        return reader.read(body.getBytes(StandardCharsets.UTF_8));
    }

    static String chat(String content) {
        return "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]}";
    }
}
