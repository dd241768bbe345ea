package dev.fogline.gateway.audit.egress;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of one file, in order and bounded: what is longer than any record comes in pieces. */
final class AuditLines implements Closeable {
    private static final int LONGEST = 64 * 1024;

    private final InputStream in;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream(1024);

    AuditLines(Path file) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), LONGEST);
    }

    /** @param whole whether its end followed; {@code bytes} are without it */
    record Line(byte[] bytes, boolean whole) {
        int length() {
            return bytes.length + (whole ? 1 : 0);
        }
    }

    /** Null at the end of the file. */
    @Nullable
    Line next() throws IOException {
        piece.reset();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            piece.write(next);
            if (piece.size() == LONGEST) {
                return new Line(piece.toByteArray(), false);
            }
            next = in.read();
        }
        return next < 0 && piece.size() == 0 ? null : new Line(piece.toByteArray(), next == '\n');
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
