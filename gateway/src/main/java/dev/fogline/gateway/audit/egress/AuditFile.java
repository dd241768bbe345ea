package dev.fogline.gateway.audit.egress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The file that is being written, at its end only. One thread appends, another may sync. */
final class AuditFile {
    private static final FileAttribute<?>[] OURS_ALONE =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];

    private final Path path;
    private final FileChannel channel;
    private long size;

    private AuditFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.size = channel.size();
    }

    static AuditFile open(Path path) throws IOException {
        return new AuditFile(
                path,
                FileChannel.open(
                        path,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                        OURS_ALONE));
    }

    long size() {
        return size;
    }

    /** All of it, or what has been written of it is taken back: none of these records was told to anybody. */
    void append(byte[] lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(lines);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            takeBack();
            throw e;
        }
        size += lines.length;
    }

    private void takeBack() {
        try {
            channel.truncate(size);
        } catch (IOException stays) {
            // Whoever opens the file next finds it, and notes it.
        }
    }

    /** What was appended before this is called survives a loss of power once it returns. Blocks as long as the disk does. */
    synchronized void sync() throws IOException {
        if (channel.isOpen()) {
            channel.force(false);
            // What nobody can find any more is not kept.
            if (!Files.exists(path)) {
                throw new NoSuchFileException(path.toString());
            }
        }
    }

    /** With a sync. */
    synchronized void close() throws IOException {
        try (channel) {
            channel.force(true);
        }
    }
}
