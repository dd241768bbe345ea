package dev.fogline.edge.engine;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** One server-sent event with its bytes as they came, the empty line at its end included. */
public record SseEvent(Buffer bytes) {

    /** Its {@code data:} lines joined; empty for a comment. */
    public String data() {
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.startsWith("data: ") ? line.substring(6) : line.substring(5))
                .collect(Collectors.joining("\n"));
    }
}
