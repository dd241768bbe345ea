package dev.fogline.edge.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A whole model file that has passed every check, not yet under its own name.
 *
 * @param size in bytes
 */
record Verified(Path data, long size, String sha256) {
    private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);
    static final String NOT_GGUF = "what came is not a GGUF file";

    /** A file that fails is removed. Without an expected sum the file's own is taken. */
    static Attempt<Verified> check(Path data, Optional<String> expected) throws IOException {
        if (!isGguf(data)) {
            Files.deleteIfExists(data);
            return Attempt.failed(NOT_GGUF + ", and was removed");
        }
        String sum = Sums.ofFile(data);
        if (expected.isPresent() && !expected.get().equals(sum)) {
            Files.deleteIfExists(data);
            return Attempt.failed("wrong checksum (sha256 " + sum.substring(0, 12) + "…, expected "
                    + expected.get().substring(0, 12) + "…): the file was removed");
        }
        return Attempt.done(new Verified(data, Files.size(data), sum));
    }

    static boolean isGguf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    /** Whether a file may still become one, by its first bytes. */
    static boolean startsLikeGguf(byte[] bytes, int count) {
        int length = Math.min(count, MAGIC.length);
        return Arrays.equals(bytes, 0, length, MAGIC, 0, length);
    }
}
