package dev.fogline.gateway.audit;

import java.util.Locale;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One line for each exchange; ids, sizes and times, never content. */
public final class AccessLog {
    private static final Logger LOG = Logger.getLogger("fogline.access");

    private AccessLog() {}

    public static void write(
            String id,
            int status,
            String outcome,
            String reason,
            @Nullable String target,
            double totalMs,
            @Nullable Double firstTokenMs,
            int requestBytes,
            boolean stream) {
        if (LOG.isInfoEnabled()) {
            LOG.info(String.format(
                    Locale.ROOT,
                    "%s status=%d outcome=%s reason=%s target=%s stream=%s bytes=%d first_token_ms=%s total_ms=%.1f",
                    id,
                    status,
                    outcome,
                    reason.isEmpty() ? "-" : reason,
                    target == null ? "-" : target,
                    stream,
                    requestBytes,
                    firstTokenMs == null ? "-" : String.format(Locale.ROOT, "%.1f", firstTokenMs),
                    totalMs));
        }
    }
}
