package dev.fogline.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The random key of this installation, kept in the state directory for its user alone. Digests made with it cannot be
 * confirmed by guessing what was digested.
 */
final class InstallationKey {
    private static final int BYTES = 32;

    private InstallationKey() {}

    /** @throws ConfigException when the key can be neither read nor written */
    static Secret in(Path state) {
        Path file = state.resolve("installation.key");
        try {
            if (!Files.exists(file)) {
                create(state, file);
            }
            return read(file);
        } catch (IOException e) {
            throw unusable(state, e);
        }
    }

    /** @throws ConfigException when there is none, or it cannot be read */
    static Secret existing(Path state) {
        try {
            return read(state.resolve("installation.key"));
        } catch (NoSuchFileException none) {
            throw new ConfigException("there is no installation.key in the state directory " + state
                    + "; set FOGLINE_STATE to that of the gateway");
        } catch (IOException e) {
            throw unusable(state, e);
        }
    }

    private static Secret read(Path file) throws IOException {
        String hex = Files.readString(file).strip();
        if (!hex.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
            throw new ConfigException(file + " does not hold the installation's key; remove it to get a new one");
        }
        return new Secret(hex);
    }

    private static ConfigException unusable(Path state, IOException e) {
        return new ConfigException("the state directory " + state + " cannot be used ("
                + e.getClass().getSimpleName() + "); set FOGLINE_STATE to one that can be written");
    }

    /** Whole or not at all, and by one of two gateways that start at the same time. */
    private static void create(Path state, Path file) throws IOException {
        Files.createDirectories(state);
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Path draft = Files.createTempFile(
                state,
                ".installation",
                ".key",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(draft, HexFormat.of().formatHex(key), StandardOpenOption.WRITE);
            Files.createLink(file, draft);
        } catch (java.nio.file.FileAlreadyExistsException other) {
            // The other gateway was first; its key is read.
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
