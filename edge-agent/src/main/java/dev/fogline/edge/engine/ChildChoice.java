package dev.fogline.edge.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds a way to run an engine on this machine: a {@code llama-server} on the PATH, else the installed xllamacpp with
 * the first Python that is new enough. Blocks (it runs programs).
 *
 * @param environment of this process
 * @param library the installed xllamacpp; null when there is none
 */
public record ChildChoice(
        Map<String, String> environment, @Nullable Path library) {
    private static final Pattern PYTHON_VERSION = Pattern.compile("(\\d+)\\.(\\d+)");
    private static final int OUTPUT_BYTES = 1 << 20;

    sealed interface Found {
        record Plan(ChildPlan plan) implements Found {}

        /** @param sentence what is missing and what to do */
        record Nothing(String sentence) implements Found {}
    }

    Found find() {
        Optional<ChildPlan> foreign = onPath("llama-server").flatMap(ChildChoice::probe);
        if (foreign.isPresent()) {
            return new Found.Plan(foreign.get());
        }
        if (library == null) {
            return new Found.Nothing("no llama-server on the PATH and no engine installed: run ./fogline model pull");
        }
        Optional<String> python = python();
        return python.isPresent()
                ? new Found.Plan(new ChildPlan.Xllamacpp(python.get(), library))
                : new Found.Nothing(
                        "the engine needs Python 3.10 or newer: install one or name it with FOGLINE_PYTHON");
    }

    private static Optional<ChildPlan> probe(Path binary) {
        Optional<String> help = output(List.of(binary.toString(), "--help"));
        Optional<String> version = output(List.of(binary.toString(), "--version"));
        return help.flatMap(text -> LlamaServerFlags.read(text, version.orElse("")))
                .map(flags -> new ChildPlan.LlamaServer(binary, flags));
    }

    private Optional<String> python() {
        List<String> candidates = new ArrayList<>();
        String named = environment.get("FOGLINE_PYTHON");
        if (named != null && !named.isBlank()) {
            candidates.add(named);
        }
        candidates.addAll(List.of("python3", "python3.13", "python3.12", "python3.11", "python3.10"));
        return candidates.stream()
                .flatMap(name -> onPath(name).stream())
                .map(Path::toString)
                .filter(ChildChoice::newEnough)
                .findFirst();
    }

    private static boolean newEnough(String python) {
        Optional<String> version =
                output(List.of(python, "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"));
        Matcher numbers = PYTHON_VERSION.matcher(version.orElse(""));
        return numbers.find() && Integer.parseInt(numbers.group(1)) == 3 && Integer.parseInt(numbers.group(2)) >= 10;
    }

    /** A name with a slash is a path already. */
    private Optional<Path> onPath(String name) {
        if (name.contains("/")) {
            return Optional.of(Path.of(name)).filter(Files::isExecutable);
        }
        for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
            Path file = Path.of(folder.isEmpty() ? "." : folder, name);
            if (Files.isExecutable(file) && Files.isRegularFile(file)) {
                return Optional.of(file.toAbsolutePath());
            }
        }
        return Optional.empty();
    }

    /** What a program prints, both streams; empty when it cannot be run or takes longer than ten seconds. */
    private static Optional<String> output(List<String> command) {
        Path capture = null;
        try {
            // A file and not a pipe: a program that prints more than a pipe holds would wait for a reader.
            capture = Files.createTempFile("fogline", ".probe");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(capture.toFile())
                    .start();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            byte[] text = Files.readAllBytes(capture);
            return Optional.of(new String(text, 0, Math.min(text.length, OUTPUT_BYTES), StandardCharsets.UTF_8));
        } catch (IOException cannotRun) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            delete(capture);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException leftBehind) {
            // A stale empty file in the temporary folder harms nobody.
        }
    }
}
