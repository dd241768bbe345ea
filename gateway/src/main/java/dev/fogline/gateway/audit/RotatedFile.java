package dev.fogline.gateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whole lines at the end of a file, which is put aside when it is full: {@code FILE.1} is the one before, and the oldest of
 * four goes. A disk that refuses costs lines and nothing else; it is told once a minute. One thread.
 */
final class RotatedFile {
    static final long FULL = 16L << 20;
    static final int KEPT = 4;

    private static final Logger LOG = Logger.getLogger(RotatedFile.class);
    private static final int TOGETHER = 64 * 1024;
    private static final long TOLD_EVERY_NANOS = 60_000_000_000L;
    private static final FileAttribute<?>[] OURS_ALONE =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];

    private final Path path;
    private final Runnable failed;
    private ByteBuffer gathered = ByteBuffer.allocate(TOGETHER);
    private @Nullable FileChannel channel;
    private long size;
    private @Nullable Long toldAt;

    /** @param failed is told of each write that failed */
    RotatedFile(Path path, Runnable failed) {
        this.path = path;
        this.failed = failed;
    }

    void line(ByteBuffer line) {
        if (channel == null) {
            size = path.toFile().length();
        }
        if (size + gathered.position() + line.remaining() > FULL && size + gathered.position() > 0) {
            flush();
            rotate();
        }
        if (line.remaining() > gathered.remaining()) {
            flush();
        }
        if (line.remaining() > gathered.capacity()) {
            gathered = ByteBuffer.allocate(line.remaining());
        }
        gathered.put(line);
    }

    void flush() {
        gathered.flip();
        try {
            FileChannel open = channel == null ? open() : channel;
            channel = open;
            while (gathered.hasRemaining()) {
                size += open.write(gathered);
            }
        } catch (IOException e) {
            failed(e);
            // Opened anew for the next lines: the disk may be back, and half a line is cut off then.
            close();
        }
        gathered.clear();
    }

    private FileChannel open() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        FileChannel opened = FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE), OURS_ALONE);
        size = endOfLastLine(opened);
        opened.truncate(size).position(size);
        return opened;
    }

    /** A process that was killed may have left half a line. */
    private static long endOfLastLine(FileChannel file) throws IOException {
        long end = file.size();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (end > 0) {
            one.clear();
            file.read(one, end - 1);
            if (one.get(0) == '\n') {
                break;
            }
            end--;
        }
        return end;
    }

    private void rotate() {
        close();
        try {
            for (int i = KEPT; i > 1; i--) {
                if (Files.exists(aside(i - 1))) {
                    Files.move(aside(i - 1), aside(i), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            if (Files.exists(path)) {
                Files.move(path, aside(1), StandardCopyOption.REPLACE_EXISTING);
            }
            size = 0;
        } catch (IOException e) {
            failed(e);
        }
    }

    private Path aside(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    private void failed(IOException e) {
        failed.run();
        long now = System.nanoTime();
        if (toldAt == null || now - toldAt >= TOLD_EVERY_NANOS) {
            toldAt = now;
            LOG.errorf(
                    "the decision log %s cannot be written (%s); requests go on without it",
                    path, e.getClass().getSimpleName());
        }
    }

    void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            failed(e);
        }
        channel = null;
    }
}
