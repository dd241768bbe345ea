package dev.fogline.policies.cli;

import dev.fogline.policies.Policy;
import dev.fogline.policies.PolicyLibrary;
import dev.fogline.policies.file.InvalidFileException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Files as texts, with failures in one sentence. */
final class Texts {
    /** Longer ones are refused before they are in memory; what is read of them is far shorter. */
    private static final long LONGEST = 16 << 20;

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
            if (Files.size(file) > LONGEST) {
                throw new InvalidFileException(file + " is longer than " + LONGEST + " bytes");
            }
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw new InvalidFileException(file + " is not UTF-8");
        } catch (IOException e) {
            throw new InvalidFileException(
                    file + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** @param reference a path, or {@code pack:NAME} */
    static Policy policy(String reference) {
        return reference.startsWith(PolicyLibrary.PACK)
                ? Policy.pack(reference.substring(PolicyLibrary.PACK.length()))
                : Policy.load(reference, of(path(reference)));
    }
}
