package dev.fogline.policies.cli;

import dev.fogline.policies.Policy;
import dev.fogline.policies.PolicyLibrary;
import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.file.TextFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Files as texts, with failures in one sentence. */
final class Texts {
    private Texts() {}

    static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new WrongUseException("'" + name + "' is no file name");
        }
    }

    /** @throws InvalidFileException when it cannot be read */
    static String of(Path file) {
        try {
            return TextFile.read(file);
        } catch (InvalidFileException e) {
            throw new InvalidFileException(file + " " + e.getMessage());
        }
    }

    /** @param reference a path, or {@code pack:NAME} */
    static Policy policy(String reference) {
        return reference.startsWith(PolicyLibrary.PACK)
                ? Policy.pack(reference.substring(PolicyLibrary.PACK.length()))
                : Policy.load(reference, of(path(reference)));
    }
}
