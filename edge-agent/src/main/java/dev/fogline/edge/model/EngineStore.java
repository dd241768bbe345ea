package dev.fogline.edge.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The engine on disk: {@code <cache>/engine/xllamacpp-<version>/}, a folder for Python's module path. The file
 * {@code .complete} in it is written last; without it the folder counts as absent.
 */
public final class EngineStore {
    static final String VERSION = "2026.10.11549";
    static final String COMPLETE = ".complete";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path root;

    private EngineStore(Path root) {
        this.root = root;
    }

    /** The engine in Fogline's cache folder, which need not exist. */
    public static EngineStore of(Path cache) {
        return new EngineStore(cache.resolve("engine"));
    }

    /** The folder to put on Python's module path, once it is whole. */
    public Optional<Path> xllamacpp() {
        return Optional.of(folder()).filter(folder -> Files.isRegularFile(folder.resolve(COMPLETE)));
    }

    /** The Python that installed the engine and has imported it once; empty if the engine is not whole. */
    public Optional<String> python() {
        return xllamacpp().flatMap(folder -> {
            try {
                JsonNode python = JSON.readTree(Files.readString(folder.resolve(COMPLETE)))
                        .path("python");
                return python.isTextual() ? Optional.of(python.asText()) : Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }

    Path root() {
        return root;
    }

    Path folder() {
        return root.resolve("xllamacpp-" + VERSION);
    }

    /** Moves a proven installation into place; {@code .complete} comes last. */
    void adopt(Path installed, String python, String date) throws IOException {
        Folders.delete(folder());
        Files.move(installed, folder(), StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(
                folder().resolve(COMPLETE),
                JSON.writeValueAsString(JSON.createObjectNode()
                                .put("version", VERSION)
                                .put("python", python)
                                .put("installed", date))
                        + "\n");
    }
}
