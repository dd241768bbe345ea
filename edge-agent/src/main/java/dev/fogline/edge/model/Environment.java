package dev.fogline.edge.model;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All that the command takes from around it, handed in so that a test can be another machine. */
record Environment(
        Map<String, String> variables,
        String os,
        String arch,
        Console console,
        Clock clock,
        Limits limits,
        Interruption interruption) {

    static Environment ofProcess() {
        return new Environment(
                System.getenv(),
                System.getProperty("os.name", ""),
                System.getProperty("os.arch", ""),
                Console.ofProcess(),
                Clock.systemUTC(),
                Limits.defaults(),
                new Interruption());
    }

    /** The variable's value; an empty one counts as absent. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** What is wrong with a variable that everything else depends on, in a sentence. */
    Optional<String> objection() {
        try {
            cache();
        } catch (InvalidPathException e) {
            return Optional.of("FOGLINE_CACHE is not a path");
        }
        try {
            return Addresses.objection(hub()).map(why -> "HF_ENDPOINT: " + why);
        } catch (IllegalArgumentException e) {
            return Optional.of("HF_ENDPOINT is not an address");
        }
    }

    Path cache() {
        return variable("FOGLINE_CACHE")
                .map(Path::of)
                .orElseGet(() -> home().resolve(".cache").resolve("fogline"))
                .toAbsolutePath()
                .normalize();
    }

    /** Hugging Face or a mirror of it, without a slash at the end; {@code HF_ENDPOINT} is the hub's own variable. */
    URI hub() {
        String base = variable("HF_ENDPOINT").orElse("https://huggingface.co");
        return URI.create(base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
    }

    /** The wheel of the engine exists for this platform only. */
    boolean linuxX64() {
        return os.toLowerCase(Locale.ROOT).startsWith("linux") && (arch.equals("amd64") || arch.equals("x86_64"));
    }

    Optional<Path> onPath(String program) {
        return Stream.of(variable("PATH").orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** The path as a person would write it. */
    String shown(Path path) {
        return path.startsWith(home()) ? "~/" + home().relativize(path) : path.toString();
    }

    private Path home() {
        return Path.of(variable("HOME").orElse(System.getProperty("user.home", "/")));
    }
}
