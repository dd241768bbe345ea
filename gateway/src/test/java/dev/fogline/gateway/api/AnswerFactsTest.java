package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerFactsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"prompt_tokens_details\":{\"audio_tokens\":0,\"x\":[1],\"cached_tokens\":70}",
                "\"prompt_cache_hit_tokens\":70,\"prompt_cache_miss_tokens\":30",
                "\"cached_tokens\":70",
                "\"cached_tokens\":70,\"prompt_tokens_details\":{\"cached_tokens\":70}"
            })
    void cached_input_is_read_as_each_provider_says_it(String cached) {
        assertThat(usage("\"prompt_tokens\":100,\"completion_tokens\":9," + cached))
                .isEqualTo(new Usage(100, 9, 70));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"prompt_tokens_details\":null",
                "\"prompt_tokens_details\":{}",
                "\"cached_tokens\":null",
                "\"completion_tokens_details\":{\"reasoning_tokens\":5}"
            })
    void what_is_not_said_is_none(String rest) {
        assertThat(usage("\"prompt_tokens\":100,\"completion_tokens\":9," + rest))
                .isEqualTo(new Usage(100, 9));
    }

    private static Usage usage(String fields) {
        byte[] json = ("{\"choices\":[],\"usage\":{" + fields + "}}").getBytes(StandardCharsets.UTF_8);
        return Objects.requireNonNull(
                AnswerFacts.read(json, 0, json.length).orElseThrow().usage());
    }
}
