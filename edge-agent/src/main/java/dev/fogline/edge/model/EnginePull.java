package dev.fogline.edge.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings the engine into the store, unless a {@code llama-server} is on the path already. */
final class EnginePull {
    static final String TITLE = "xllamacpp " + EngineStore.VERSION;
    /** Bytes, of the wheel that the lock file pins, and of what is in it. */
    private static final long WHEEL = 33_827_498;

    private static final long UNPACKED = 110_000_000;
    private static final String IMPORT =
            "import sys; sys.path.insert(0, sys.argv[1]); import xllamacpp; assert xllamacpp.Server";

    private final Environment environment;
    private final EngineStore store;
    private final Console console;

    EnginePull(Environment environment, EngineStore store) {
        this.environment = environment;
        this.store = store;
        this.console = environment.console();
    }

    /** What a person should know of the engine that is there now. */
    Attempt<String> pull() {
        Optional<String> there = present();
        if (there.isPresent()) {
            return Attempt.done(there.get());
        }
        if (!environment.linuxX64()) {
            return Attempt.failed("there is no engine to install for this system (" + environment.os() + ", "
                    + environment.arch() + "): put a llama-server (llama.cpp) on the PATH, or use a model server"
                    + " that runs already with ./fogline up --engine URL.");
        }
        Optional<Python> python = Python.find(environment);
        if (python.isEmpty()) {
            return Attempt.failed(Python.MISSING);
        }
        return PullLock.take(
                        environment.cache(),
                        "engine",
                        console,
                        environment.limits().otherPull())
                .then(lock -> {
                    try (lock) {
                        // Another pull may have brought it while this one waited.
                        Optional<String> meanwhile = present();
                        return meanwhile.isPresent() ? Attempt.done(meanwhile.get()) : install(python.get());
                    } catch (IOException e) {
                        return Attempt.failed(Causes.of(e));
                    }
                });
    }

    /** The engine that a start would use now. */
    Optional<String> present() {
        return environment
                .onPath("llama-server")
                .map(path -> "llama-server on the PATH (" + environment.shown(path) + ")")
                .or(() -> store.xllamacpp().map(folder -> TITLE + " is installed (" + environment.shown(folder) + ")"));
    }

    private Attempt<String> install(Python python) throws IOException {
        Files.createDirectories(store.root());
        Optional<String> shortage = Sizes.shortage(store.root(), UNPACKED + WHEEL);
        if (shortage.isPresent()) {
            return Attempt.failed(shortage.get());
        }
        console.note("  from PyPI, with Python " + python.version());
        try (Scratch scratch = Scratch.open(store.root().resolve(".new"), environment)) {
            Path site = scratch.folder().resolve("site");
            Attempt<String> proven = new Pip(python, environment)
                    .run(List.of("install", "--target", site.toString()), "xllamacpp.lock", scratch.folder(), WHEEL)
                    .then(done -> prove(python, site));
            if (proven instanceof Attempt.Failed<String> failed) {
                return failed;
            }
            store.adopt(
                    site,
                    python.program(),
                    environment
                            .clock()
                            .instant()
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString());
        }
        return Attempt.done(TITLE + " installed (" + environment.shown(store.folder()) + ")");
    }

    /** A wheel can be whole and still not load: an old C library, a processor without AVX2. Better known now. */
    private Attempt<String> prove(Python python, Path site) {
        try {
            Child.Ended ended = new Child(environment)
                    .run(
                            List.of(python.program(), "-I", "-c", IMPORT, site.toString()),
                            Map.of(),
                            Set.of(),
                            Duration.ofMinutes(2),
                            () -> {});
            if (ended.well()) {
                return Attempt.done(TITLE);
            }
            String last = ended.lines().isEmpty() ? "" : ": " + ended.lines().getLast();
            return Attempt.failed("the engine was fetched but Python " + python.version() + " cannot load it (status "
                    + ended.status().map(String::valueOf).orElse("none") + last + ")");
        } catch (IOException e) {
            return Attempt.failed(Causes.of(e));
        }
    }
}
