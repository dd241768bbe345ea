package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.api.SseEvent.Slice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is skimmed over says nothing that a full reading would have told. */
class SkimProperties {
    private static final List<String> PIECES = List.of(
            "\"usage\":null",
            "\"usage\": null",
            "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}",
            "\"error\":null",
            "\"error\":{\"message\":\"x\"}",
            "\"model\":\"m\"",
            "\"choices\":[]",
            "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]",
            "\"choices\":[{\"delta\":{\"content\":\"say \\\"usage\\\": 5, \\\"error\\\"\"}}]",
            "\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]",
            "\"choices\":[{\"delta\":{},\"finish_reason\" : \"length\"}]",
            "\"choices\":[{\"delta\":{\"content\":\"usage\"}}]",
            "\"choices\":[{\"delta\":{},\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}]");

    @Property(tries = 3000)
    void a_chunk_that_is_skimmed_has_no_usage_no_end_and_no_error(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder json = new StringBuilder("{");
        for (int i = random.nextInt(4); i >= 0; i--) {
            json.append(PIECES.get(random.nextInt(PIECES.size())))
                    .append(i == 0 ? "" : random.nextBoolean() ? "," : ", ");
        }
        byte[] bytes = json.append('}').toString().getBytes(StandardCharsets.UTF_8);

        boolean skimmed = Skim.onlyText(new Slice(bytes, 0, bytes.length));

        AnswerFacts facts = AnswerFacts.read(bytes, 0, bytes.length).orElseThrow();
        boolean saysMore = facts.usage() != null || facts.finished() || facts.error();
        assertThat(skimmed && saysMore).as(json.toString()).isFalse();
    }

    @Example
    void ordinary_chunks_of_every_provider_are_skimmed() {
        for (String chunk : new String[] {
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}],\"usage\":null}",
            "{\"choices\":[{\"delta\":{\"content\":\"the \\\"usage\\\" of it\"}}]}",
            "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"arguments\":\"{\\\"error\\\":1\"}}]}}]}"
        }) {
            byte[] bytes = chunk.getBytes(StandardCharsets.UTF_8);
            assertThat(Skim.onlyText(new Slice(bytes, 0, bytes.length)))
                    .as(chunk)
                    .isTrue();
        }
    }

    @Example
    void what_is_no_object_is_not_skimmed() {
        for (String chunk : new String[] {"", "{", "[DONE]", "{\"choices\":[", "nonsense}"}) {
            byte[] bytes = chunk.getBytes(StandardCharsets.UTF_8);
            assertThat(Skim.onlyText(new Slice(bytes, 0, bytes.length)))
                    .as(chunk)
                    .isFalse();
        }
    }
}
