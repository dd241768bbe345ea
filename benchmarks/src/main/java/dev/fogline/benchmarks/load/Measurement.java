package dev.fogline.benchmarks.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What a workload saw.
 *
 * @param seconds the length of the window
 * @param completed answers that were right to the last byte
 * @param wrong answers whose bytes were not those of the script
 * @param otherStatus answers with another status than 200
 * @param broken connections that ended in the midst of an answer, or that could not be made
 * @param unfinished requests without an end when patience ran out
 * @param unsent requests of an open loop that found no free connection before the end
 * @param events of the completed answers
 * @param lostEvents events that streams which were not completed did not bring
 * @param stalls gaps between two events of a paced stream of more than five paces
 * @param latency nanoseconds from the intended start to the last byte
 * @param firstChunk nanoseconds from the intended start to the first byte of the body
 * @param gap nanoseconds between two events of one stream
 * @param serverCpuNanos what the server used in the window
 * @param loadCpuNanos what generator and upstream used in the window
 * @param rssBytes the server's memory at the end of the window
 */
public record Measurement(
        double seconds,
        long completed,
        long wrong,
        long otherStatus,
        long broken,
        long unfinished,
        long unsent,
        long events,
        long lostEvents,
        long stalls,
        Histogram latency,
        Histogram firstChunk,
        Histogram gap,
        long serverCpuNanos,
        long loadCpuNanos,
        long rssBytes) {

    private static final double MICROS = 1e3;

    public double perSecond() {
        return completed / seconds;
    }

    public double eventsPerSecond() {
        return events / seconds;
    }

    /** CPU time of the server for each answer. */
    public double serverMicros() {
        return completed == 0 ? Double.NaN : serverCpuNanos / MICROS / completed;
    }

    /** Share of one core. */
    public double serverShare() {
        return serverCpuNanos / 1e9 / seconds;
    }

    public double loadShare() {
        return loadCpuNanos / 1e9 / seconds;
    }

    public double latencyMicros(double percentile) {
        return latency.getValueAtPercentile(percentile) / MICROS;
    }

    public double firstChunkMicros(double percentile) {
        return firstChunk.getValueAtPercentile(percentile) / MICROS;
    }

    public double gapMicros(double percentile) {
        return gap.getValueAtPercentile(percentile) / MICROS;
    }

    public long failures() {
        return wrong + otherStatus + broken + unfinished + unsent;
    }

    static Histogram histogram() {
        return new Histogram(Duration.ofMinutes(2).toNanos(), 3);
    }
}
