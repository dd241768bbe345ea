package dev.fogline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * How much of the machine others used while we measured: the difference between what the kernel counted and what the run
 * itself used.
 *
 * @param busyNanos of all cores, by anyone on this machine
 * @param stolenNanos taken by the host of a virtual machine
 */
record Neighbours(long wallNanos, long busyNanos, long stolenNanos) {

    static Neighbours now() throws IOException {
        return of(System.nanoTime(), Files.readString(Path.of("/proc/stat")));
    }

    /** The first line of proc(5)'s stat: user nice system idle iowait irq softirq steal. */
    static Neighbours of(long wallNanos, String stat) {
        String[] ticks = stat.lines().findFirst().orElseThrow().split(" +", -1);
        long tick = TimeUnit.SECONDS.toNanos(1) / 100;
        long busy = 0;
        for (int i : new int[] {1, 2, 3, 6, 7}) {
            busy += Long.parseLong(ticks[i]) * tick;
        }
        return new Neighbours(wallNanos, busy, Long.parseLong(ticks[8]) * tick);
    }

    Neighbours since(Neighbours earlier) {
        return new Neighbours(
                wallNanos - earlier.wallNanos, busyNanos - earlier.busyNanos, stolenNanos - earlier.stolenNanos);
    }

    /** What others used, as a number of cores. */
    double coresBesides(long ownNanos) {
        return Math.max(0, (busyNanos - ownNanos) / (double) wallNanos);
    }

    double coresStolen() {
        return stolenNanos / (double) wallNanos;
    }
}
