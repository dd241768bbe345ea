package dev.fogline.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.config.ConfigReader;
import dev.fogline.gateway.config.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./fogline audit verify} over what a gateway wrote that is stopped by now. */
class AuditCommandTest {
    @TempDir
    Path folder;

    private Path state;
    private Path file;
    private long head;

    @BeforeEach
    void write() {
        state = folder.resolve("state");
        try (var fogline = new GatewayFixture("", Map.of("FOGLINE_STATE", state.toString()))) {
            for (int i = 0; i < 3; i++) {
                fogline.chat(GatewayFixture.HI.replace("auto", "cloud"));
            }
            Blocking.get(fogline.gateway.stop());
            head = (long) fogline.registry.get("fogline.audit.sequence").gauge().value();
        }
        file = state.resolve("audit/egress-000000000001.jsonl");
    }

    /** What it says, then its exit status. */
    private String run(String... arguments) {
        var said = new ByteArrayOutputStream();
        var out = new PrintStream(said, true, UTF_8);
        var environment = new Environment(Map.of("FOGLINE_STATE", state.toString()));
        int status = AuditCommand.run(List.of(arguments), new ConfigReader(environment, folder, folder), out, out);
        return said.toString(UTF_8) + "exit " + status;
    }

    @Test
    void what_is_whole_is_exit_status_0_with_what_there_is() {
        assertThat(run("verify", "--head", "" + head))
                .contains(
                        "records  1 to 5 in 1 files; bodies that left: 3",
                        "gaps     0",
                        "told: the gateway was stopped")
                .endsWith("in its place\nexit 0");
    }

    @Test
    void what_was_changed_is_exit_status_1_with_its_first_line() throws IOException {
        Files.writeString(file, Files.readString(file).replaceFirst("\"masked\":false", "\"masked\":true"));
        assertThat(run("verify"))
                .contains("BROKEN   egress-000000000001.jsonl line 2: it was changed")
                .endsWith("exit 1");
    }

    @Test
    void a_tail_that_was_cut_shows_beside_the_metric() throws IOException {
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, 3));
        assertThat(run("verify")).endsWith("exit 0");
        assertThat(run("verify", "--head", "" + head))
                .contains("CUT      the last record is 3, and there was a record 5")
                .endsWith("exit 1");
    }

    @Test
    void where_nothing_is_left_that_is_not_good() throws IOException {
        Files.delete(file);
        assertThat(run("verify")).contains("CUT      there is no record").endsWith("exit 1");
    }

    @Test
    void another_folder_can_be_named_and_another_key_does_not_pass() throws IOException {
        Path archive = Files.createDirectory(folder.resolve("archive"));
        Files.copy(file, archive.resolve(file.getFileName()));
        Files.delete(file);
        assertThat(run("verify", archive.toString())).endsWith("exit 0");
        Path key = state.resolve("installation.key");
        Files.writeString(key, "0".repeat(64));
        assertThat(run("verify", archive.toString()))
                .contains("line 1: it was changed, or written with another installation's key")
                .endsWith("exit 1");
        Files.delete(key);
        assertThat(run("verify", archive.toString()))
                .contains("there is no installation.key")
                .endsWith("exit 2");
        assertThat(key).as("looking makes no key").doesNotExist();
    }

    @Test
    void wrong_use_is_exit_status_2() {
        for (String wrong : List.of("", "check", "verify --head", "verify --head x", "verify --loud", "verify a b")) {
            assertThat(run(wrong.split(" ")))
                    .as(wrong)
                    .contains("usage: audit verify")
                    .endsWith("exit 2");
        }
    }
}
