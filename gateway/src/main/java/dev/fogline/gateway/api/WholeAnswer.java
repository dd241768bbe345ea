package dev.fogline.gateway.api;

import dev.fogline.policies.Usage;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * An answer that came in one piece.
 *
 * @param body as the upstream sent it
 * @param model the model's name as the upstream says it
 */
public record WholeAnswer(Buffer body, Optional<Usage> usage, String model) {
    /** Empty when the body is no chat completion, such as a captive portal's page. */
    public static Optional<WholeAnswer> read(Buffer body) {
        byte[] bytes = BufferBytes.of(body);
        return AnswerFacts.read(bytes, 0, bytes.length)
                .filter(facts -> !facts.error() && facts.choices() > 0)
                .map(facts -> new WholeAnswer(body, Optional.ofNullable(facts.usage()), facts.model()));
    }
}
