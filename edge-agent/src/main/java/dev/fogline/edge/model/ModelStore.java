package dev.fogline.edge.model;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models on disk: {@code <cache>/models/<name>/<file>.gguf} with {@code model.json} beside it. Reads only what is
 * whole; safe beside a pull that runs in another process.
 */
public final class ModelStore {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String RECORD = "model.json";

    private final Path root;

    private ModelStore(Path root) {
        this.root = root;
    }

    /** Fogline's cache folder, as the environment of this process names it. */
    public static Path cache() {
        return Environment.ofProcess().cache();
    }

    /** The models in Fogline's cache folder, which need not exist. */
    public static ModelStore of(Path cache) {
        return new ModelStore(cache.resolve("models"));
    }

    /**
     * The file of a whole model: by its name in the store, by the words it was pulled with, or by the path of any
     * {@code .gguf} file that is there. Its sum was checked when it came, and is not checked again here.
     */
    public Optional<Path> find(String model) {
        return ModelName.of(name(model)).flatMap(this::whole).map(this::file).or(() -> existingFile(model));
    }

    /**
     * The name in the store of what {@code model pull} kept for the same words, which is another one for those of the
     * hub or an address; words that brought nothing, and paths, come back as they are.
     */
    public String name(String words) {
        if (ModelName.of(words).flatMap(this::whole).isPresent()) {
            return words;
        }
        return switch (ModelReference.parse(words, Catalogue.load())) {
            case Attempt.Done<ModelReference> reference ->
                pulledAs(reference.value().words()).map(StoredModel::name).orElse(words);
            case Attempt.Failed<ModelReference> none -> words;
        };
    }

    private static Optional<Path> existingFile(String path) {
        try {
            return path.toLowerCase(Locale.ROOT).endsWith(".gguf")
                    ? Optional.of(Path.of(path).toAbsolutePath()).filter(Files::isRegularFile)
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    Path root() {
        return root;
    }

    Path folder(ModelName name) {
        return root.resolve(name.value());
    }

    Path file(StoredModel model) {
        return root.resolve(model.name()).resolve(model.file());
    }

    /** The record of a model whose file is there in its full size. */
    Optional<StoredModel> whole(ModelName name) {
        return recorded(name).filter(this::fileIsWhole);
    }

    boolean fileIsWhole(StoredModel model) {
        try {
            return Files.isRegularFile(file(model)) && Files.size(file(model)) == model.size();
        } catch (IOException e) {
            return false;
        }
    }

    /** What the record says, whatever became of the file; a record that points out of its folder is none. */
    Optional<StoredModel> recorded(ModelName name) {
        try {
            return Optional.of(JSON.readValue(Files.readString(folder(name).resolve(RECORD)), StoredModel.class))
                    .filter(model -> model.name().equals(name.value()))
                    .filter(model -> model.file().equals(ModelName.fileName(model.file())));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The names of all folders, whole models or not, in order. */
    List<ModelName> names() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(Files::isDirectory)
                    .flatMap(folder -> ModelName.of(folder.getFileName().toString()).stream())
                    .sorted((a, b) -> a.value().compareTo(b.value()))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The whole model that the same words brought before. */
    Optional<StoredModel> pulledAs(String reference) {
        return names().stream()
                .flatMap(name -> whole(name).stream())
                .filter(model -> model.references().contains(reference))
                .findFirst();
    }

    /** Bytes of a download that was interrupted or is under way; 0 if there is none. */
    long partial(ModelName name) {
        try (Stream<Path> files = Files.list(folder(name))) {
            return files.filter(file -> file.toString().endsWith(Partial.SUFFIX))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Makes a verified file a model: the old record goes first and the new one comes last, so that at no time a record
     * stands beside a file it does not describe. Everything else in the folder, such as what another source left
     * half-way, is removed.
     */
    void adopt(Path verified, StoredModel model) throws IOException {
        Path folder = root.resolve(model.name());
        Files.deleteIfExists(folder.resolve(RECORD));
        Folders.moveOver(verified, folder.resolve(model.file()));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path other : files.filter(file -> !file.endsWith(model.file())).toList()) {
                Folders.delete(other);
            }
        }
        write(model);
    }

    /** Replaces the record of a model, whole or not at all. */
    void write(StoredModel model) throws IOException {
        Path folder = root.resolve(model.name());
        Path fresh = folder.resolve(RECORD + ".new");
        Files.writeString(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(model) + "\n");
        Folders.moveOver(fresh, folder.resolve(RECORD));
    }

    void remove(StoredModel model) throws IOException {
        Files.deleteIfExists(root.resolve(model.name()).resolve(RECORD));
        Files.deleteIfExists(file(model));
    }
}
