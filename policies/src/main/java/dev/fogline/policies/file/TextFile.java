package dev.fogline.policies.file;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that people write, read whole. */
public final class TextFile {
    /** Longer ones are refused before they are in memory; what is read of them is far shorter. */
    private static final long LONGEST = 16 << 20;

    private TextFile() {}

    /** @throws InvalidFileException with a clause that follows the file's name */
    public static String read(Path file) {
        try {
            // Opening a pipe would wait for somebody who writes.
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new InvalidFileException("cannot be read (it is no regular file)");
            }
            if (Files.size(file) > LONGEST) {
                throw new InvalidFileException("is longer than " + LONGEST + " bytes");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new InvalidFileException("is not UTF-8");
        } catch (IOException e) {
            throw new InvalidFileException("cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
