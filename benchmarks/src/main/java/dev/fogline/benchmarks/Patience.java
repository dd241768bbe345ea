package dev.fogline.benchmarks;

import java.io.IOException;
import java.time.Duration;

/** How long a run on a shared machine may still wait for quiet moments. */
final class Patience {
    private static final Duration LISTEN = Duration.ofMillis(500);
    /** One moment must not use up what all others may need. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    /** Behind a load the server's own compilers and logs go on for a moment, and would be taken for somebody else. */
    private static final Duration SETTLE = Duration.ofMillis(200);

    /** CPU time that the run itself has used so far, its servers included. */
    interface OwnTime {
        long nanos() throws IOException;
    }

    private final Pace pace;
    private final OwnTime own;
    private Duration left;

    Patience(Duration left, Pace pace, OwnTime own) {
        this.left = left;
        this.pace = pace;
        this.own = own;
    }

    boolean isOver() {
        return !left.isPositive();
    }

    void spend(Duration time) {
        left = left.minus(time);
    }

    /** Returns in a quiet moment, or when the patience is over, and after a quarter of a minute at the latest. */
    void awaitQuiet() throws IOException, InterruptedException {
        Duration end = left.minus(LONGEST_WAIT);
        while (!isOver() && left.compareTo(end) > 0) {
            Mark before = mark();
            Thread.sleep(LISTEN.toMillis());
            if (isQuiet(before.noise())) {
                return;
            }
            spend(LISTEN.plus(SETTLE));
        }
    }

    boolean isQuiet(Noise noise) {
        return noise.of(pace) <= 1;
    }

    Mark mark() throws IOException {
        double work = pace.listen();
        return new Mark(Neighbours.now(), own.nanos(), work);
    }

    /** A moment to look back to. */
    final class Mark {
        private final Neighbours then;
        private final long ownThen;
        private final double workThen;

        private Mark(Neighbours then, long ownThen, double workThen) {
            this.then = then;
            this.ownThen = ownThen;
            this.workThen = workThen;
        }

        Noise noise() throws IOException, InterruptedException {
            return noise(0);
        }

        /** @param more CPU time that is the run's own beside what it knows of */
        Noise noise(long more) throws IOException, InterruptedException {
            double others = Neighbours.now().since(then).coresBesides(own.nanos() - ownThen + more);
            Thread.sleep(SETTLE.toMillis());
            return new Noise(others, Math.max(workThen, pace.listen()));
        }

        double coresStolen() throws IOException {
            return Neighbours.now().since(then).coresStolen();
        }
    }
}
