package dev.fogline.policies.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_good_policy_is_0_with_its_warnings() throws IOException {
        assertThat(check("version: 1\nname: a\nprivacy: { default-egress: { confidential: allow } }"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("warning: ", "loosens confidential", "'a' is good");
    }

    @Test
    void a_wrong_one_is_1_with_one_sentence() throws IOException {
        assertThat(check("version: 1\nname: a\nrulez: []")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .hasSize(1)
                .first()
                .asString()
                .contains("'rules'");
    }

    @Test
    void wrong_use_is_2() {
        assertThat(run(List.of())).isEqualTo(2);
        assertThat(run(List.of(folder.resolve("absent.yaml").toString()))).isEqualTo(2);
    }

    private int check(String yaml) throws IOException {
        return run(List.of(Files.writeString(folder.resolve("p.yaml"), yaml).toString()));
    }

    private int run(List<String> arguments) {
        return CheckCommand.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
