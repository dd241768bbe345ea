package dev.fogline.edge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JoinedChunksTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIMIT = 1 << 20;

    @Property(tries = 300)
    void texts_and_probabilities_are_joined_in_order_whatever_they_hold(@ForAll List<String> texts)
            throws JsonProcessingException {
        JoinedChunks joined = new JoinedChunks(LIMIT);
        for (String text : texts) {
            ObjectNode chunk = JSON.createObjectNode();
            ObjectNode choice = chunk.putArray("choices").addObject();
            choice.putObject("delta").put("content", text).put("reasoning_content", text);
            choice.putObject("logprobs").putArray("content").addObject().put("token", text);
            assertThat(joined.add(chunk)).isTrue();
        }
        String all = String.join("", texts);
        JsonNode choice =
                JSON.readTree(joined.json().toString()).path("choices").path(0);
        assertThat(choice.path("message").path("content").textValue()).isEqualTo(valid(all));
        assertThat(choice.path("message").path("reasoning_content").asText("")).isEqualTo(valid(all));
        assertThat(choice.path("logprobs").path("content"))
                .extracting(token -> token.path("token").textValue())
                .containsExactlyElementsOf(
                        texts.stream().map(JoinedChunksTest::valid).toList());
    }

    /** Half a pair has no form in UTF-8. */
    private static String valid(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Property(tries = 300)
    void no_json_lets_an_exception_escape(@ForAll("anything") JsonNode inside) throws JsonProcessingException {
        JoinedChunks joined = new JoinedChunks(LIMIT);
        ObjectNode chunk = JSON.createObjectNode();
        ObjectNode choice = chunk.putArray("choices").addObject();
        for (String field : List.of("delta", "logprobs", "finish_reason", "index")) {
            choice.set(field, inside);
        }
        for (String field : List.of("id", "usage", "timings")) {
            chunk.set(field, inside);
        }
        joined.add(chunk);
        JSON.readTree(joined.json().toString());
    }

    @Provide
    Arbitrary<JsonNode> anything() {
        Arbitrary<String> leaves = Arbitraries.of("null", "1", "-1e99", "\"x\"", "[]", "{}", "true");
        Arbitrary<String> names =
                Arbitraries.of("content", "tool_calls", "function", "arguments", "index", "role", "refusal", "name");
        return Arbitraries.recursive(
                        () -> leaves,
                        inner -> Arbitraries.oneOf(
                                inner.map(one -> "[" + one + "," + one + "]"),
                                names.flatMap(name -> inner.map(one -> "{\"" + name + "\":" + one + "}"))),
                        0,
                        4)
                .map(JoinedChunksTest::read);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_is_kept_is_bounded_in_bytes_of_every_kind() {
        for (String kept : List.of(
                "{'delta':{'content':'世'}}",
                "{'delta':{'reasoning_content':'世'}}",
                "{'delta':{'tool_calls':[{'function':{'arguments':'世'}}]}}",
                "{'logprobs':{'content':[111]}}")) {
            JoinedChunks joined = new JoinedChunks(6);
            JsonNode chunk = read(("{'choices':[" + kept + "]}").replace('\'', '"'));
            assertThat(joined.add(chunk)).as(kept).isTrue();
            assertThat(joined.add(chunk)).as(kept).isTrue();
            assertThat(joined.add(chunk)).as(kept).isFalse();
        }
        JsonNode far = read("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":128}]}}]}");
        assertThat(new JoinedChunks(6).add(far)).isFalse();
    }
}
