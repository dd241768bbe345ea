package dev.fogline.gateway.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fogline.policies.Usage;
import java.io.IOException;

/**
 * The {@code usage} of an answer, as providers write it.
 *
 * <p>What was cached stands in {@code prompt_tokens_details.cached_tokens} (OpenAI and most others), in
 * {@code prompt_cache_hit_tokens} (DeepSeek) or in {@code cached_tokens} (Moonshot), and is part of {@code prompt_tokens}
 * with all of them. Reasoning is part of {@code completion_tokens} with most; xAI and Gemini leave it out there and count it
 * in {@code total_tokens} only, and bill it as output.
 */
final class TokenCounts {
    /** More than any answer has; a provider's slip must not become a bill. */
    private static final long MOST = 1_000_000_000;

    private long prompt;
    private long completion;
    private long total;
    private long cached;

    private TokenCounts() {}

    /** Reads the object at whose beginning the parser stands; what it does not say is 0. */
    static Usage read(JsonParser parser) throws IOException {
        var counts = new TokenCounts();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "prompt_tokens" -> counts.prompt = count(parser);
                case "completion_tokens" -> counts.completion = count(parser);
                case "total_tokens" -> counts.total = count(parser);
                case "prompt_cache_hit_tokens", "cached_tokens" -> counts.cached(count(parser));
                case "prompt_tokens_details" -> counts.details(parser);
                default -> parser.skipChildren();
            }
        }
        return counts.usage();
    }

    private void details(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("cached_tokens")) {
                cached(count(parser));
            } else {
                parser.skipChildren();
            }
        }
    }

    private void cached(long tokens) {
        cached = Math.max(cached, tokens);
    }

    private static long count(JsonParser parser) throws IOException {
        if (!parser.currentToken().isNumeric()) {
            parser.skipChildren();
            return 0;
        }
        return (long) Math.clamp(parser.getDoubleValue(), 0, MOST);
    }

    private Usage usage() {
        return new Usage(prompt, Math.max(completion, total - prompt), Math.min(cached, prompt));
    }
}
