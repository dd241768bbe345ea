package dev.fogline.edge.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * pip, run for one wheel that is pinned by its SHA-256. Where it comes from (an index, a mirror, a folder, a proxy) is
 * the user's own pip configuration, which is why the lock files carry no address.
 */
final class Pip {
    /** Settings that would send the files elsewhere than asked, or refuse a folder of our own. */
    private static final Set<String> UNWANTED =
            Set.of("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN", "PIP_NO_BINARY", "PIP_REQUIREMENT");

    private static final List<String> UNREACHABLE = List.of(
            "NewConnectionError",
            "NameResolutionError",
            "Failed to establish a new connection",
            "ConnectTimeoutError",
            "ReadTimeoutError",
            "Read timed out",
            "ProxyError",
            "SSLError",
            "Connection aborted");

    private final Python python;
    private final Environment environment;

    Pip(Python python, Environment environment) {
        this.python = python;
        this.environment = environment;
    }

    /**
     * @param command {@code download} or {@code install}, with where to put what comes
     * @param lock the resource that pins the wheel
     * @param scratch a folder for pip's own temporary files too, so that removing it removes every trace
     * @param size of the wheel in bytes, for the progress
     */
    Attempt<Path> run(List<String> command, String lock, Path scratch, long size) {
        try (Progress progress = environment.console().progress(size)) {
            Path requirements = scratch.resolve(lock);
            try (InputStream in = Objects.requireNonNull(Pip.class.getResourceAsStream(lock))) {
                Files.write(requirements, in.readAllBytes());
            }
            List<String> line = new ArrayList<>(List.of(python.program(), "-m", "pip"));
            line.addAll(command);
            line.addAll(List.of(
                    "--no-deps",
                    "--only-binary=:all:",
                    "--require-hashes",
                    "--no-input",
                    "--disable-pip-version-check",
                    "--progress-bar=off",
                    "--retries=2",
                    "-r",
                    requirements.toString()));
            Path temporary = Files.createDirectory(scratch.resolve("tmp"));
            // pip tells a pipe nothing of its progress in most versions: the size of its files does.
            Child.Ended ended = new Child(environment)
                    .run(
                            line,
                            Map.of("TMPDIR", temporary.toString(), "PIP_USER", "0", "PIP_REQUIRE_VIRTUALENV", "0"),
                            UNWANTED,
                            environment.limits().process(),
                            () -> progress.reach(Math.min(size, Folders.size(scratch))));
            return ended.well() ? Attempt.done(scratch) : Attempt.failed(cause(ended));
        } catch (IOException e) {
            return Attempt.failed("pip: " + Causes.of(e));
        }
    }

    /** The cause in pip's many words. It goes on after a connection that failed, so that comes first. */
    static String cause(Child.Ended ended) {
        if (ended.status().isEmpty()) {
            return "pip did not come to an end";
        }
        String all = String.join("\n", ended.lines());
        if (all.contains("DO NOT MATCH THE HASHES")) {
            return "wrong checksum: pip was offered another file than the pinned one, and refused it";
        }
        if (all.toLowerCase(Locale.ROOT).contains("no space left")) {
            return "the disk is full";
        }
        if (UNREACHABLE.stream().anyMatch(all::contains)) {
            return "the package index cannot be reached";
        }
        if (all.contains("No matching distribution") || all.contains("Could not find a version")) {
            return "the package index has no such wheel for this Python and system";
        }
        Optional<String> error = ended.lines().stream()
                .filter(line -> line.startsWith("ERROR:"))
                .reduce((first, last) -> last)
                .map(line -> line.substring("ERROR:".length()).strip())
                // The address of an index may hold a password.
                .map(line -> line.replaceAll("\\S+://\\S+", "<address>"))
                .map(line -> line.length() > 160 ? line.substring(0, 160) + "…" : line);
        return "pip ended with status " + ended.status().get()
                + error.map(text -> ": " + text).orElse("");
    }
}
