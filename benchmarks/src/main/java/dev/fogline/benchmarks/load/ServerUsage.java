package dev.fogline.benchmarks.load;

/**
 * What a process has used so far.
 *
 * @param cpuNanos user and system time
 * @param rssBytes resident memory now
 */
public record ServerUsage(long cpuNanos, long rssBytes) {
    /** For going direct, where there is no process between. */
    public static final ServerUsage NONE = new ServerUsage(0, 0);
}
