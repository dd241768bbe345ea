package dev.fogline.policies;

import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.file.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Finds the policies that others extend. */
public interface PolicyLibrary {
    /** The packs that come with Fogline. */
    List<String> PACKS =
            List.of("balanced", "privacy-first", "cost-saver", "latency-first", "offline", "clinic", "school");

    /** What the source of a pack begins with, and a reference to one where a file could be named too. */
    String PACK = "pack:";

    /** What the name of a file of words ends in. */
    String WORDS = ".txt";

    /** @param source what it is called in messages, and what a path in it is relative to */
    record Text(String source, String yaml) {}

    /**
     * @param reference what {@code extends} says, or {@code words-file}
     * @param from the source of the policy that says it
     * @throws InvalidFileException with a clause that follows the reference
     */
    Text find(String reference, String from);

    /** Packs only, for policies whose author must not have files of this machine read. */
    static PolicyLibrary packs() {
        return (reference, from) -> pack(reference);
    }

    /** Packs by their names, and files by a path relative to the one that names them. */
    static PolicyLibrary packsAndFiles() {
        return packsAnd(TextFile::read);
    }

    /** @param files reads one; throws {@link InvalidFileException} with a clause that follows its name */
    static PolicyLibrary packsAnd(Function<Path, String> files) {
        return (reference, from) ->
                reference.endsWith(".yaml") || reference.endsWith(".yml") || reference.endsWith(WORDS)
                        ? file(reference, from, files)
                        : pack(reference);
    }

    private static Text pack(String name) {
        if (!PACKS.contains(name)) {
            throw new InvalidFileException("is no pack; there are " + String.join(", ", PACKS)
                    + (name.endsWith(".yaml") ? "" : ", and a file's name ends in .yaml"));
        }
        try (InputStream in = PolicyLibrary.class.getResourceAsStream("packs/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("the pack " + name + " is not on the class path");
            }
            return new Text(PACK + name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("the pack " + name + " cannot be read", e);
        }
    }

    private static Text file(String reference, String from, Function<Path, String> files) {
        if (from.startsWith(PACK)) {
            throw new InvalidFileException("is a file, which a pack cannot extend");
        }
        try {
            Path path = Path.of(from).resolveSibling(reference).normalize();
            return new Text(path.toString(), files.apply(path));
        } catch (InvalidPathException e) {
            throw new InvalidFileException("is no file name");
        }
    }

    /** The text of a pack. */
    static Text named(String name) {
        try {
            return pack(name);
        } catch (InvalidFileException e) {
            throw new InvalidFileException("'" + name + "' " + e.getMessage());
        }
    }
}
