package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Usage;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Usage under the habits of providers, in an answer that is whole and in a stream. */
class TokenCountsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            plain | {"prompt_tokens":9,"completion_tokens":4,"total_tokens":13} | 9 | 4 | 0
            OpenAI | {"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,"prompt_tokens_details":{"cached_tokens":1920,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":250}} | 2006 | 300 | 1920
            DeepSeek | {"prompt_tokens":100,"completion_tokens":5,"total_tokens":105,"prompt_cache_hit_tokens":64,"prompt_cache_miss_tokens":36} | 100 | 5 | 64
            DeepSeek in both ways | {"prompt_cache_hit_tokens":64,"prompt_tokens_details":{"cached_tokens":64},"prompt_tokens":100,"completion_tokens":5} | 100 | 5 | 64
            Moonshot | {"prompt_tokens":19,"completion_tokens":21,"total_tokens":40,"cached_tokens":10} | 19 | 21 | 10
            xAI with reasoning beside | {"prompt_tokens":10120,"completion_tokens":1499,"total_tokens":14428,"prompt_tokens_details":{"cached_tokens":128},"completion_tokens_details":{"reasoning_tokens":2809}} | 10120 | 4308 | 128
            details that are null | {"prompt_tokens":9,"completion_tokens":4,"prompt_tokens_details":null,"completion_tokens_details":null} | 9 | 4 | 0
            details that are a list | {"prompt_tokens":9,"completion_tokens":4,"prompt_tokens_details":[{"cached_tokens":3}]} | 9 | 4 | 0
            more cached than read | {"prompt_tokens":9,"completion_tokens":4,"cached_tokens":90} | 9 | 4 | 9
            written as floats | {"prompt_tokens":9.0,"completion_tokens":4.0} | 9 | 4 | 0
            written as words | {"prompt_tokens":"9","completion_tokens":4} | 0 | 4 | 0
            negative | {"prompt_tokens":-9,"completion_tokens":-4,"total_tokens":-13} | 0 | 0 | 0
            absurd | {"prompt_tokens":99999999999999999999999999,"completion_tokens":1e999} | 1000000000 | 1000000000 | 0
            empty | {} | 0 | 0 | 0
            """)
    void it_is_read_as_the_provider_means_it(String habit, String usage, long input, long output, long cached) {
        var expected = new Usage(input, output, cached);
        String choice = "{\"index\":0,\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}";
        assertThat(whole("{\"choices\":[" + choice + "],\"usage\":" + usage + "}"))
                .isEqualTo(expected);
        assertThat(streamed("{\"choices\":[],\"usage\":" + usage + "}")).isEqualTo(expected);
        assertThat(streamed("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":" + usage + "}"))
                .isEqualTo(expected);
        assertThat(streamed("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\",\"usage\":" + usage + "}]}"))
                .isEqualTo(expected);
    }

    @Test
    void an_answer_without_usage_has_none() {
        assertThat(WholeAnswer.read(Buffer.buffer("{\"choices\":[{}],\"usage\":null}"))
                        .orElseThrow()
                        .usage())
                .isEmpty();
        assertThat(WholeAnswer.read(Buffer.buffer("{\"choices\":[{}]}"))
                        .orElseThrow()
                        .usage())
                .isEmpty();
    }

    private static Usage whole(String answer) {
        return WholeAnswer.read(Buffer.buffer(answer)).orElseThrow().usage().orElseThrow();
    }

    private static Usage streamed(String chunk) {
        var answer = new StreamedAnswer(true);
        answer.accept(Buffer.buffer("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":null}\n\n"));
        answer.accept(Buffer.buffer("data: " + chunk + "\n\n"));
        return answer.usage().orElseThrow();
    }
}
