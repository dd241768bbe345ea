package dev.fogline.gateway.audit;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Lines of the access log that gather in memory and leave together. They look like other lines of the console; what is the
 * same in all lines of a second is worked out once. What comes faster than it leaves is left out, and how much was is told.
 */
final class AccessLogLines extends ExtHandler {
    static final int MOST_BYTES = 4 << 20;

    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("XXX' INFO  f.access '");

    private final PrintStream out;
    private final ZoneId zone = ZoneId.systemDefault();
    private final Object writing = new Object();
    private final StringBuilder gathered = new StringBuilder();
    private int leftOut;
    private long second = Long.MIN_VALUE;
    private String before = "";
    private String after = "";

    AccessLogLines(PrintStream out) {
        this.out = out;
    }

    @Override
    protected void doPublish(ExtLogRecord record) {
        line(record.getInstant(), record.getMessage());
    }

    synchronized void line(Instant at, String text) {
        if (gathered.length() + text.length() > MOST_BYTES) {
            leftOut++;
        } else {
            append(at, text);
        }
    }

    private void append(Instant at, String text) {
        if (at.getEpochSecond() != second) {
            second = at.getEpochSecond();
            before = SECOND.format(at.atZone(zone));
            after = OFFSET.format(at.atZone(zone));
        }
        int millis = at.getNano() / 1_000_000;
        gathered.append(before)
                .append((char) ('0' + millis / 100))
                .append((char) ('0' + millis / 10 % 10))
                .append((char) ('0' + millis % 10))
                .append(after)
                .append(text)
                .append('\n');
    }

    /** Writes out what has gathered; whoever reads our output may hold this up. */
    @Override
    public void flush() {
        synchronized (writing) {
            String lines = take();
            if (!lines.isEmpty()) {
                byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
                out.write(bytes, 0, bytes.length);
                out.flush();
            }
        }
    }

    private synchronized String take() {
        if (leftOut > 0) {
            append(Instant.now(), leftOut + " lines were left out here: they came faster than they could be written");
            leftOut = 0;
        }
        String lines = gathered.toString();
        gathered.setLength(0);
        return lines;
    }
}
