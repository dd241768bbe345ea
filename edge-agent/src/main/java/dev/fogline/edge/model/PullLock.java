package dev.fogline.edge.model;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * One pull of one thing at a time, over all processes of this machine. The operating system gives the lock back when
 * its process ends, however it ends; the empty file stays, because removing it would let two processes hold two locks.
 */
final class PullLock implements AutoCloseable {
    private static final long POLL_MILLIS = 200;

    private final FileChannel channel;

    private PullLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for another pull of the same thing to end, and says so once. */
    static Attempt<PullLock> take(Path cache, String what, Console console, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean told = false;
        try {
            Path file = file(cache, what);
            Files.createDirectories(cache.resolve("locks"));
            while (true) {
                Optional<PullLock> lock = tryTake(file);
                if (lock.isPresent()) {
                    return Attempt.done(lock.get());
                }
                if (System.nanoTime() > deadline) {
                    return Attempt.failed("another pull of the same is still running");
                }
                if (!told) {
                    told = true;
                    console.note("  another pull of the same is running: waiting for it");
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (IOException e) {
            return Attempt.failed("no lock in " + cache + ": " + Causes.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Attempt.failed("interrupted");
        }
    }

    /** Whether a pull of it is under way now. */
    static boolean isHeld(Path cache, String what) {
        Path file = file(cache, what);
        if (!Files.exists(file)) {
            return false;
        }
        try {
            Optional<PullLock> lock = tryTake(file);
            if (lock.isPresent()) {
                lock.get().close();
            }
            return lock.isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private static Path file(Path cache, String what) {
        return cache.resolve("locks").resolve(what + ".lock");
    }

    private static Optional<PullLock> tryTake(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new PullLock(channel));
            }
        } catch (OverlappingFileLockException e) {
            // Held by another thread of this process: the same as held by another process.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
