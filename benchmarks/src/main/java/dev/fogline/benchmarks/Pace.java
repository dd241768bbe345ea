package dev.fogline.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How fast the load's core is at the moment: how long a fixed piece of work takes. Whoever shares the cores and caches of a
 * virtual machine's host slows it down by as much as four times, and {@code /proc} tells only of the time that is stolen.
 */
final class Pace {
    /** Work that takes longer than this times what it takes in a quiet moment was disturbed. */
    static final double QUIET = 1.2;

    /** Of so many times one was quieter than a quiet moment needs to be: a single lucky one says nothing of the others. */
    private static final int ONE_OF = 20;

    private static final int TIMES = 8;
    private static final int STEPS = 100_000;
    private static final int[] MEMORY = new int[1 << 16];

    private final LongSupplier work;
    private final List<Double> heard = new ArrayList<>();

    /** @param work does it once, and says how many nanoseconds that took */
    Pace(LongSupplier work) {
        this.work = work;
    }

    static Pace ofThisMachine() {
        var pace = new Pace(Pace::once);
        // Until it is compiled it is no fixed work.
        for (int i = 0; i < 20; i++) {
            pace.listen();
        }
        return pace;
    }

    /** @return microseconds, the least of some times, because an interrupt says nothing */
    double listen() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TIMES; i++) {
            least = Math.min(least, work.getAsLong());
        }
        heard.add(least / 1e3);
        return least / 1e3;
    }

    /** What it takes in a quiet moment, in microseconds: of all times so far one of the shortest; unbounded before any. */
    double quiet() {
        return heard.stream().sorted().skip(heard.size() / ONE_OF).findFirst().orElse(Double.MAX_VALUE);
    }

    /** Each step waits for the one before: some arithmetic, and a look into memory that the second cache holds. */
    private static long once() {
        long start = System.nanoTime();
        int at = 1;
        for (int i = 0; i < STEPS; i++) {
            at = at * 0x9E3779B1 + MEMORY[at >>> 16];
        }
        MEMORY[0] = at & 1;
        return System.nanoTime() - start;
    }
}
