package dev.fogline.edge.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Bytes for people (decimal units, as model pages show them), and whether they fit on the disk. */
final class Sizes {
    /** What a pull leaves free, in bytes: a disk that is full to the last byte breaks everything else on it. */
    static final long MARGIN = 64_000_000;

    private Sizes() {}

    static String shown(long bytes) {
        if (bytes >= 10_000_000_000L) {
            return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
        }
        if (bytes >= 1_000_000_000L) {
            return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
        }
        if (bytes >= 1_000_000) {
            return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        }
        return bytes >= 1_000 ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3) : bytes + " bytes";
    }

    /** Why {@code bytes} more do not fit where {@code folder} is, if so. */
    static Optional<String> shortage(Path folder, long bytes) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        return free - MARGIN >= bytes
                ? Optional.empty()
                : Optional.of(
                        "not enough disk space: " + shown(bytes) + " needed, " + shown(free) + " free in " + folder);
    }
}
