package dev.fogline.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.privacy.Detectors;
import dev.fogline.policies.privacy.FindingKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code policy simulate} as a build calls it. */
class SimulateCommandTest {
    /** A confidential request that stayed, as the gateway logs it. */
    private static final String STAYED =
            """
            {"v":1,"id":"a","at":"2026-11-24T10:00:00Z","policy":"built-in","facts":{"pin":"auto",\
            "sensitivity":"confidential","findings":{"email":1},"detectors":"VERSION","kinds":[KINDS],\
            "prompt_tokens":20,"output_tokens":256,"output_bounded":false,"choices":1,\
            "features":[],"other_features":0,"stream":false},"fleet":[{"target":"cloud/b","availability":"ready",\
            "context":0,"refuses":[],"queue_fill":0.0},{"target":"edge/a","availability":"ready","context":2048,\
            "refuses":[],"queue_fill":0.0}],"moment":{"budget_exhausted":false,"draw":0.5,"committed_usd":0.0},\
            "decision":{"plan":["edge/a"],"reason":"privacy","egress":"pseudonymise","rules":[],"failed_rules":[],\
            "objections":[{"target":"cloud/b","reason":"privacy"}]},"outcome":{"target":"edge/a","tier":"edge",\
            "outcome":"success","reason":"privacy","attempts":[{"target":"edge/a","result":"success"}],\
            "total_ms":300.0,"usage":{"input_tokens":18,"output_tokens":40,"cached_input_tokens":0},"cost_usd":0.0}}
            """.replace("VERSION", Detectors.standard().version()).replace("KINDS", kinds());

    private static String kinds() {
        return Stream.of(FindingKind.values())
                .map(kind -> '"' + kind.id() + '"')
                .collect(Collectors.joining(","));
    }

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path log;
    private Path same;
    private Path loose;

    @BeforeEach
    void write() throws IOException {
        log = Files.writeString(folder.resolve("decisions.jsonl"), STAYED);
        same = Files.writeString(folder.resolve("same.yaml"), "version: 1\nname: same\n");
        loose = Files.writeString(
                folder.resolve("loose.yaml"),
                "version: 1\nname: loose\nprivacy: { default-egress: { confidential: allow } }\n");
    }

    private int run(Object... arguments) {
        return SimulateCommand.run(
                java.util.Arrays.stream(arguments).map(Object::toString).toList(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void a_policy_that_lets_nothing_more_out_is_good() {
        assertThat(run("--log", log, "--policy", same, "--fail-on", "newly-leaving"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("changed: 0", "newly leaving: none");
    }

    @Test
    void a_class_that_would_newly_leave_fails_where_that_was_asked_for() {
        assertThat(run("--log", log, "--policy", loose)).isZero();
        assertThat(run("--fail-on", "newly-leaving", "--policy", loose, "--log", log))
                .isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("confidential: email: 1");
    }

    @Test
    void several_files_are_read_by_their_time_and_told_as_json() throws IOException {
        Path older = Files.writeString(folder.resolve("decisions.jsonl.1"), STAYED.replace("11-24", "11-23"));
        assertThat(run("--json", "--log", log, older, "--policy", loose)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"records\" : 2", "\"request_class\" : \"confidential: email\"");
    }

    @Test
    void a_wrong_line_is_named_by_file_and_number() throws IOException {
        Files.writeString(log, STAYED + "{\"half\": \"a secr");
        assertThat(run("--log", log, "--policy", same)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(log + " line 2: ")
                .doesNotContain("secr");
    }

    @Test
    void wrong_use_and_files_that_are_wrong_are_2() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "version: 1\nname: x\nrulez: []\n");
        for (List<Object> arguments : List.<List<Object>>of(
                List.of(),
                List.of("--log", log),
                List.of("--policy", same),
                List.of("--log", "--policy", same),
                List.of("--log", log, "--policy", same, "--fail-on", "anything"),
                List.of("--log", log, "--policy", same, "--what"),
                List.of("--log", folder.resolve("none"), "--policy", same),
                List.of("--log", log, "--policy", folder.resolve("none")),
                List.of("--log", log, "--policy", broken))) {
            err.reset();
            assertThat(run(arguments.toArray())).as(arguments.toString()).isEqualTo(2);
            assertThat(err.size()).isPositive();
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("broken.yaml line 3", "rulez");
    }
}
