package dev.fogline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * CPU time by the name of the thread: what the collector and the compilers take is not in any sample of Java code.
 *
 * @param nanos of all threads with that name, which Linux cuts after 15 characters
 */
record Threads(Map<String, Long> nanos) {

    static Threads of(long pid) throws IOException {
        var nanos = new TreeMap<String, Long>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : List.copyOf(tasks.toList())) {
                Path stat = task.resolve("stat");
                if (Files.exists(stat)) {
                    add(nanos, Files.readString(stat));
                }
            }
        }
        return new Threads(nanos);
    }

    private static void add(Map<String, Long> nanos, String stat) {
        String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        nanos.merge(name, RunningServer.cpuNanos(stat), Long::sum);
    }

    Threads since(Threads earlier) {
        var passed = new TreeMap<String, Long>();
        nanos.forEach((name, now) -> passed.put(name, now - earlier.nanos.getOrDefault(name, 0L)));
        return new Threads(passed);
    }

    String text() {
        long all =
                Math.max(1, nanos.values().stream().mapToLong(Long::longValue).sum());
        var text = new StringBuilder("CPU time by thread:\n");
        nanos.entrySet().stream()
                .filter(thread -> thread.getValue() * 200 > all)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(thread -> text.append(String.format(
                        Locale.ROOT, "%5.1f %%  %s%n", 100.0 * thread.getValue() / all, thread.getKey())));
        return text.toString();
    }
}
