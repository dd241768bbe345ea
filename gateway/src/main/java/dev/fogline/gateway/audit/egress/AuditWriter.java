package dev.fogline.gateway.audit.egress;

import dev.fogline.gateway.audit.egress.AuditChain.Head;
import dev.fogline.gateway.audit.egress.AuditChain.Link;
import dev.fogline.gateway.audit.egress.AuditEvents.Cause;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of one audit. After a failure the files are opened anew, by the same way as at a start. One thread
 * writes; {@link #sync()} and {@link #synced()} are for another.
 */
final class AuditWriter {
    /** When syncing has not come round for so long the disk hangs, and nothing more may rely on it. */
    private static final long SYNCED_WITHIN_NANOS = 5_000_000_000L;

    private final AuditFolder folder;
    private final AuditChain chain;
    private final long fileBytes;
    private final OptionalInt files;
    private final InstantSource clock;
    private final AuditEvents events;
    private @Nullable FileChannel lock;

    /** The last record of ours; null before the first. What is found on the disk must end with it. */
    private @Nullable Head head;

    private volatile @Nullable AuditFile file;
    private volatile long appended;
    private volatile long synced;
    private volatile long syncedAtNanos = System.nanoTime();
    private volatile boolean syncFailed;

    /** Records cannot be written at present; the message is a sentence for operators. */
    static final class StoppedException extends Exception {
        private static final long serialVersionUID = 1L;

        StoppedException(String message) {
            super(message, null, false, false);
        }
    }

    AuditWriter(
            AuditFolder folder,
            String key,
            long fileBytes,
            OptionalInt files,
            InstantSource clock,
            AuditEvents events) {
        this.folder = folder;
        this.chain = new AuditChain(key);
        this.fileBytes = fileBytes;
        this.files = files;
        this.clock = clock;
        this.events = events;
    }

    /** All of them, in one write, or none. Without any it is seen to that the next ones can be written. */
    void write(List<Departure> departures) throws StoppedException {
        if (System.nanoTime() - syncedAtNanos > SYNCED_WITHIN_NANOS) {
            // Closing would wait for the disk as well.
            throw stopped(Cause.SYNC, "the disk does not confirm what was written");
        }
        try {
            if (syncFailed) {
                close();
            }
            AuditFile open = file;
            if (open == null) {
                open = reopen();
            }
            if (open.size() >= fileBytes) {
                open = rotate(open);
            }
            if (!departures.isEmpty()) {
                append(open, departures);
            }
        } catch (IOException e) {
            close();
            throw stopped(Cause.WRITE, reason(e));
        }
    }

    private StoppedException stopped(Cause cause, String reason) {
        events.failed(cause);
        return new StoppedException("the egress audit in " + folder.path() + " cannot be written (" + reason
                + "); until it can nothing leaves for a cloud");
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException file && file.getReason() == null
                ? e.getClass().getSimpleName() + " " + e.getMessage()
                : String.valueOf(e instanceof FileSystemException file ? file.getReason() : e.getMessage());
    }

    private AuditFile reopen() throws IOException {
        if (lock == null) {
            lock = folder.lock();
        }
        AuditTail tail = AuditTail.of(folder, chain);
        boolean clean = head == null
                ? tail.clean()
                : !syncFailed && tail.torn().length == 0 && tail.head().equals(head);
        Path path = tail.file() == null ? folder.beginningWith(1) : tail.file();
        AuditFile opened = AuditFile.open(path);
        now(opened, tail.head().seq());
        folder.sync();
        if (clean) {
            append(opened, new byte[0], tail.head(), RecordType.OPENED, "");
        } else {
            gap(opened, tail);
        }
        opened.sync();
        safe(opened, appended);
        syncFailed = false;
        return opened;
    }

    /** What is torn gets an end of line, so that the record has a line of its own; both are of what the digest is of. */
    private void gap(AuditFile opened, AuditTail tail) throws IOException {
        byte[] end = tail.torn().length == 0 ? new byte[0] : new byte[] {'\n'};
        byte[] torn = Arrays.copyOf(tail.torn(), tail.torn().length + end.length);
        System.arraycopy(end, 0, torn, tail.torn().length, end.length);
        String fields = "\"after\":" + tail.head().seq()
                + (tail.last() == null ? "" : ",\"since\":\"" + tail.last().time() + '"')
                + (torn.length == 0 ? "" : ",\"torn\":" + torn.length + ",\"digest\":\"" + chain.digest(torn) + '"');
        append(opened, end, tail.head(), RecordType.GAP, fields);
    }

    private void append(AuditFile to, byte[] before, Head after, RecordType type, String fields) throws IOException {
        Link link = chain.link(after, clock.instant(), type, fields);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(before);
        bytes.writeBytes(link.line());
        to.append(bytes.toByteArray());
        written(link.head(), type, 1);
    }

    private void append(AuditFile to, List<Departure> departures) throws IOException {
        var bytes = new ByteArrayOutputStream(512 * departures.size());
        Head now = last();
        for (Departure departure : departures) {
            String digest = chain.digest(departure.body().getBytes());
            Link link = chain.link(now, clock.instant(), RecordType.SENT, departure.fields(digest));
            bytes.writeBytes(link.line());
            now = link.head();
        }
        to.append(bytes.toByteArray());
        written(now, RecordType.SENT, departures.size());
    }

    private void written(Head now, RecordType type, int count) {
        head = now;
        appended = now.seq();
        events.written(type, count);
    }

    private Head last() {
        return head == null ? Head.NONE : head;
    }

    private AuditFile rotate(AuditFile full) throws IOException {
        full.close();
        AuditFile next = AuditFile.open(folder.beginningWith(last().seq() + 1));
        now(next, appended);
        folder.sync();
        if (files.isPresent()) {
            drop(next, files.getAsInt());
        }
        return next;
    }

    /** It is told in the chain first, so that a file that somebody else took away is another matter. */
    private void drop(AuditFile open, int kept) throws IOException {
        List<Path> all = folder.files();
        for (int i = 0; i < all.size() - kept; i++) {
            long through = AuditFolder.first(all.get(i + 1)) - 1;
            append(open, new byte[0], last(), RecordType.DROPPED, "\"through\":" + through);
            open.sync();
            Files.deleteIfExists(all.get(i));
        }
    }

    /** Has what was written made safe. Blocks as long as the disk does. */
    void sync() {
        AuditFile open = file;
        long upTo = appended;
        try {
            if (open != null && !syncFailed && upTo != synced) {
                open.sync();
                safe(open, upTo);
            }
        } catch (IOException e) {
            syncFailed = true;
            events.failed(Cause.SYNC);
        }
        syncedAtNanos = System.nanoTime();
    }

    private synchronized void now(@Nullable AuditFile written, long safe) {
        file = written;
        synced = safe;
    }

    /** Unless another file is being written by now: then that has been told. */
    private synchronized void safe(AuditFile written, long upTo) {
        if (file == written) {
            synced = Math.max(synced, upTo);
        }
    }

    /** The number of the last record that is safe. */
    long synced() {
        return synced;
    }

    /** The end, told as one if it can be; else the next start finds none, and notes it. */
    void end() {
        AuditFile open = file;
        try {
            if (open != null && !syncFailed) {
                append(open, new byte[0], last(), RecordType.CLOSED, "");
                open.sync();
                safe(open, appended);
            }
        } catch (IOException e) {
            events.failed(Cause.WRITE);
        }
        close();
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            // It goes with the process.
        }
    }

    private void close() {
        AuditFile open = file;
        now(null, synced);
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                syncFailed = true;
                events.failed(Cause.SYNC);
            }
        }
    }
}
