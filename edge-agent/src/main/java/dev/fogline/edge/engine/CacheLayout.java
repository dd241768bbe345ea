package dev.fogline.edge.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where models and the engine lie in Fogline's cache. */
public record CacheLayout(Path root) {
    private static final String ENGINE = "xllamacpp-2026.10.11549";

    public static CacheLayout of(Map<String, String> environment) {
        String named = environment.get("FOGLINE_CACHE");
        return new CacheLayout(
                named == null || named.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache", "fogline")
                        : Path.of(named));
    }

    /** The .gguf of a model: a path is taken as it is, a name is looked up. */
    public Optional<Path> model(String nameOrPath) {
        if (nameOrPath.endsWith(".gguf")) {
            Path file = Path.of(nameOrPath).toAbsolutePath();
            return Files.isReadable(file) ? Optional.of(file) : Optional.empty();
        }
        Path folder = root.resolve("models").resolve(nameOrPath);
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> models =
                    files.filter(file -> file.toString().endsWith(".gguf")).toList();
            return models.size() == 1 ? Optional.of(models.getFirst()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The installed Python package, if it is whole. */
    public Optional<Path> engine() {
        Path library = root.resolve("engine").resolve(ENGINE);
        return Files.exists(library.resolve(".complete")) ? Optional.of(library) : Optional.empty();
    }
}
