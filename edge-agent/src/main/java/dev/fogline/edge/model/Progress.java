package dev.fogline.edge.model;

import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a transfer is. On a terminal one line that is redrawn at most five times a second; elsewhere a plain line
 * every 10 %, or every 100 MB where the end is not known. Not for use by several threads at once.
 */
final class Progress implements AutoCloseable {
    private static final long REDRAW_NANOS = 200_000_000;
    private static final long UNKNOWN_STEP = 100_000_000;
    private static final int BAR = 24;

    private final Console console;
    private final long total;
    private final LongSupplier nanos;
    private final long quietNanos;
    private long startedAt;
    private long startedFrom = -1;
    private long drawnAt;
    private long printedStep;
    private boolean drawn;

    /** {@code quietNanos}: for so long nothing is shown, because most transfers of this kind are over by then. */
    Progress(Console console, long total, LongSupplier nanos, long quietNanos) {
        this.quietNanos = quietNanos;
        this.console = console;
        this.total = total;
        this.nanos = nanos;
    }

    /** {@code bytes} of the whole are there; the first call sets what was there before, and counts not as speed. */
    void reach(long bytes) {
        long now = nanos.getAsLong();
        if (startedFrom < 0) {
            startedFrom = bytes;
            startedAt = now;
            drawnAt = now - REDRAW_NANOS;
            printedStep = step(bytes);
        }
        if (now - startedAt < quietNanos) {
            return;
        }
        if (console.terminal()) {
            if (now - drawnAt >= REDRAW_NANOS || bytes == total) {
                drawnAt = now;
                drawn = true;
                console.draw("  " + line(bytes, now));
            }
        } else if (step(bytes) > printedStep) {
            printedStep = step(bytes);
            console.note("  " + line(bytes, now));
        }
    }

    @Override
    public void close() {
        if (drawn) {
            console.draw("");
            drawn = false;
        }
    }

    private long step(long bytes) {
        return total > 0 ? bytes * 10 / total : bytes / UNKNOWN_STEP;
    }

    private String line(long bytes, long now) {
        double seconds = (now - startedAt) / 1e9;
        double perSecond = seconds > 0 ? (bytes - startedFrom) / seconds : 0;
        String speed = perSecond > 0 ? String.format(Locale.ROOT, "  %.1f MB/s", perSecond / 1e6) : "";
        if (total <= 0) {
            return Sizes.shown(bytes) + speed;
        }
        long percent = Math.min(100, bytes * 100 / total);
        String done = String.format(Locale.ROOT, "%3d %%  %s of %s", percent, Sizes.shown(bytes), Sizes.shown(total));
        if (!console.terminal()) {
            return done + speed;
        }
        int filled = (int) (percent * BAR / 100);
        String left = perSecond > 0 && bytes < total ? "  " + left((total - bytes) / perSecond) : "";
        return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] " + done + speed + left;
    }

    private static String left(double seconds) {
        long whole = Math.round(Math.min(seconds, 359_999));
        return whole < 100 ? whole + " s left" : whole / 60 + " min left";
    }
}
