package dev.fogline.edge.engine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A running engine process. It lives no longer than its standard input: when this process ends, however it ends, the
 * pipe closes and the child leaves. Its output is read all the time and reduced to {@link ErrorPhrases}.
 */
final class Child {
    private static final int LINE_BYTES = 4096;
    private static final String READY = "READY ";
    private static final Set<String> INHERITED = Set.of(
            "PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "PYENV_ROOT", "PYENV_VERSION", "CUDA_PATH");
    private static final Set<String> INHERITED_PREFIXES =
            Set.of("CUDA_VISIBLE", "HIP_", "ROCR_", "GGML_", "VK_", "ONEAPI_");

    private final Process process;
    private final OutputStream stdin;
    private final ErrorPhrases errors = new ErrorPhrases();
    private final CompletableFuture<URI> address = new CompletableFuture<>();
    private final CompletableFuture<Void> outputRead = new CompletableFuture<>();
    private volatile long lastOutput = System.nanoTime();

    private Child(Process process) {
        this.process = process;
        this.stdin = process.getOutputStream();
    }

    static Child start(Launch launch) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(launch.command()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        // No keys of clouds for the engine, and no LLAMA_ARG_* that would change what the flags say.
        environment.keySet().removeIf(name -> !inherited(name));
        environment.putAll(launch.environment());
        Child child = new Child(builder.start());
        if (launch.port() > 0) {
            child.address.complete(URI.create("http://127.0.0.1:" + launch.port()));
        }
        Thread.ofPlatform().name("engine-output").daemon().start(child::readOutput);
        return child;
    }

    private static boolean inherited(String name) {
        return INHERITED.contains(name) || INHERITED_PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** Where it listens, once it is known. */
    CompletableFuture<URI> address() {
        return address;
    }

    CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Completes when everything it said has been read, shortly after its end. */
    CompletableFuture<Void> outputRead() {
        return outputRead;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Nanoseconds of {@link System#nanoTime()} at the last byte of output. */
    long lastOutput() {
        return lastOutput;
    }

    /** Why it ended, in words that hold nothing of its output but known phrases. */
    String epitaph(int exitCode) {
        return errors.summary()
                .map(phrases -> ExitCode.meaning(exitCode) + " (" + phrases + ")")
                .orElse(ExitCode.meaning(exitCode));
    }

    /** The child and everything that it has started. */
    List<ProcessHandle> processes() {
        try (Stream<ProcessHandle> started = process.descendants()) {
            return Stream.concat(Stream.of(process.toHandle()), started).toList();
        }
    }

    /** RssAnon + VmSwap of all its processes, in bytes; null where the system does not tell. */
    @Nullable
    Long memory() {
        long bytes =
                processes().stream().mapToLong(handle -> memory(handle.pid())).sum();
        return bytes > 0 ? bytes : null;
    }

    private static long memory(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith("RssAnon:") || line.startsWith("VmSwap:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    * 1024;
        } catch (IOException | UncheckedIOException gone) {
            return 0;
        }
    }

    /** Ends it and everything it started. Blocks up to about two seconds. */
    void end() {
        try {
            stdin.close();
        } catch (IOException alreadyGone) {
            // The pipe is closed either way.
        }
        try {
            if (process.waitFor(1, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        processes().forEach(ProcessHandle::destroyForcibly);
    }

    private void readOutput() {
        StringBuilder line = new StringBuilder();
        try (InputStream out = new BufferedInputStream(process.getInputStream())) {
            for (int b = out.read(); b >= 0; b = out.read()) {
                lastOutput = System.nanoTime();
                if (b == '\n') {
                    line(line.toString());
                    line.setLength(0);
                } else if (line.length() < LINE_BYTES) {
                    line.append((char) b);
                }
            }
        } catch (IOException ended) {
            // The stream ends with the process, one way or the other.
        }
        line(line.toString());
        outputRead.complete(null);
    }

    private void line(String line) {
        if (line.startsWith(READY)) {
            address.complete(URI.create(line.substring(READY.length()).strip()));
        } else {
            errors.line(line);
        }
    }
}
