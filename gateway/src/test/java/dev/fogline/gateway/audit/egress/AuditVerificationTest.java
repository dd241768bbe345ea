package dev.fogline.gateway.audit.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.audit.egress.AuditVerification.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing can be done to an audit, by who has not its key, that is not found. */
class AuditVerificationTest {
    private static final int BODIES = 40;

    @TempDir
    Path folder;

    private Path audit;

    @BeforeEach
    void write() {
        audit = folder.resolve("audit");
        try (var written = new Recorded(audit, 4_000, OptionalInt.empty()).start()) {
            written.append(BODIES);
        }
    }

    private Result verify() {
        return Recorded.verify(audit);
    }

    @Test
    void what_was_written_is_good_over_all_its_files() {
        assertThat(Recorded.files(audit)).hasSizeGreaterThan(3);
        Result found = verify();
        assertThat(found.broken()).isEmpty();
        assertThat(found.first()).isEqualTo(1);
        assertThat(found.last()).as("opened, bodies, closed").isEqualTo(BODIES + 2);
        assertThat(found.sent()).isEqualTo(BODIES);
        assertThat(found.closed()).isTrue();
        assertThat(found.gaps()).isEmpty();
    }

    @Test
    void any_changed_byte_of_any_line_is_found_where_it_is() throws IOException {
        for (Path file : Recorded.files(audit)) {
            byte[] whole = Files.readAllBytes(file);
            for (int at = 0; at < whole.length; at += 29) {
                byte[] changed = whole.clone();
                changed[at] ^= 1;
                Files.write(file, changed);
                long line = new String(whole, 0, at, UTF_8)
                                .chars()
                                .filter(c -> c == '\n')
                                .count()
                        + 1;
                assertThat(verify().broken()).as("byte " + at).hasValueSatisfying(broken -> {
                    assertThat(broken.file()).isEqualTo("" + file.getFileName());
                    assertThat(broken.line()).isEqualTo(line);
                });
            }
            Files.write(file, whole);
        }
    }

    @Test
    void a_line_that_is_removed_doubled_or_swapped_with_the_next_is_found() throws IOException {
        for (Path file : Recorded.files(audit)) {
            List<String> whole = Files.readAllLines(file);
            boolean newest = file.equals(Recorded.files(audit).getLast());
            for (int at = 0; at < whole.size(); at++) {
                String where = file.getFileName() + " line " + (at + 1);
                var doubled = new ArrayList<>(whole);
                doubled.add(at, whole.get(at));
                isBroken(file, doubled, where + " doubled");
                if (!newest || at + 1 < whole.size()) {
                    var removed = new ArrayList<>(whole);
                    removed.remove(at);
                    isBroken(file, removed, where + " removed");
                }
                if (at + 1 < whole.size()) {
                    var swapped = new ArrayList<>(whole);
                    Collections.swap(swapped, at, at + 1);
                    isBroken(file, swapped, where + " swapped");
                }
            }
            Files.write(file, whole);
        }
    }

    private void isBroken(Path file, List<String> lines, String how) throws IOException {
        Files.write(file, lines);
        assertThat(verify().broken()).as(how).isPresent();
    }

    @Test
    void a_file_that_is_removed_is_found_unless_it_is_the_newest() throws IOException {
        List<Path> files = Recorded.files(audit);
        for (Path file : files.subList(0, files.size() - 1)) {
            Path aside = folder.resolve("aside");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            assertThat(verify().broken()).as("without " + file.getFileName()).isPresent();
            Files.move(aside, file);
        }
        assertThat(verify().broken()).isEmpty();
    }

    @Test
    void a_line_cannot_be_written_without_the_key() throws IOException {
        Path newest = Recorded.files(audit).getLast();
        List<String> lines = new ArrayList<>(Files.readAllLines(newest));
        AuditChain other = new AuditChain("f".repeat(64));
        var before = (AuditChain.Read.Genuine)
                new AuditChain(Recorded.KEY).read(lines.getLast().getBytes(UTF_8));
        lines.add(new String(
                        other.link(before.head(), java.time.Instant.EPOCH, RecordType.SENT, "\"bytes\":1")
                                .line(),
                        UTF_8)
                .strip());
        Files.write(newest, lines);
        assertThat(verify().broken())
                .hasValueSatisfying(broken ->
                        assertThat(broken.why()).contains("was changed, or written with another installation's key"));
    }

    @Test
    void a_tail_that_is_cut_leaves_a_chain_that_ends_before_the_metric() throws IOException {
        Path newest = Recorded.files(audit).getLast();
        List<String> lines = Files.readAllLines(newest);
        Files.write(newest, lines.subList(0, lines.size() - 1));
        assertThat(verify().broken()).isEmpty();
        assertThat(verify().last()).isEqualTo(BODIES + 1);
    }

    @Test
    void a_line_that_is_cut_in_the_middle_is_found() throws IOException {
        Path newest = Recorded.files(audit).getLast();
        String text = Files.readString(newest);
        Files.writeString(newest, text.substring(0, text.length() - 20));
        assertThat(verify().broken())
                .hasValueSatisfying(broken -> assertThat(broken.why()).contains("not whole"));
    }

    @Test
    void where_only_the_newest_files_are_kept_the_chain_says_so_and_an_older_one_may_not_be_missing()
            throws IOException {
        Path kept = folder.resolve("kept");
        try (var written = new Recorded(kept, 4_000, OptionalInt.of(3)).start()) {
            written.append(BODIES);
        }
        assertThat(Recorded.files(kept)).hasSize(3);
        assertThat(Recorded.lines(kept)).anyMatch(line -> line.contains("\"type\":\"dropped\",\"through\":"));
        Result found = Recorded.verify(kept);
        assertThat(found.broken()).isEmpty();
        assertThat(found.first()).isGreaterThan(1);

        Files.delete(Recorded.files(kept).getFirst());
        assertThat(Recorded.verify(kept).broken())
                .hasValueSatisfying(broken -> assertThat(broken.why()).contains("were taken away"));
    }
}
