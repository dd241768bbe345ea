package dev.fogline.gateway.config;

import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.file.StrictYaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is read from files and from the archive, with failures in an operator's words. */
final class Texts {
    private Texts() {}

    /** @throws ConfigException with file, line and key */
    static <T> T yaml(String source, String text, Class<T> type) {
        try {
            return StrictYaml.read(source, text, type);
        } catch (InvalidFileException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    /** @throws ConfigException when the file cannot be read */
    static String file(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new ConfigException(path + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    static String resource(String name) {
        try (InputStream in = Texts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the archive");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
