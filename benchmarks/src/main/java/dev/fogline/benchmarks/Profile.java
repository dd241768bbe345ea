package dev.fogline.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Samples of a recording, counted three ways: by the method on top of the stack, by the nearest method of Fogline below it
 * (what our own code causes), and by every method of Fogline on the stack (each once: what a step costs in all).
 */
record Profile(String event, long samples, Map<String, Long> top, Map<String, Long> nearest, Map<String, Long> within) {
    private static final int LINES = 40;

    /** CPU-time samples (JDK 25 on Linux) know native code too; older JDKs have the other two. */
    private static final List<Set<String>> EVENTS =
            List.of(Set.of("jdk.CPUTimeSample"), Set.of("jdk.ExecutionSample", "jdk.NativeMethodSample"));

    static Profile of(Path recording) throws IOException {
        List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
        for (Set<String> names : EVENTS) {
            List<RecordedEvent> samples = events.stream()
                    .filter(event -> names.contains(event.getEventType().getName()))
                    .filter(event -> event.getStackTrace() != null)
                    .toList();
            if (!samples.isEmpty()) {
                return count(names.toString(), samples);
            }
        }
        throw new IOException("the recording holds no samples");
    }

    private static Profile count(String name, List<RecordedEvent> samples) {
        var top = new HashMap<String, Long>();
        var nearest = new HashMap<String, Long>();
        var within = new HashMap<String, Long>();
        for (RecordedEvent sample : samples) {
            List<String> frames = methods(sample.getStackTrace());
            if (frames.isEmpty()) {
                continue;
            }
            top.merge(frames.getFirst(), 1L, Long::sum);
            nearest.merge(nearest(frames), 1L, Long::sum);
            new HashSet<>(ours(frames)).forEach(method -> within.merge(method, 1L, Long::sum));
        }
        return new Profile(name, samples.size(), top, nearest, within);
    }

    /** Top of the stack first. */
    static List<String> methods(RecordedStackTrace trace) {
        return trace.getFrames().stream()
                .filter(RecordedFrame::isJavaFrame)
                .map(Profile::method)
                .toList();
    }

    private static List<String> ours(List<String> frames) {
        return frames.stream().filter(frame -> frame.startsWith("dev.fogline")).toList();
    }

    static String nearest(List<String> frames) {
        List<String> ours = ours(frames);
        return ours.isEmpty() ? below(frames) : ours.getFirst();
    }

    /** Samples without any frame of ours are told apart by the layer that runs there. */
    private static String below(List<String> frames) {
        return "(no frame of ours) "
                + frames.stream()
                        .filter(frame -> !frame.startsWith("java.") && !frame.startsWith("jdk."))
                        .findFirst()
                        .orElse(frames.getFirst());
    }

    private static String method(RecordedFrame frame) {
        var method = frame.getMethod();
        return method.getType().getName() + "." + method.getName();
    }

    String text() {
        return samples + " samples " + event + "\n\nOn top of the stack:\n" + table(top)
                + "\nNearest method of Fogline (what it calls outside included):\n" + table(nearest)
                + "\nEvery method of Fogline on the stack:\n" + table(within);
    }

    private String table(Map<String, Long> counts) {
        var text = new StringBuilder();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, @Nullable Long>comparingByValue(Comparator.reverseOrder()))
                .limit(LINES)
                .forEach(entry -> text.append(String.format(
                        Locale.ROOT, "%5.1f %%  %s%n", 100.0 * entry.getValue() / samples, entry.getKey())));
        return text.toString();
    }
}
