package dev.fogline.edge.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A child process that is waited for, with the last lines of what it wrote. It never outlives this process. */
final class Child {
    private static final int LINES = 200;
    private static final int LINE_LENGTH = 2_000;
    private static final long POLL_MILLIS = 200;

    /** {@code status} is absent when it took too long and was ended. */
    record Ended(Optional<Integer> status, List<String> lines) {
        boolean well() {
            return status.filter(code -> code == 0).isPresent();
        }
    }

    private final Environment environment;

    Child(Environment environment) {
        this.environment = environment;
    }

    /**
     * @param variables set on top of this process' own
     * @param without variables that the child must not see
     * @param meanwhile called a few times a second
     */
    Ended run(
            List<String> command,
            Map<String, String> variables,
            Set<String> without,
            Duration limit,
            Runnable meanwhile)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment.variables());
        builder.environment().putAll(variables);
        builder.environment().keySet().removeAll(without);
        Process process = builder.start();
        Interruption.Scope scope = environment.interruption().during(() -> end(process));
        try {
            Deque<String> lines = new ArrayDeque<>();
            Thread reader = Thread.ofVirtual().start(() -> read(process, lines));
            long deadline = System.nanoTime() + limit.toNanos();
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                meanwhile.run();
                if (System.nanoTime() > deadline) {
                    end(process);
                    return new Ended(Optional.empty(), List.of());
                }
            }
            // A grandchild may hold the pipe open after the child has gone.
            reader.join(Duration.ofSeconds(2));
            synchronized (lines) {
                return new Ended(Optional.of(process.exitValue()), List.copyOf(lines));
            }
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            scope.close();
        }
    }

    private static void read(Process process, Deque<String> lines) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (lines) {
                    lines.addLast(line.length() > LINE_LENGTH ? line.substring(0, LINE_LENGTH) : line);
                    if (lines.size() > LINES) {
                        lines.removeFirst();
                    }
                }
            }
        } catch (IOException e) {
            // The process was ended; what it wrote until then is kept.
        }
    }

    private static void end(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
                process.waitFor(2, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
