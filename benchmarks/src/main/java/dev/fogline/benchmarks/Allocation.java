package dev.fogline.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * What a recording says of memory: the bytes that each thread allocated, who asked for them, and how long the collections
 * stopped everybody.
 *
 * @param threads bytes by the thread's name, exact
 * @param sites share of the sampled bytes by the nearest method of Fogline and the class of the object
 */
record Allocation(Map<String, Long> threads, Map<String, Double> sites, List<Duration> pauses) {
    private static final int LINES = 40;
    private static final int THREADS = 5;

    static Allocation of(Path recording) throws IOException {
        var first = new HashMap<String, Long>();
        var last = new HashMap<String, Long>();
        var weights = new HashMap<String, Double>();
        var pauses = new ArrayList<Duration>();
        var sampled = new HashSet<Long>();
        double weight = 0;
        List<RecordedEvent> events = new ArrayList<>(RecordingFile.readAllEvents(recording));
        events.sort(Comparator.comparing(RecordedEvent::getStartTime));
        for (RecordedEvent event : events) {
            switch (event.getEventType().getName()) {
                case "jdk.ThreadAllocationStatistics" -> {
                    if (event.getThread("thread") != null) {
                        String thread = event.getThread("thread").getJavaName();
                        first.merge(thread, event.getLong("allocated"), Math::min);
                        last.merge(thread, event.getLong("allocated"), Math::max);
                    }
                }
                case "jdk.ObjectAllocationSample" -> {
                    // A thread's first sample weighs what it has allocated since it began, long before the recording.
                    if (event.getThread() == null
                            || sampled.add(event.getThread().getId())) {
                        continue;
                    }
                    weight += event.getLong("weight");
                    weights.merge(site(event), (double) event.getLong("weight"), Double::sum);
                }
                case "jdk.GarbageCollection" -> pauses.add(event.getDuration("sumOfPauses"));
                default -> {}
            }
        }
        double all = weight;
        weights.replaceAll((site, bytes) -> bytes / all);
        last.replaceAll((thread, bytes) -> bytes - first.getOrDefault(thread, 0L));
        return new Allocation(last, weights, pauses);
    }

    private static String site(RecordedEvent event) {
        String what = event.getClass("objectClass").getName();
        return event.getStackTrace() == null
                ? what
                : Profile.nearest(Profile.methods(event.getStackTrace())) + "  " + what;
    }

    /** @param answers that were given during the recording */
    String text(double answers) {
        var text = new StringBuilder("Bytes allocated for each answer, by thread:\n");
        threads.entrySet().stream()
                .sorted(Map.Entry.<String, @Nullable Long>comparingByValue(Comparator.reverseOrder()))
                .limit(THREADS)
                .forEach(entry -> text.append(
                        String.format(Locale.ROOT, "%9.0f  %s%n", entry.getValue() / answers, entry.getKey())));
        pauses.sort(Comparator.naturalOrder());
        if (!pauses.isEmpty()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%nCollections: %d, median pause %.2f ms, longest %.2f ms%n",
                    pauses.size(),
                    pauses.get(pauses.size() / 2).toNanos() / 1e6,
                    pauses.getLast().toNanos() / 1e6));
        }
        text.append("\nShare of bytes by nearest method of Fogline and class:\n");
        sites.entrySet().stream()
                .sorted(Map.Entry.<String, @Nullable Double>comparingByValue(Comparator.reverseOrder()))
                .limit(LINES)
                .forEach(entry -> text.append(
                        String.format(Locale.ROOT, "%5.1f %%  %s%n", 100 * entry.getValue(), entry.getKey())));
        return text.toString();
    }
}
