package dev.fogline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.edge.ChatRequestReader.Reading;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestReaderTest {
    private static final Capabilities TEXT_ONLY = new Capabilities(2048, 1024, true, false, false);
    private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";

    private final ChatRequestReader reader = new ChatRequestReader();

    @Test
    void known_fields_reach_the_engine_and_nothing_else_does() {
        ChatRequest request = accepted("{" + HELLO + ",\"temperature\":0.5,\"seed\":7,\"stop\":[\"x\"],\"user\":\"u\","
                + "\"cache_prompt\":false,\"id_slot\":1,\"lora\":[],\"n_probs\":5,\"samplers\":[],\"brand_new\":1}");

        JsonObject body = new JsonObject(request.body("m", false));

        assertThat(body.fieldNames())
                .containsExactlyInAnyOrder("model", "messages", "temperature", "seed", "stop", "max_tokens", "stream");
        assertThat(request.dropped())
                .containsExactly("cache_prompt", "id_slot", "lora", "n_probs", "other", "samplers", "user");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n|\"n\":2",
                "tools|\"tools\":[{\"type\":\"function\"}]",
                "functions|\"functions\":[{}]",
                "grammar|\"grammar\":\"root ::= x\"",
                "grammar|\"json_schema\":{}",
                "audio|\"modalities\":[\"text\",\"audio\"]",
                "web_search_options|\"web_search_options\":{}",
            })
    void a_feature_that_changes_the_answer_is_refused_by_name(String feature, String field) {
        assertThat(rejected("{" + HELLO + "," + field + "}").message()).contains("\"" + feature + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image|{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA\"}}",
                "audio|{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AA\"}}",
                "file|{\"type\":\"file\",\"file\":{\"file_id\":\"f\"}}",
            })
    void a_part_that_a_text_model_cannot_read_is_refused(String feature, String part) {
        assertThat(rejected("{\"messages\":[{\"role\":\"user\",\"content\":[" + part + "]}]}")
                        .message())
                .contains("\"" + feature + "\"");
    }

    @Test
    void a_model_that_sees_still_gets_no_remote_picture() {
        Capabilities seeing = new Capabilities(2048, 1024, true, true, false);
        String remote = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":"
                + "{\"url\":\"https://example.org/a.png\"}}]}]}";
        String inline = remote.replace("https://example.org/a.png", "data:image/png;base64,AA");

        assertThat(reader.read(bytes(remote), seeing)).isInstanceOf(Reading.Rejected.class);
        assertThat(reader.read(bytes(inline), seeing)).isInstanceOf(Reading.Accepted.class);
    }

    @Test
    void logprobs_are_refused_where_there_are_no_real_ones() {
        Capabilities none = new Capabilities(2048, 1024, false, false, false);
        assertThat(reader.read(bytes("{" + HELLO + ",\"logprobs\":true}"), none))
                .isInstanceOf(Reading.Rejected.class);
        assertThat(reader.read(bytes("{" + HELLO + ",\"logprobs\":false}"), none))
                .isInstanceOf(Reading.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'',1024",
        "',\"max_tokens\":5',5",
        "',\"max_tokens\":9,\"max_completion_tokens\":6',6",
        "',\"max_tokens\":99999999',2048",
        "',\"max_tokens\":null',1024"
    })
    void an_answer_is_always_bounded(String field, int bound) {
        JsonObject body = new JsonObject(accepted("{" + HELLO + field + "}").body("m", false));
        assertThat(body.getInteger("max_tokens")).isEqualTo(bound);
        assertThat(body.containsKey("max_completion_tokens")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"messages\":[]}",
                "{\"messages\":\"x\"}",
                "{\"messages\":[{\"role\":\"root\",\"content\":\"x\"}]}",
                "{\"messages\":[{\"role\":\"user\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"riddle\"}]}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} {}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"content\":\"y\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":\"hot\"}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":1}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"max_tokens\":0}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"n\":\"two\"}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"top_logprobs\":3}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"response_format\":{\"type\":\"xml\"}}",
            })
    void a_bad_request_is_400(String body) {
        assertThat(rejected(body).status()).isEqualTo(400);
    }

    @Test
    void a_schema_that_is_nested_too_deep_is_400() {
        String deep = "{\"items\":".repeat(40) + "{}" + "}".repeat(40);
        String shallow = "{\"items\":".repeat(10) + "{}" + "}".repeat(10);
        String request = "{" + HELLO + ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\","
                + "\"schema\":SCHEMA}}}";
        rejected(request.replace("SCHEMA", deep));
        rejected(request.replace("SCHEMA", "{\"$ref\":\"https://example.org/s.json\"}"));
        accepted(request.replace("SCHEMA", shallow));
    }

    @Test
    void a_stream_asks_the_engine_for_usage_whether_the_caller_does_or_not() {
        ChatRequest unasked = accepted("{" + HELLO + ",\"stream\":true}");
        ChatRequest asked = accepted("{" + HELLO + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
        assertThat(unasked.usageWanted()).isFalse();
        assertThat(asked.usageWanted()).isTrue();
        assertThat(new JsonObject(unasked.body("m", true))
                        .getJsonObject("stream_options")
                        .getBoolean("include_usage"))
                .isTrue();
    }

    @Test
    void where_the_engine_would_cut_a_long_prompt_silently_it_is_refused_here() {
        Capabilities cutting = new Capabilities(2048, 1024, true, false, true);
        String longOne = "{\"messages\":[{\"role\":\"user\",\"content\":\"" + "hello ".repeat(1500) + "\"}]}";
        assertThat(reader.read(bytes(longOne), cutting)).isEqualTo(new Reading.Rejected(new Failure.TooLong(0, 2048)));
        assertThat(reader.read(bytes(longOne), TEXT_ONLY)).isInstanceOf(Reading.Accepted.class);
    }

    @Property
    void no_bytes_let_an_exception_escape(@ForAll byte[] body) {
        assertThat(reader.read(body, TEXT_ONLY)).isInstanceOf(Reading.Rejected.class);
    }

    private ChatRequest accepted(String body) {
        assertThat(reader.read(bytes(body), TEXT_ONLY)).isInstanceOf(Reading.Accepted.class);
        return ((Reading.Accepted) reader.read(bytes(body), TEXT_ONLY)).request();
    }

    private Failure rejected(String body) {
        assertThat(reader.read(bytes(body), TEXT_ONLY)).isInstanceOf(Reading.Rejected.class);
        return ((Reading.Rejected) reader.read(bytes(body), TEXT_ONLY)).failure();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
