package dev.fogline.gateway.audit.egress;

import dev.fogline.gateway.audit.egress.AuditChain.Head;
import dev.fogline.gateway.audit.egress.AuditChain.Read;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the files of an audit end: the last record, and what stands behind it. What stands behind it is never deleted: the gap
 * that is noted after it says how long it is, and has its digest.
 *
 * @param file to go on in; null where there is none yet
 * @param last the last record that is whole and genuine; null where there is none
 * @param torn bytes behind it
 */
record AuditTail(@Nullable Path file, Read.@Nullable Genuine last, byte[] torn) {

    /**
     * Only the end is looked at; whether what is before it is whole is for {@link AuditVerification} to say.
     *
     * @throws IOException also when the records were written with another key
     */
    static AuditTail of(AuditFolder folder, AuditChain chain) throws IOException {
        List<Path> files = folder.files();
        if (files.isEmpty()) {
            return new AuditTail(null, null, new byte[0]);
        }
        AuditTail tail = of(files.getLast(), chain);
        if (tail.last == null && files.size() > 1) {
            // The newest was begun and nothing of it written.
            AuditTail before = of(files.get(files.size() - 2), chain);
            return new AuditTail(files.getLast(), before.last, tail.torn);
        }
        return tail;
    }

    private static AuditTail of(Path file, AuditChain chain) throws IOException {
        Read.Genuine last = null;
        boolean foreign = false;
        var torn = new ByteArrayOutputStream();
        try (var lines = new AuditLines(file)) {
            for (AuditLines.Line line = lines.next(); line != null; line = lines.next()) {
                Read read = line.whole() ? chain.read(line.bytes()) : new Read.Torn();
                if (read instanceof Read.Genuine genuine) {
                    last = genuine;
                    torn.reset();
                } else {
                    foreign |= read instanceof Read.Foreign;
                    torn.writeBytes(line.bytes());
                    if (line.whole()) {
                        torn.write('\n');
                    }
                }
            }
        }
        if (last == null && foreign) {
            throw new IOException(
                    "its records were written with another installation's key: bring back installation.key,"
                            + " or move the folder away");
        }
        return new AuditTail(file, last, torn.toByteArray());
    }

    Head head() {
        return last == null ? Head.NONE : last.head();
    }

    /** Whether nothing can be missing: there was nothing yet, or the end was told. */
    boolean clean() {
        return torn.length == 0 && (last == null ? file == null : last.is(RecordType.CLOSED));
    }
}
