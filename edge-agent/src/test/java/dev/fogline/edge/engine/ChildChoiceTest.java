package dev.fogline.edge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildChoiceTest {
    private static final String HELP = """
            -h,    --help, --usage                  print usage and exit
            -m,    --model FNAME                    model path to load
            -c,    --ctx-size N                     size of the prompt context
            -np,   --parallel N                     number of parallel sequences
            --host HOST                             ip address to listen (env: LLAMA_ARG_HOST)
            --port PORT                             port to listen
            --api-key KEY                           API key to use for authentication (env: LLAMA_API_KEY)
            """;
    private static final EngineSettings SETTINGS =
            new EngineSettings("tiny", Path.of("/models/tiny.gguf"), 2, 2048, 4, 256);

    @TempDir
    Path bin;

    @Test
    void a_foreign_llama_server_gets_only_flags_that_its_help_names() throws IOException {
        llamaServer(HELP + "--cache-ram N  limit\n--no-webui  no UI\n");

        ChildPlan plan = found(null);

        assertThat(plan.kind()).isEqualTo(EngineKind.LLAMA_SERVER);
        assertThat(plan.detail()).isEqualTo("b6123");
        List<String> command = plan.launch(SETTINGS, "geheim").command();
        assertThat(command)
                .containsSubsequence("--ctx-size", "4096", "--parallel", "2", "--cache-ram", "256", "--no-webui")
                .doesNotContain("--offline", "--no-ui", "--alias", "--threads", "--metrics");
    }

    @Test
    void the_key_is_in_the_environment_and_not_on_the_command_line() throws IOException {
        llamaServer(HELP);
        Launch foreign = found(null).launch(SETTINGS, "geheim");
        Launch python = new ChildPlan.Xllamacpp("python3", Path.of("/e/xllamacpp-1.2.345")).launch(SETTINGS, "geheim");

        for (Launch launch : List.of(foreign, python)) {
            assertThat(String.join(" ", launch.command())).doesNotContain("geheim");
            assertThat(launch.environment().toString()).contains("geheim");
            assertThat(launch.toString()).doesNotContain("geheim");
        }
    }

    @Test
    void a_binary_that_cannot_be_closed_by_a_key_is_not_taken() throws IOException {
        llamaServer(HELP.replace("LLAMA_API_KEY", ""));
        assertThat(choice(null).find()).isInstanceOf(ChildChoice.Found.Nothing.class);
    }

    @Test
    void an_old_python_is_passed_over() throws IOException {
        script("python3", "echo 3.9");
        script("python3.12", "echo 3.12");
        ChildPlan plan = found(Path.of("/e/xllamacpp-2026.10.11549"));
        assertThat(plan)
                .isEqualTo(new ChildPlan.Xllamacpp(
                        bin.resolve("python3.12").toString(), Path.of("/e/xllamacpp-2026.10.11549")));
        assertThat(plan.detail()).isEqualTo("b11549");
    }

    @Test
    void what_is_missing_is_named_with_what_to_do() throws IOException {
        assertThat(choice(null).find())
                .isInstanceOfSatisfying(
                        ChildChoice.Found.Nothing.class,
                        nothing -> assertThat(nothing.sentence()).contains("llama-server", "model pull"));
        assertThat(choice(Path.of("/e/xllamacpp-1")).find())
                .isInstanceOfSatisfying(
                        ChildChoice.Found.Nothing.class,
                        nothing -> assertThat(nothing.sentence()).contains("Python 3.10", "FOGLINE_PYTHON"));
    }

    private ChildPlan found(@Nullable Path library) {
        ChildChoice.Found found = choice(library).find();
        assertThat(found).isInstanceOf(ChildChoice.Found.Plan.class);
        return ((ChildChoice.Found.Plan) found).plan();
    }

    private ChildChoice choice(@Nullable Path library) {
        return new ChildChoice(Map.of("PATH", bin.toString()), library);
    }

    private void llamaServer(String help) throws IOException {
        script(
                "llama-server",
                "case \"$1\" in --help) cat <<'END'\n" + help
                        + "END\n;; --version) echo 'version: 6123 (abc)' >&2;; esac");
    }

    private void script(String name, String body) throws IOException {
        Path file = bin.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
