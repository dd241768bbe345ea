package dev.fogline.benchmarks;

import java.io.IOException;
import java.time.Duration;

/** How long a run on a shared machine may still wait for quiet moments. */
final class Patience {
    private static final Duration LISTEN = Duration.ofMillis(500);

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

    /** Returns in a quiet moment, or when the patience is over. */
    void awaitQuiet() throws IOException, InterruptedException {
        while (!isOver()) {
            Mark before = mark();
            Thread.sleep(LISTEN.toMillis());
            if (isQuiet(before.noise())) {
                return;
            }
            spend(LISTEN);
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

        Noise noise() throws IOException {
            return noise(0);
        }

        /** @param more CPU time that is the run's own beside what it knows of */
        Noise noise(long more) throws IOException {
            double others = Neighbours.now().since(then).coresBesides(own.nanos() - ownThen + more);
            return new Noise(others, Math.max(workThen, pace.listen()));
        }

        double coresStolen() throws IOException {
            return Neighbours.now().since(then).coresStolen();
        }
    }
}
