package dev.fogline.policies.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fogline.policies.Policy;
import dev.fogline.policies.file.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a decision log, as a gateway leaves them and while it writes them. */
class DecisionFilesTest {
    private static final String LINE = """
            {"v":1,"id":"a","at":"2026-11-24T10:00:00Z","policy":"p","facts":{"pin":"auto","sensitivity":"public",\
            "findings":{},"detectors":"0","kinds":[],"prompt_tokens":9,"output_tokens":9,"output_bounded":true,\
            "choices":1,"features":[],"other_features":0,"stream":false},"fleet":[],\
            "moment":{"budget_exhausted":false,"draw":0.5,"committed_usd":0},\
            "decision":{"plan":[],"refusal":"policy","reason":"privacy","egress":"deny","rules":[],"failed_rules":[],\
            "objections":[]}}
            """;

    @TempDir
    Path folder;

    private final Replay replay = new Replay(Policy.builtIn());
    private Path log;

    @BeforeEach
    void write() throws IOException {
        log = Files.writeString(folder.resolve("d.jsonl"), LINE + LINE);
        Files.writeString(folder.resolve("d.jsonl.1"), LINE);
        Files.writeString(folder.resolve("d.jsonl.2"), LINE);
    }

    @Test
    void a_running_log_is_read_with_what_was_put_aside_but_not_a_line_that_is_half_written() throws IOException {
        Files.writeString(log, LINE + LINE + LINE.substring(0, 90));
        DecisionFiles.replayRunning(log, replay);
        assertThat(replay.report().records()).isEqualTo(4);
    }

    @Test
    void a_line_in_the_middle_that_is_none_is_told() throws IOException {
        Files.writeString(log, LINE + "half\n" + LINE);
        assertThatThrownBy(() -> DecisionFiles.replayRunning(log, replay))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("d.jsonl line 2: ");
    }

    @Test
    void a_log_that_is_not_there_yet_has_no_records() {
        DecisionFiles.replayRunning(folder.resolve("none.jsonl"), replay);
        assertThat(replay.report().records()).isZero();
    }

    @Test
    void a_half_line_of_a_finished_log_is_told() throws IOException {
        Files.writeString(log, LINE + LINE.substring(0, 90));
        assertThatThrownBy(() -> DecisionFiles.replay(List.of(log), replay))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("d.jsonl line 2: ");
    }
}
