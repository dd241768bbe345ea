package dev.fogline.gateway.config;

import dev.fogline.gateway.config.ConfigFile.AuditEntry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where what leaves for a cloud is recorded.
 *
 * @param folder empty for nowhere
 * @param fileBytes after about as many a new file is begun
 * @param files how many are kept; empty for all
 */
public record Audit(Optional<Path> folder, long fileBytes, OptionalInt files) {
    private static final int FILE_MIB = 64;

    static Audit of(@Nullable AuditEntry entry, Path besides, Path state) {
        if (entry == null) {
            return new Audit(Optional.of(state.resolve("audit")), mebibytes(FILE_MIB), OptionalInt.empty());
        }
        String path = entry.path();
        return new Audit(
                path == null
                        ? Optional.of(state.resolve("audit"))
                        : path.equals("off") ? Optional.empty() : Optional.of(besides.resolve(path)),
                mebibytes(entry.fileMib() == null ? FILE_MIB : entry.fileMib()),
                entry.files() == null ? OptionalInt.empty() : OptionalInt.of(entry.files()));
    }

    private static long mebibytes(int count) {
        return (long) count << 20;
    }

    /** With what its digests are made with. */
    public record Keyed(Audit audit, Secret installationKey) {}
}
