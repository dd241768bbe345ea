package dev.fogline.edge.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleSupplier;

/**
 * Decides what follows the end of a child: another try after a pause, or none. The pause doubles with every end inside
 * the window, with up to a quarter on top so that many boxes behind one power cut do not beat in step. Time is handed
 * in. One thread uses it.
 */
final class CrashLoop {
    private final int limit;
    private final Duration window;
    private final Duration firstPause;
    private final Duration longestPause;
    private final DoubleSupplier jitter;
    private final Deque<Long> ends = new ArrayDeque<>();

    sealed interface Verdict {
        record TryAgain(Duration pause) implements Verdict {}

        record GiveUp() implements Verdict {}
    }

    /** @param jitter in [0, 1) */
    CrashLoop(int limit, Duration window, Duration firstPause, Duration longestPause, DoubleSupplier jitter) {
        this.limit = limit;
        this.window = window;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.jitter = jitter;
    }

    /** Five ends in two minutes are the last; the pauses go 0.5, 1, 2, 4 s. */
    static CrashLoop usual(DoubleSupplier jitter) {
        return new CrashLoop(5, Duration.ofMinutes(2), Duration.ofMillis(500), Duration.ofSeconds(30), jitter);
    }

    Verdict ended(long nowNanos) {
        ends.addLast(nowNanos);
        while (nowNanos - ends.getFirst() > window.toNanos()) {
            ends.removeFirst();
        }
        if (ends.size() >= limit) {
            return new Verdict.GiveUp();
        }
        double pause = Math.min((double) longestPause.toNanos(), firstPause.toNanos() * Math.pow(2, ends.size() - 1));
        return new Verdict.TryAgain(Duration.ofNanos((long) (pause * (1 + jitter.getAsDouble() / 4))));
    }
}
