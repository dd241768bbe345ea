package dev.fogline.policies.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Availability;
import dev.fogline.policies.Candidate;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Target;
import dev.fogline.policies.TargetStatus;
import dev.fogline.policies.cli.Surroundings.ConfiguredFleet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a policy, its author reads one sentence with the place, and a build sees a status. */
@Timeout(30)
class BrokenPoliciesTest {
    private static final Path FOLDER = Path.of("src/test/resources/broken");
    private static final String EXPECTED = "# expected: ";

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();

    @BeforeEach
    void targets() {
        terminal.fleet = new ConfiguredFleet(
                "fogline.yaml",
                false,
                new FleetSnapshot(Stream.of("edge/small", "cloud/big")
                        .map(id -> new Candidate(
                                new Target(id, id, Optional.empty()),
                                new TargetStatus(Availability.READY, 0, Set.of(), 0)))
                        .toList()),
                Map.of(),
                Optional.empty());
    }

    /** Each begins with what must be said of it. */
    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void it_is_told_in_one_sentence(Path file) throws IOException {
        String expected = Files.readAllLines(file).getFirst();
        assertThat(expected).startsWith(EXPECTED);
        assertThat(problem(file)).contains(expected.substring(EXPECTED.length()));
    }

    @Test
    void there_are_at_least_thirty() throws IOException {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void ten_megabytes_are_refused_for_their_length() throws IOException {
        assertThat(problem(write("version: 1\nname: long\nrules:\n"
                        + "  - { id: a, when: 'true', egress: deny }\n".repeat(10 * 1024 * 1024 / 42))))
                .contains("is longer than");
    }

    @Test
    void a_hundred_megabytes_are_refused_unread() throws IOException {
        Path sparse = folder.resolve("sparse.yaml");
        try (var file = new java.io.RandomAccessFile(sparse.toFile(), "rw")) {
            file.setLength(100L << 20);
        }
        assertThat(problem(sparse)).contains("is longer than");
    }

    @Test
    void nesting_without_end_is_refused() throws IOException {
        assertThat(problem(write("version: 1\nname: deep\nrules: " + "[".repeat(100_000))))
                .contains("p.yaml");
        assertThat(problem(write("version: 1\nname: deep\nrules: " + "{a: ".repeat(100_000))))
                .contains("p.yaml");
    }

    @Test
    void what_is_no_text_is_refused() throws IOException {
        Path bytes = Files.write(folder.resolve("p.yaml"), new byte[] {'a', (byte) 0xff, (byte) 0xfe});
        assertThat(problem(bytes)).contains("is not UTF-8");
        assertThat(problem(folder)).contains("cannot be read");
        Path above = write("version: 1\nname: a\nextends: q.yaml\n");
        Files.copy(bytes, Files.createDirectory(folder.resolve("d")).resolve("q.yaml"));
        Files.write(folder.resolve("q.yaml"), new byte[] {'a', (byte) 0xff});
        assertThat(problem(above)).contains("p.yaml line 3");
    }

    @Test
    void too_long_a_file_below_is_refused() throws IOException {
        Files.writeString(folder.resolve("q.yaml"), "# long\n".repeat(10 * 1024 * 1024 / 7));
        assertThat(problem(write("version: 1\nname: a\nextends: q.yaml\n"))).contains("q.yaml", "is longer than");
    }

    private Path write(String yaml) throws IOException {
        return Files.write(folder.resolve("p.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** The one problem that is told of it. */
    private String problem(Path file) {
        int before = told().size();
        assertThat(terminal.run("check", file.toString())).isBetween(1, 2);
        List<String> now = told();
        assertThat(now).hasSize(before + 1);
        assertThat(now.getLast()).doesNotContain("Error:", "\tat ").hasSizeLessThan(1_000);
        return now.getLast();
    }

    private List<String> told() {
        return Stream.concat(
                        terminal.out().lines().filter(line -> line.startsWith("error: ")),
                        terminal.err().lines())
                .toList();
    }
}
