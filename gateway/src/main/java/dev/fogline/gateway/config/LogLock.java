package dev.fogline.gateway.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to write a log, held by one process until it ends, however it ends. Two gateways that wrote the same file would
 * overwrite each other's lines and put it aside under each other.
 */
public final class LogLock implements AutoCloseable {
    private final FileChannel channel;

    private LogLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * The lock of this log, which lasts as long as what is returned is held on to; null where no file can be made: then the
     * log cannot be written either, which it tells by itself.
     *
     * @throws ConfigException when another gateway has it
     */
    public static @Nullable LogLock of(Path log) {
        Path file = log.resolveSibling(log.getFileName() + ".lock");
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            // A file of its own: the log is put aside when it is full.
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel)) {
                return new LogLock(channel);
            }
            channel.close();
        } catch (IOException unusable) {
            return null;
        }
        throw new ConfigException("another gateway is writing the decision log " + log
                + "; give this one a file of its own with decision-log, or a directory of its own with FOGLINE_STATE");
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException thisProcess) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
