package dev.fogline.edge.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of an engine's output: the last few known phrases of failure. The line itself is never kept: behind a
 * known beginning it may quote a prompt or name a file. Thread-safe.
 */
final class ErrorPhrases {
    private static final int KEPT = 3;
    private static final Map<String, String> KNOWN = known();

    private final Deque<String> last = new ArrayDeque<>();

    private static Map<String, String> known() {
        Map<String, String> phrases = new LinkedHashMap<>();
        for (String phrase : List.of(
                "GGML_ASSERT",
                "CUDA error",
                "unknown model architecture",
                "error loading model",
                "failed to load model",
                "failed to allocate",
                "unable to allocate",
                "cannot allocate memory",
                "out of memory",
                "std::bad_alloc",
                "invalid magic",
                "tensor is not within the file bounds",
                "no such file or directory",
                "permission denied",
                "couldn't bind",
                "address already in use",
                "unknown argument",
                "invalid argument",
                "unsupported option",
                "illegal instruction",
                "segmentation fault",
                "cannot open shared object file",
                "version `GLIBC",
                "ModuleNotFoundError",
                "ImportError",
                "AttributeError",
                "MemoryError",
                "SyntaxError")) {
            phrases.put(phrase.toLowerCase(Locale.ROOT), phrase);
        }
        return phrases;
    }

    synchronized void line(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> phrase : KNOWN.entrySet()) {
            if (lower.contains(phrase.getKey())) {
                last.remove(phrase.getValue());
                last.addLast(phrase.getValue());
                if (last.size() > KEPT) {
                    last.removeFirst();
                }
                return;
            }
        }
    }

    /** The phrases seen, oldest first; empty when none was. */
    synchronized Optional<String> summary() {
        return last.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", last));
    }
}
