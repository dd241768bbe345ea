package dev.fogline.gateway.audit;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One line for each exchange; ids, sizes and times, never content. */
public final class AccessLog {
    private static final String CATEGORY = "fogline.access";

    private static final Logger LOG = Logger.getLogger(CATEGORY);

    private AccessLog() {}

    /**
     * Lets lines of this log gather and leave together: a write for each line costs more than making it.
     *
     * @return writes out what has gathered; to be called now and then, and at the end. It waits for whoever reads our
     *     output.
     */
    public static Runnable gather() {
        var lines = new AccessLogLines(System.out);
        var category = org.jboss.logmanager.Logger.getLogger(CATEGORY);
        category.setUseParentHandlers(false);
        category.addHandler(lines);
        return lines::flush;
    }

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
            LOG.info(line(id, status, outcome, reason, target, totalMs, firstTokenMs, requestBytes, stream));
        }
    }

    /** Put together by hand: with a format string this line would cost as much as deciding about the request. */
    static String line(
            String id,
            int status,
            String outcome,
            String reason,
            @Nullable String target,
            double totalMs,
            @Nullable Double firstTokenMs,
            int requestBytes,
            boolean stream) {
        var line = new StringBuilder(192)
                .append(id)
                .append(" status=")
                .append(status)
                .append(" outcome=")
                .append(outcome)
                .append(" reason=")
                .append(reason.isEmpty() ? "-" : reason)
                .append(" target=")
                .append(target == null ? "-" : target)
                .append(" stream=")
                .append(stream)
                .append(" bytes=")
                .append(requestBytes)
                .append(" first_token_ms=");
        if (firstTokenMs == null) {
            line.append('-');
        } else {
            tenths(line, firstTokenMs);
        }
        return tenths(line.append(" total_ms="), totalMs).toString();
    }

    private static StringBuilder tenths(StringBuilder line, double value) {
        long tenths = Math.round(value * 10);
        return line.append(tenths / 10).append('.').append(tenths % 10);
    }
}
