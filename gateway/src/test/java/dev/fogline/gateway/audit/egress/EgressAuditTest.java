package dev.fogline.gateway.audit.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fogline.gateway.audit.egress.AuditEvents.Cause;
import dev.fogline.gateway.audit.egress.AuditVerification.Result;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records are there before anybody is told so, whatever happens to the process and its disk. */
class EgressAuditTest {
    private static final int AT_ONCE = 2_000;

    @TempDir
    Path folder;

    @Test
    void a_record_says_what_left_and_nothing_of_its_text() {
        try (var written = new Recorded(folder).start()) {
            written.append(1);
            String digest = new AuditChain(Recorded.KEY)
                    .digest(Recorded.departure(0).body().getBytes());
            assertThat(Recorded.lines(folder).get(1))
                    .contains(
                            "\"v\":1,\"seq\":2,",
                            "\"type\":\"sent\",\"decision\":\"id-0\",\"policy\":\"revision\",\"target\":\"cloud/large\","
                                    + "\"sensitivity\":\"internal\",\"findings\":{\"email\":1},\"masked\":true,\"bytes\":13,"
                                    + "\"digest\":\"" + digest + "\",\"prev\":\"")
                    .doesNotContain("the body");
        }
    }

    @Test
    void a_record_is_in_the_file_once_its_future_completes_and_safe_soon_after() {
        try (var written = new Recorded(folder).start()) {
            for (int i = 0; i < 50; i++) {
                Recorded.get(written.audit.append(Recorded.departure(i)));
                assertThat(Recorded.lines(folder)).last().asString().contains("\"id-" + i + "\"");
            }
            Recorded.until("all are synced", () -> written.audit.sequence() == 51);
        }
    }

    @Test
    void after_an_end_that_was_told_the_chain_goes_on_without_a_gap() {
        for (int start = 0; start < 3; start++) {
            try (var written = new Recorded(folder).start()) {
                written.append(2);
            }
        }
        Result found = Recorded.verify(folder);
        assertThat(found.broken()).isEmpty();
        assertThat(found.gaps()).isEmpty();
        assertThat(found.last()).isEqualTo(3 * 4);
    }

    @Test
    void records_of_many_at_once_are_in_one_chain_and_each_future_completes() {
        try (var written = new Recorded(folder, 40_000, OptionalInt.empty()).start()) {
            var vertx = Vertx.vertx();
            var all = new ArrayList<Future<Void>>();
            for (int thread = 0; thread < 4; thread++) {
                for (int i = 0; i < AT_ONCE / 4; i++) {
                    int number = i;
                    all.add(Future.future(done -> vertx.runOnContext(turn ->
                            written.audit.append(Recorded.departure(number)).onComplete(done))));
                    if (all.size() % 500 == 0) {
                        Recorded.get(Future.join(all));
                    }
                }
            }
            Recorded.get(Future.all(all));
            Recorded.get(vertx.close());
        }
        Result found = Recorded.verify(folder);
        assertThat(found.broken()).isEmpty();
        assertThat(found.sent()).isEqualTo(AT_ONCE);
    }

    @Test
    void when_too_many_wait_the_next_is_refused_at_once() {
        try (var idle = new Recorded(folder)) {
            for (int i = 0; i < EgressAudit.WAITING; i++) {
                assertThat(idle.audit.append(Recorded.departure(i)).isComplete())
                        .isFalse();
            }
            Future<Void> oneTooMany = idle.audit.append(Recorded.departure(0));
            assertThat(oneTooMany.cause()).isInstanceOf(UnrecordedException.class);
            assertThat(idle.failures(Cause.FULL)).isEqualTo(1);
        }
    }

    @Test
    void a_second_writer_of_the_same_folder_is_stopped_and_changes_nothing() {
        try (var first = new Recorded(folder).start()) {
            first.append(1);
            try (var second = new Recorded(folder).start()) {
                Recorded.until(
                        "the second is stopped", () -> second.audit.stopped().isPresent());
                assertThat(second.audit.stopped()).get().asString().contains("another gateway writes there");
                assertThat(second.audit.append(Recorded.departure(0)).failed()).isTrue();
            }
            first.append(1);
        }
        assertThat(Recorded.verify(folder).broken()).isEmpty();
        assertThat(Recorded.verify(folder).sent()).isEqualTo(2);
    }

    @Test
    void a_process_that_is_killed_leaves_a_gap_behind_every_record_that_it_had_told_of() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int told = 0;
        try (BufferedReader out = process.inputReader()) {
            for (int i = 0; i < 500; i++) {
                told = Integer.parseInt(String.valueOf(out.readLine()));
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        Result killed = Recorded.verify(folder);
        assertThat(killed.closed()).isFalse();
        assertThat(killed.sent()).isGreaterThanOrEqualTo(told);

        new Recorded(folder).start().append(1).close();
        Result found = Recorded.verify(folder);
        assertThat(found.broken()).isEmpty();
        assertThat(found.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.after()).isEqualTo(killed.last());
            assertThat(gap.tornBytes()).isZero();
        });
    }

    /** Appends until it is killed, and says of each record that it is there. */
    static final class Killed {
        private Killed() {}

        public static void main(String... folder) {
            var written = new Recorded(Path.of(folder[0])).start();
            for (int i = 1; ; i++) {
                written.append(1);
                System.out.println(i);
            }
        }
    }

    @Test
    void half_a_line_stays_where_it_is_and_the_gap_behind_it_says_what_it_was() throws IOException {
        new Recorded(folder).start().append(3).close();
        Path file = Recorded.files(folder).getFirst();
        String whole = Files.readString(file);
        String cut = whole.substring(0, whole.length() - 30);
        Files.writeString(file, cut);

        new Recorded(folder).start().append(1).close();

        assertThat(Files.readString(file))
                .startsWith(cut + "\n{\"v\":1,\"seq\":5,")
                .contains("\"type\":\"gap\",\"after\":4,");
        Result found = Recorded.verify(folder);
        assertThat(found.broken()).isEmpty();
        assertThat(found.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.tornBytes()).isEqualTo(cut.length() - cut.lastIndexOf('\n')));

        Files.writeString(file, Files.readString(file).replace(cut + "\n", cut + "x\n"));
        assertThat(Recorded.verify(folder).broken())
                .as("what was torn and then changed")
                .isPresent();
    }

    @Test
    void a_start_never_makes_good_what_was_changed_before_its_end() throws IOException {
        new Recorded(folder).start().append(3).close();
        Path file = Recorded.files(folder).getFirst();
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.remove(lines.size() - 1);
        lines.set(1, lines.get(1).replace("\"email\":1", "\"email\":0"));
        Files.write(file, lines);

        new Recorded(folder).start().append(1).close();

        assertThat(Recorded.verify(folder).broken())
                .hasValueSatisfying(broken -> assertThat(broken.line()).isEqualTo(2));
    }

    @Test
    void a_file_that_was_begun_and_not_written_is_gone_on_with() throws IOException {
        try (var written = new Recorded(folder, 1_000, OptionalInt.empty()).start()) {
            written.append(4);
        }
        Files.createFile(folder.resolve("egress-000000000007.jsonl"));
        new Recorded(folder).start().append(1).close();
        assertThat(Recorded.verify(folder).broken()).isEmpty();
        assertThat(Recorded.verify(folder).last()).isEqualTo(9);
    }

    @Test
    void records_of_another_key_are_not_gone_on_with_until_they_are_moved_away() throws IOException {
        new Recorded(folder).start().append(1).close();
        Path file = Recorded.files(folder).getFirst();
        List<String> other = Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst("\"mac\":\"....", "\"mac\":\"0000"))
                .toList();
        Files.write(file, other);
        try (var written = new Recorded(folder).start()) {
            Recorded.until("it is stopped", () -> written.audit.stopped().isPresent());
            assertThat(written.audit.stopped()).get().asString().contains("another installation's key");
            assertThat(Files.readAllLines(file)).isEqualTo(other);
            Files.delete(file);
            Recorded.until("it goes on", () -> written.audit.stopped().isEmpty());
        }
    }

    @Test
    void a_file_that_is_taken_away_while_it_is_written_is_noticed() throws IOException {
        try (var written = new Recorded(folder).start()) {
            written.append(3);
            Recorded.until("all are synced", () -> written.audit.sequence() == 4);
            Files.delete(Recorded.files(folder).getFirst());
            Recorded.get(written.audit.append(Recorded.departure(1)));
            Recorded.until("it is noticed", () -> written.failures(Cause.SYNC) > 0);
            Recorded.get(written.audit.append(Recorded.departure(2)));
            assertThat(Recorded.lines(folder).getFirst()).contains("\"type\":\"gap\"");
        }
    }

    @Test
    void a_full_disk_stops_what_leaves_and_space_lets_it_go_on() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()))
                .as("exit status of mount: a small disk takes the right to mount one")
                .isZero();
        try {
            theDiskFillsAndIsFreed(disk);
        } finally {
            run("umount", disk.toString());
        }
    }

    private static void theDiskFillsAndIsFreed(Path disk) throws IOException {
        try (var written = new Recorded(disk.resolve("audit")).start()) {
            written.append(10);
            Path filler = disk.resolve("filler");
            fill(filler);
            Recorded.until("the disk is full", () -> {
                // What is left of the last page takes a few.
                Future<Void> one = written.audit.append(Recorded.departure(0));
                Recorded.until("it is told", one::isComplete);
                return one.failed();
            });
            assertThat(written.audit.stopped()).isPresent();
            // Whoever is waiting is told first.
            Recorded.until("it is told of", () -> !written.stops.isEmpty());
            assertThat(written.stops).singleElement().asString().contains("No space left on device");
            assertThat(written.audit.append(Recorded.departure(0)).failed()).isTrue();
            assertThat(written.verify().broken())
                    .as("nothing half written stays")
                    .isEmpty();
            assertThat(written.verify().last()).isGreaterThanOrEqualTo(written.audit.sequence());

            Files.delete(filler);
            Recorded.until("it goes on", () -> written.audit.stopped().isEmpty());
            written.append(10);
            assertThat(written.resumed.sum()).isEqualTo(1);
        }
        Result found = Recorded.verify(disk.resolve("audit"));
        assertThat(found.broken()).isEmpty();
        assertThat(found.gaps()).as("nothing left that is not recorded").isEmpty();
        assertThat(found.closed()).isTrue();
    }

    private static void fill(Path filler) {
        try (var out = Files.newOutputStream(filler, StandardOpenOption.CREATE)) {
            for (int i = 0; i < 1024; i++) {
                out.write(new byte[512]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }
}
