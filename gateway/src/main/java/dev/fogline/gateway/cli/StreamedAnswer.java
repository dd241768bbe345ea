package dev.fogline.gateway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One streamed answer: printed as it comes, timed, and told in a line at its end. */
final class StreamedAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;
    private final LongSupplier nanoTime;
    private final long started;
    private long firstToken;
    private long lastToken;
    private long tokenEvents;
    private long completionTokens;
    private boolean cut;
    private boolean atLineStart = true;

    /**
     * @param nanoTime a clock in nanoseconds
     * @param started what that clock said when the request was sent
     */
    StreamedAnswer(PrintStream out, LongSupplier nanoTime, long started) {
        this.out = out;
        this.nanoTime = nanoTime;
        this.started = started;
    }

    /**
     * Prints the answer up to its end.
     *
     * @return what went wrong, as a sentence, or nothing if the answer is whole
     */
    Optional<String> print(EventReader events) {
        try {
            for (Optional<String> event = events.next(); event.isPresent(); event = events.next()) {
                if (event.get().equals("[DONE]")) {
                    return Optional.empty();
                }
                JsonNode chunk = JSON.readTree(event.get());
                if (chunk.hasNonNull("error")) {
                    return Optional.of(sentence(chunk));
                }
                take(chunk);
            }
            return Optional.of("The answer broke off before its end.");
        } catch (JsonProcessingException e) {
            return Optional.of("The gateway sent an event that is not JSON.");
        } catch (IOException e) {
            return Optional.of("The connection broke before the end of the answer.");
        } finally {
            if (!atLineStart) {
                out.println();
            }
            out.flush();
        }
    }

    /** First token, total, speed; the speed is that of the tokens after the first one. */
    String timing() {
        StringBuilder text = new StringBuilder();
        if (tokenEvents > 0) {
            text.append(String.format(Locale.ROOT, "first token %d ms, ", millis(firstToken - started)));
        }
        text.append(String.format(Locale.ROOT, "total %d ms", millis(nanoTime.getAsLong() - started)));
        // Without usage an event counts as a token, which is what most engines send.
        long tokens = completionTokens > 0 ? completionTokens : tokenEvents;
        if (tokens > 1 && lastToken > firstToken) {
            text.append(String.format(Locale.ROOT, ", %.1f tokens/s", (tokens - 1) * 1e9 / (lastToken - firstToken)));
        }
        return cut ? text.append(", cut at the limit of tokens").toString() : text.toString();
    }

    /** The sentence of an error in OpenAI's envelope. */
    static String sentence(JsonNode envelope) {
        JsonNode error = envelope.path("error");
        String message = printable(error.path("message").asText("The gateway gave no reason."));
        String code = error.path("code").asText(error.path("type").asText(""));
        return code.isEmpty() || code.equals("null") ? message : message + " (" + printable(code) + ")";
    }

    private void take(JsonNode chunk) {
        completionTokens = Math.max(
                completionTokens, chunk.path("usage").path("completion_tokens").asLong());
        JsonNode choice = chunk.path("choices").path(0);
        cut |= choice.path("finish_reason").asText().equals("length");
        JsonNode delta = choice.path("delta");
        String text = delta.path("content").asText("") + delta.path("refusal").asText("");
        boolean thought = !delta.path("reasoning_content").asText("").isEmpty()
                || !delta.path("reasoning").asText("").isEmpty()
                || !delta.path("tool_calls").isEmpty();
        if (text.isEmpty() && !thought) {
            return;
        }
        lastToken = nanoTime.getAsLong();
        if (tokenEvents++ == 0) {
            firstToken = lastToken;
        }
        if (!text.isEmpty()) {
            out.print(printable(text));
            out.flush();
            atLineStart = text.endsWith("\n");
        }
    }

    // A model's text must not steer the terminal: no escape sequences.
    private static String printable(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static long millis(long nanos) {
        return Math.round(nanos / 1e6);
    }
}
