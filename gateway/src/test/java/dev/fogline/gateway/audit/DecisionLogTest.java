package dev.fogline.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Availability;
import dev.fogline.policies.Candidate;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Pin;
import dev.fogline.policies.Policy;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.RequestSize;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Situation;
import dev.fogline.policies.Target;
import dev.fogline.policies.TargetStatus;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.replay.DecisionLines;
import dev.fogline.policies.replay.LoggedDecision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the decision log holds, and that it holds no more than it may. */
class DecisionLogTest {
    private static final FleetSnapshot FLEET = new FleetSnapshot(List.of(
            new Candidate(
                    new Target("edge/a", "a", Optional.empty()),
                    new TargetStatus(Availability.READY, 4096, Set.of("image"), 0)),
            new Candidate(
                    new Target("cloud/b", "b", Optional.empty()),
                    new TargetStatus(Availability.READY, 0, Set.of("my_refused"), 0))));

    @TempDir
    Path folder;

    private final AtomicInteger dropped = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    private Path file() {
        return folder.resolve("decisions/decisions.jsonl");
    }

    private DecisionLog log() {
        return new DecisionLog(
                file(), Set.of("image", "my_refused")::contains, dropped::incrementAndGet, failed::incrementAndGet);
    }

    static DecisionTrace trace(String id) {
        var facts = new RequestFacts(
                new Pin.None(),
                Sensitivity.CONFIDENTIAL,
                Map.of(FindingKind.EMAIL, 2),
                new RequestSize(10, 20, true, 1),
                Set.of("tools", "my_refused", "words_of_a_caller"),
                true,
                Optional.of(0.5),
                OptionalLong.of(900));
        var inputs = new DecisionTrace.Inputs(
                facts, Optional.of(Sensitivity.INTERNAL), FLEET, new Situation(false, 0.25), 0.125);
        var trace = new DecisionTrace(
                id,
                1_795_000_000_000L,
                Policy.builtIn(),
                inputs,
                Policy.builtIn().routing().decide(facts, FLEET, inputs.situation()));
        trace.ended(new DecisionTrace.End(
                "privacy",
                List.of(new ExchangeRecord.Attempt("edge/a", "success", 12)),
                FLEET.candidates().getFirst().target(),
                "success",
                10.0,
                12,
                null,
                0.0));
        return trace;
    }

    private List<LoggedDecision> lines(Path path) throws IOException {
        List<String> lines = Files.readAllLines(path);
        return IntStream.range(0, lines.size())
                .mapToObj(i -> DecisionLines.read(path.toString(), i + 1, lines.get(i)))
                .toList();
    }

    @Test
    void a_line_tells_facts_fleet_decision_and_outcome_and_no_word_of_a_caller() throws IOException {
        DecisionLog log = log();
        log.offer(trace("one"));
        log.write();
        LoggedDecision line = lines(file()).getFirst();
        assertThat(line.id()).isEqualTo("one");
        assertThat(line.policy()).isEqualTo(Policy.builtIn().revision());
        assertThat(line.at()).isEqualTo("2026-11-18T11:06:40Z");
        assertThat(line.facts().asked()).isEqualTo("internal");
        assertThat(line.facts().findings()).isEqualTo(Map.of("email", 2));
        assertThat(line.facts().features()).containsExactlyInAnyOrder("tools", "my_refused");
        assertThat(line.facts().otherFeatures()).isEqualTo(1);
        assertThat(line.facts().deadlineMs()).isEqualTo(900);
        assertThat(line.fleet()).hasSize(2);
        assertThat(line.moment().committedUsd()).isEqualTo(0.125);
        assertThat(line.decision().plan()).containsExactly("edge/a");
        assertThat(line.decision().objections()).contains(new LoggedDecision.Against("cloud/b", "privacy"));
        assertThat(line.outcome()).extracting("target", "outcome").containsExactly("edge/a", "success");
        assertThat(Files.readString(file())).doesNotContain("words_of_a_caller");
        assertThat(Files.getPosixFilePermissions(file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void a_restart_goes_on_at_the_end_and_cuts_half_a_line_off() throws IOException {
        DecisionLog first = log().start();
        first.offer(trace("one"));
        first.close();
        Files.writeString(file(), "{\"v\":1,\"id\":\"hal", StandardOpenOption.APPEND);
        DecisionLog second = log().start();
        second.offer(trace("two"));
        second.close();
        assertThat(lines(file())).extracting(LoggedDecision::id).containsExactly("one", "two");
    }

    @Test
    void what_finds_the_queue_full_is_dropped_and_counted() throws IOException {
        DecisionLog log = log();
        for (int i = 0; i < DecisionLog.WAITING + 3; i++) {
            log.offer(trace("n" + i));
        }
        assertThat(dropped).hasValue(3);
        log.write();
        assertThat(lines(file())).hasSize(DecisionLog.WAITING);
        log.offer(trace("after"));
        assertThat(dropped).hasValue(3);
    }

    @Test
    void a_full_file_is_put_aside_and_four_are_kept() throws IOException {
        var file = new RotatedFile(file(), failed::incrementAndGet);
        byte[] line = ("x".repeat((1 << 20) - 1) + "\n").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 6 * 16 + 1; i++) {
            file.line(ByteBuffer.wrap(line));
        }
        file.flush();
        file.close();
        try (var left = Files.list(file().getParent())) {
            assertThat(left.map(path -> path.getFileName().toString()).sorted())
                    .containsExactly(
                            "decisions.jsonl",
                            "decisions.jsonl.1",
                            "decisions.jsonl.2",
                            "decisions.jsonl.3",
                            "decisions.jsonl.4");
        }
        assertThat(Files.size(file())).isEqualTo(1 << 20);
        assertThat(Files.size(file().resolveSibling("decisions.jsonl.1"))).isEqualTo(RotatedFile.FULL);
        assertThat(failed).hasValue(0);
    }

    @Test
    void a_file_that_is_nearly_full_at_the_start_is_put_aside_in_time() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "y".repeat((int) RotatedFile.FULL - 11) + "\n");
        DecisionLog log = log().start();
        log.offer(trace("one"));
        log.close();
        DecisionLog next = log().start();
        next.offer(trace("two"));
        next.close();
        assertThat(Files.size(file())).isLessThan(10_000);
        assertThat(file().resolveSibling("decisions.jsonl.1")).exists();
    }

    @Test
    void a_disk_that_refuses_is_counted_and_what_comes_after_it_is_written() throws IOException {
        Files.writeString(folder.resolve("decisions"), "no directory");
        DecisionLog log = log();
        log.offer(trace("lost"));
        log.write();
        assertThat(failed).hasValue(1);
        Files.delete(folder.resolve("decisions"));
        log.offer(trace("kept"));
        log.write();
        assertThat(lines(file())).extracting(LoggedDecision::id).containsExactly("kept");
    }
}
