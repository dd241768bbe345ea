package dev.fogline.gateway.audit.egress;

import dev.fogline.gateway.audit.egress.AuditChain.Head;
import dev.fogline.gateway.audit.egress.AuditChain.Read;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads all files of an audit and says whether every record is as it was written, in its place, and none is missing. */
public final class AuditVerification {
    private final AuditFolder folder;
    private final AuditChain chain;
    private final List<Gap> gaps = new ArrayList<>();
    private Head head = Head.NONE;
    private Read.@Nullable Genuine first;
    private Read.@Nullable Genuine last;
    private long sent;
    private long dropped;

    /** What stands since the last record and is none; only a gap that tells of it makes it good. */
    private final ByteArrayOutputStream torn = new ByteArrayOutputStream();

    private @Nullable Broken tornAt;

    /** A place where records may be missing, because the gateway ended without saying so. */
    public record Gap(long after, String time, long tornBytes, String file, long line) {}

    /** The first line that is not as it was written, or not in its place. */
    public record Broken(String file, long line, String why) {}

    /**
     * What was found.
     *
     * @param first number of the first record, 0 without any
     * @param last number of the last that is in its place
     * @param sent how many of them tell of a body that left
     * @param closed whether the last tells the end of writing
     */
    public record Result(
            int files,
            long first,
            long last,
            long sent,
            @Nullable String from,
            @Nullable String to,
            boolean closed,
            List<Gap> gaps,
            Optional<Broken> broken) {}

    private AuditVerification(AuditFolder folder, String key) {
        this.folder = folder;
        this.chain = new AuditChain(key);
    }

    /**
     * @param key of the installation that wrote it, hexadecimal
     * @throws IOException when the files cannot be read
     */
    public static Result of(Path folder, String key) throws IOException {
        return new AuditVerification(new AuditFolder(folder), key).run();
    }

    private Result run() throws IOException {
        List<Path> files = folder.files();
        Optional<Broken> broken = Optional.empty();
        for (Path file : files) {
            broken = read(file);
            if (broken.isPresent()) {
                break;
            }
        }
        if (broken.isEmpty()) {
            broken = Optional.ofNullable(tornAt).or(() -> beginning(files));
        }
        return new Result(
                files.size(),
                first == null ? 0 : first.head().seq(),
                head.seq(),
                sent,
                first == null ? null : first.time(),
                last == null ? null : last.time(),
                last != null && last.is(RecordType.CLOSED),
                List.copyOf(gaps),
                broken);
    }

    /** The oldest records may be missing only where the chain itself tells of it. */
    private Optional<Broken> beginning(List<Path> files) {
        return first == null || first.head().seq() <= dropped + 1
                ? Optional.empty()
                : Optional.of(new Broken(
                        name(files.getFirst()),
                        1,
                        "it begins with record " + first.head().seq() + ": those before it were taken away"));
    }

    private Optional<Broken> read(Path file) throws IOException {
        try (var lines = new AuditLines(file)) {
            long number = 0;
            for (AuditLines.Line line = lines.next(); line != null; line = lines.next()) {
                number++;
                Optional<Broken> broken = line(line, name(file), number);
                if (broken.isPresent()) {
                    return broken;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Broken> line(AuditLines.Line line, String file, long number) {
        Read read = line.whole() ? chain.read(line.bytes()) : new Read.Torn();
        if (!(read instanceof Read.Genuine record)) {
            if (tornAt == null) {
                tornAt = new Broken(
                        file,
                        number,
                        !line.whole()
                                ? "it is not whole, as after a gateway that was killed: its next start notes it as a gap"
                                : read instanceof Read.Foreign
                                        ? "it was changed, or written with another installation's key"
                                        : "it is no record");
            }
            torn.writeBytes(line.bytes());
            if (line.whole()) {
                torn.write('\n');
            }
            return Optional.empty();
        }
        if (tornAt != null && !tellsOfTheTorn(record)) {
            return Optional.of(tornAt);
        }
        if (first == null) {
            head = new Head(record.head().seq() - 1, record.prev());
        }
        if (!record.follows(head)) {
            return Optional.of(new Broken(
                    file,
                    number,
                    "it is record " + record.head().seq() + " and does not follow record " + head.seq()
                            + ": lines were removed, added or moved"));
        }
        tornAt = null;
        torn.reset();
        take(record, file, number);
        return Optional.empty();
    }

    private boolean tellsOfTheTorn(Read.Genuine record) {
        return record.is(RecordType.GAP)
                && record.number("torn") == torn.size()
                && record.fields().contains("\"digest\":\"" + chain.digest(torn.toByteArray()) + '"');
    }

    private void take(Read.Genuine record, String file, long number) {
        if (first == null) {
            first = record;
        }
        last = record;
        head = record.head();
        if (record.is(RecordType.SENT)) {
            sent++;
        } else if (record.is(RecordType.DROPPED)) {
            dropped = Math.max(dropped, record.number("through"));
        } else if (record.is(RecordType.GAP)) {
            gaps.add(new Gap(record.number("after"), record.time(), Math.max(0, record.number("torn")), file, number));
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
