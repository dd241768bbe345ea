package dev.fogline.edge.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way: {@code <file>.part}, and {@code <file>.part.json} that says of what it is a part. Both outlive an
 * interruption, so that the next pull goes on where this one stopped.
 */
final class Partial {
    static final String SUFFIX = ".part";
    private static final JsonMapper JSON = new JsonMapper();

    /** {@code identity} is the expected sum, or the address where no sum is known. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Notes(String identity, @Nullable String etag) {}

    private final Path folder;
    private final Path data;
    private final Path notes;
    private final String identity;

    private Partial(Path folder, String file, String identity) {
        this.folder = folder;
        this.data = folder.resolve(file + SUFFIX);
        this.notes = folder.resolve(file + SUFFIX + ".json");
        this.identity = identity;
    }

    /** What is there of this file; what is there of another one under the same name is removed. */
    static Partial open(Path folder, String file, String identity) throws IOException {
        Partial partial = new Partial(folder, file, identity);
        if (partial.notes().filter(found -> found.identity().equals(identity)).isEmpty()) {
            partial.discard();
        }
        return partial;
    }

    Path folder() {
        return folder;
    }

    Path data() {
        return data;
    }

    long size() throws IOException {
        return Files.exists(data) ? Files.size(data) : 0;
    }

    /** The server's mark of the version that the part is from; weak ones do not count (RFC 9110, 13.1.5). */
    Optional<String> etag() {
        return notes().flatMap(found -> Optional.ofNullable(found.etag())).filter(tag -> tag.startsWith("\""));
    }

    /** Starts anew. */
    void begin(Optional<String> etag) throws IOException {
        Files.deleteIfExists(data);
        Files.writeString(notes, JSON.writeValueAsString(new Notes(identity, etag.orElse(null))));
    }

    OutputStream append() throws IOException {
        return Files.newOutputStream(data, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void discard() throws IOException {
        Files.deleteIfExists(data);
        Files.deleteIfExists(notes);
    }

    /** When the data has become whole, or is gone. */
    void forgetNotes() throws IOException {
        Files.deleteIfExists(notes);
    }

    private Optional<Notes> notes() {
        try {
            return Optional.of(JSON.readValue(Files.readString(notes), Notes.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
