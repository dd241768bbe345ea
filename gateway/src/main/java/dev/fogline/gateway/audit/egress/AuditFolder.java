package dev.fogline.gateway.audit.egress;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of an audit: {@code egress-000000000001.jsonl} begins with record 1, and so on. Whoever writes them holds
 * {@code egress.lock}.
 */
record AuditFolder(Path path) {
    private static final Pattern NAME = Pattern.compile("egress-(\\d{12,18})\\.jsonl");

    Path beginningWith(long seq) {
        return path.resolve("egress-%012d.jsonl".formatted(seq));
    }

    /** The number of the record that the file begins with. */
    static long first(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches()) {
            throw new IllegalArgumentException(file + " is no file of an audit");
        }
        return Long.parseLong(name.group(1));
    }

    /** Oldest first; none where there is no folder. */
    List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(path)) {
            return all.filter(file ->
                            NAME.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted((one, other) -> Long.compare(first(one), first(other)))
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    /** New and deleted names survive a loss of power only once this is done. */
    void sync() throws IOException {
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /**
     * The right to write here, until the channel is closed or the process ends, however it ends.
     *
     * @throws IOException also when another gateway has it
     */
    FileChannel lock() throws IOException {
        Files.createDirectories(path);
        FileChannel channel =
                FileChannel.open(path.resolve("egress.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new IOException("another gateway writes there");
        }
        return channel;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException thisProcess) {
            return false;
        }
    }

    /** Whether another process writes here. Never to be asked by the one that does: its lock would be gone. */
    boolean isWritten() {
        try (FileChannel channel = FileChannel.open(path.resolve("egress.lock"), StandardOpenOption.WRITE)) {
            return !locked(channel);
        } catch (IOException none) {
            return false;
        }
    }
}
