package dev.fogline.benchmarks;

import java.io.IOException;
import java.time.Duration;

/** How long a run on a shared machine may still wait for quiet moments. */
final class Patience {
    /** Others may use as much of the machine in a moment that counts as quiet. */
    static final double QUIET_CORES = 0.15;

    private static final Duration LISTEN = Duration.ofMillis(500);

    /** CPU time that the run itself has used so far, its servers included. */
    interface OwnTime {
        long nanos() throws IOException;
    }

    private final OwnTime own;
    private Duration left;

    Patience(Duration left, OwnTime own) {
        this.left = left;
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
            if (before.coresOfOthers() <= QUIET_CORES) {
                return;
            }
            spend(LISTEN);
        }
    }

    Mark mark() throws IOException {
        return new Mark(Neighbours.now(), own.nanos());
    }

    /** A moment to look back to. */
    final class Mark {
        private final Neighbours then;
        private final long ownThen;

        private Mark(Neighbours then, long ownThen) {
            this.then = then;
            this.ownThen = ownThen;
        }

        double coresOfOthers() throws IOException {
            return coresOfOthers(0);
        }

        /** @param more CPU time that is the run's own beside what it knows of */
        double coresOfOthers(long more) throws IOException {
            return Neighbours.now().since(then).coresBesides(own.nanos() - ownThen + more);
        }

        double coresStolen() throws IOException {
            return Neighbours.now().since(then).coresStolen();
        }
    }
}
