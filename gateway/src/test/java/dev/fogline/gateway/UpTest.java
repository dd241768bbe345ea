package dev.fogline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./fogline up} on a machine of fakes. */
class UpTest {

    private static final String UP = "Ctrl-C ends all of it.";

    @TempDir
    Path directory;

    private FakeMachine machine;

    @BeforeEach
    void start() throws Exception {
        machine = new FakeMachine(directory);
    }

    @AfterEach
    void stop() throws Exception {
        machine.stop();
    }

    @ParameterizedTest
    @CsvSource({"8080, --port", "9000, --operator-port", "8081, --agent-port", "9001, --agent-operator-port"})
    void a_taken_port_is_named_before_the_build_with_the_option_that_moves_it(String port, String option)
            throws Exception {
        machine.tell("ports/" + port, "something else");
        assertThat(machine.run("up"))
                .contains("port " + port + " is taken", " " + option + " N")
                .endsWith("exit 1");
        assertThat(machine.told("mvn.calls")).isEmpty();
    }

    @Test
    void a_llama_server_on_our_port_is_recognised_as_an_engine() throws Exception {
        machine.tell("ports/8080", "{\"data\":[{\"owned_by\":\"llamacpp\"}]}");
        assertThat(machine.run("up")).contains("--engine http://127.0.0.1:8080");
    }

    @Test
    void up_starts_agent_stand_in_and_gateway_and_says_that_the_stand_in_is_no_cloud() throws Exception {
        machine.start("up");
        machine.awaitOutput(UP);
        assertThat(machine.output())
                .contains(
                        "edge/fake-model",
                        "cloud/stand-in is NO CLOUD MODEL",
                        "http://127.0.0.1:8080/v1/chat/completions",
                        "http://127.0.0.1:9000/metrics");
        assertThat(machine.told("gateway.env"))
                .contains("FOGLINE_EDGE_MODEL=fake-model", "FOGLINE_STAND_IN_URL=http://127.0.0.1:");
        assertThat(machine.told("java.calls")).contains("ModelCommand pull\n");
    }

    @Test
    void the_first_up_after_a_build_teaches_the_cache_that_the_gateway_starts_from() throws Exception {
        for (int time = 0; time < 2; time++) {
            Process launcher = machine.start("up");
            machine.awaitOutput(UP);
            FakeMachine.signal("TERM", launcher.pid());
            machine.await(() -> !launcher.isAlive(), "the launcher to end");
        }
        List<String> calls = machine.told("java.calls").lines().toList();
        assertThat(calls)
                .filteredOn(call -> call.endsWith("--train"))
                .hasSize(1)
                .allMatch(call -> call.contains("-XX:-AOTRecordTraining"));
        assertThat(calls)
                .filteredOn(call -> call.contains("-XX:AOTCache="))
                .hasSize(2)
                .allMatch(call -> call.endsWith("gateway/target/quarkus-app/quarkus-run.jar"));
        assertThat(machine.path("project/target/fogline")).isDirectoryNotContaining("glob:**training*");
        assertThat(Files.getPosixFilePermissions(machine.path("project/gateway/target/quarkus-app/app.aot")))
                .contains(PosixFilePermission.OTHERS_READ);
    }

    @Test
    void a_cache_that_cannot_be_made_is_told_and_holds_nothing_up() throws Exception {
        machine.tell("training.broken", "");
        machine.start("up");
        machine.awaitOutput(UP);
        assertThat(machine.output()).contains("The JVM's cache could not be made", "train.log");
        assertThat(machine.told("java.calls")).doesNotContain("-XX:AOTCache=");
    }

    @Test
    void a_signal_ends_the_teaching_of_the_cache() throws Exception {
        machine.tell("training.endless", "");
        Process launcher = machine.start("up");
        long training = machine.pid("training");
        FakeMachine.signal("TERM", launcher.pid());
        machine.await(() -> !launcher.isAlive(), "the launcher to end");
        assertThat(FakeMachine.alive(training)).isFalse();
        assertThat(machine.path("project/target/fogline")).isDirectoryNotContaining("glob:**training*");
    }

    @Test
    void a_chosen_cloud_needs_no_stand_in() throws Exception {
        machine.set("DEEPSEEK_API_KEY", "sk-very-secret");
        machine.start("up", "--cloud", "deepseek", "--port", "8090");
        machine.awaitOutput(UP);
        assertThat(machine.output())
                .contains("cloud/deepseek", "http://127.0.0.1:8090/v1")
                .doesNotContain("stand-in");
        assertThat(machine.told("gateway.env")).contains("FOGLINE_CLOUD=deepseek", "FOGLINE_GATEWAY_PORT=8090");
    }

    @Test
    void a_configuration_without_an_edge_starts_no_agent_and_says_what_that_means() throws Exception {
        Path file = Files.writeString(Files.createTempDirectory("fogline").resolve("cloud-only.yaml"), "version: 1");
        machine.start("up", "--config", file.toString());
        machine.awaitOutput(UP);
        assertThat(machine.output())
                .contains("names no edge target", "cloud/own")
                .doesNotContain("stand-in");
        assertThat(machine.told("edge-agent.env")).isEmpty();
    }

    @Test
    void ports_of_the_file_are_used_and_told() throws Exception {
        machine.start("up", "--config", config("port: 8180", "operator-port: 9100"));
        machine.awaitOutput(UP);
        assertThat(machine.output())
                .contains("http://127.0.0.1:8180/v1/chat/completions", "http://127.0.0.1:9100/metrics")
                .contains("effective-8180.yaml")
                .doesNotContain("not ready yet");
        assertThat(machine.told("gateway.env")).contains("FOGLINE_GATEWAY_PORT=8180\n", "FOGLINE_OPERATOR_PORT=9100\n");
        try (var run = Files.list(machine.path("home/.local/state/fogline/run"))) {
            assertThat(run.map(file -> "" + file.getFileName()))
                    .containsExactlyInAnyOrder("effective-8180.yaml", "stand-in-8180.url");
        }
    }

    @Test
    void a_variable_comes_before_the_file_and_an_option_before_the_variable() throws Exception {
        machine.set("FOGLINE_GATEWAY_PORT", "8181");
        machine.set("FOGLINE_OPERATOR_PORT", "9101");
        machine.start("up", "--config", config("port: 8180", "operator-port: 9100"), "--operator-port", "9102");
        machine.awaitOutput(UP);
        assertThat(machine.told("gateway.env")).contains("FOGLINE_GATEWAY_PORT=8181\n", "FOGLINE_OPERATOR_PORT=9102\n");
        assertThat(machine.output()).contains("http://127.0.0.1:8181/v1", "http://127.0.0.1:9102/metrics");
    }

    @Test
    void a_file_in_the_home_gives_its_ports_and_the_defaults_the_rest() throws Exception {
        Path file = machine.path("home/.config/fogline/fogline.yaml");
        Files.createDirectories(machine.path("home/.config/fogline"));
        Files.writeString(file, "version: 1\nport: 8180\n");
        machine.tell("ports/8080", "somebody else, who is in nobody's way");
        machine.start("up");
        machine.awaitOutput(UP);
        assertThat(machine.told("gateway.env")).contains("FOGLINE_GATEWAY_PORT=8180\n", "FOGLINE_OPERATOR_PORT=9000\n");
        machine.run("chat", "hello");
        assertThat(machine.told("chat.env")).contains("FOGLINE_GATEWAY_PORT=8180\n");
    }

    @ParameterizedTest
    @CsvSource({
        "port, 8180, --port, is taken",
        "operator-port, 9100, --operator-port, is taken",
        "port, 8081, --port, is wanted twice",
        "port, 0, --port, from 1 to 65535"
    })
    void a_port_of_the_file_that_cannot_be_had_is_named_before_anything_starts(
            String key, String port, String option, String says) throws Exception {
        if (says.equals("is taken")) {
            machine.tell("ports/" + port, "something else");
        }
        assertThat(machine.run("up", "--config", config(key + ": " + port)))
                .contains(says, option)
                .containsPattern("exit [12]$");
        assertThat(machine.told("edge-agent.env") + machine.told("gateway.env")).isEmpty();
        try (var run = Files.list(machine.path("home/.local/state/fogline/run"))) {
            assertThat(run).isEmpty();
        }
    }

    @Test
    void a_gateway_that_listens_elsewhere_is_asked_there() throws Exception {
        machine.start("up", "--config", config("host: 192.0.2.7", "operator-host: 0.0.0.0"));
        machine.awaitOutput(UP);
        assertThat(machine.output())
                .contains("http://192.0.2.7:8080/v1/chat/completions", "http://127.0.0.1:9000/metrics");
    }

    @Test
    void the_ports_that_are_checked_without_a_file_are_the_defaults() throws Exception {
        String defaults = Files.readString(Path.of("src/main/resources/default-fogline.yaml"));
        String launcher = Files.readString(Path.of("../fogline"));
        for (String key : List.of("port", "operator-port")) {
            String value = defaults.lines()
                    .filter(line -> line.startsWith(key + ": "))
                    .findFirst()
                    .orElseThrow()
                    .substring(key.length() + 2);
            assertThat(launcher).contains("default_" + key.replace('-', '_') + "=" + value + "\n");
        }
    }

    @Test
    void a_cloud_without_its_key_is_refused_before_the_build() throws Exception {
        assertThat(machine.run("up", "--cloud", "deepseek"))
                .contains("DEEPSEEK_API_KEY")
                .endsWith("exit 1");
        assertThat(machine.told("mvn.calls")).isEmpty();
    }

    @Test
    void a_key_is_told_by_name_only_and_reaches_nothing_but_the_gateway() throws Exception {
        machine.set("OPENAI_API_KEY", "sk-very-secret");
        machine.start("up");
        machine.awaitOutput(UP);
        assertThat(machine.output())
                .contains("OPENAI_API_KEY is set", "--cloud openai")
                .doesNotContain("very-secret");
        assertThat(machine.told("gateway.env")).contains("very-secret").doesNotContain("FOGLINE_CLOUD");
        assertThat(machine.told("edge-agent.env")).doesNotContain("very-secret");
        assertThat(machine.told("stand-in.env")).doesNotContain("very-secret");
    }

    @Test
    void each_process_gets_only_the_variables_that_it_knows() throws Exception {
        machine.set("FOGLINE_AGENT_SLOTS", "3");
        machine.start("up", "--model", "qwen");
        machine.awaitOutput(UP);
        assertThat(machine.told("edge-agent.env"))
                .contains("FOGLINE_AGENT_SLOTS=3", "FOGLINE_AGENT_MODEL=qwen")
                .doesNotContain("FOGLINE_GATEWAY");
        assertThat(machine.told("java.calls")).contains("ModelCommand pull qwen --engine\n");
        assertThat(machine.told("gateway.env"))
                .contains("FOGLINE_AGENT_PORT=8081")
                .doesNotContain("FOGLINE_AGENT_SLOTS", "FOGLINE_AGENT_OPERATOR_PORT");
    }

    @Test
    void a_running_model_server_is_mentioned_and_not_taken() throws Exception {
        machine.tell("ports/11434", "{\"version\":\"0.32\"}");
        machine.start("up");
        machine.awaitOutput(UP);
        assertThat(machine.output()).contains("Ollama runs on this machine", "up --engine http://127.0.0.1:11434");
        assertThat(machine.told("edge-agent.env")).doesNotContain("FOGLINE_AGENT_ENGINE");
    }

    @Test
    void an_attached_engine_needs_no_download() throws Exception {
        machine.tell("model.unreachable", "");
        machine.start("up", "--engine", "http://127.0.0.1:11434");
        machine.awaitOutput(UP);
        assertThat(machine.output()).contains("only the edge will answer").doesNotContain("NO CLOUD MODEL");
        assertThat(machine.told("edge-agent.env")).contains("FOGLINE_AGENT_ENGINE=http://127.0.0.1:11434");
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "HUP, 129"})
    void a_signal_ends_every_child_before_the_launcher_leaves(String signal, int status) throws Exception {
        // A shell cannot trap what was ignored when it began, as HUP is where the tests themselves run under nohup.
        Process launcher = machine.startBy(List.of("/usr/bin/env", "--default-signal=" + signal, "/bin/sh"), "up");
        machine.awaitOutput(UP);
        List<Long> children = List.of(machine.pid("edge-agent"), machine.pid("stand-in"), machine.pid("gateway"));
        FakeMachine.signal(signal, launcher.pid());
        machine.await(() -> !launcher.isAlive(), "the launcher to end");
        assertThat(launcher.exitValue()).isEqualTo(status);
        assertThat(children).noneMatch(FakeMachine::alive);
        assertThat(List.of("edge-agent", "stand-in", "gateway"))
                .allMatch(
                        name -> Files.exists(machine.path("notes/" + name + ".said-goodbye")),
                        "ended by TERM, not KILL");
    }

    @Test
    void a_signal_ends_a_build() throws Exception {
        machine.tell("mvn.endless", "");
        Process launcher = machine.start("up");
        long maven = machine.pid("mvn");
        FakeMachine.signal("TERM", launcher.pid());
        machine.await(() -> !launcher.isAlive(), "the launcher to end");
        assertThat(FakeMachine.alive(maven)).isFalse();
    }

    @Test
    void a_child_that_dies_is_started_again_while_the_others_stay() throws Exception {
        machine.start("up");
        machine.awaitOutput(UP);
        long agent = machine.pid("edge-agent");
        long gateway = machine.pid("gateway");
        machine.remove("notes/edge-agent.pid");
        FakeMachine.signal("KILL", agent);
        assertThat(machine.pid("edge-agent")).isNotEqualTo(agent);
        assertThat(machine.output()).contains("The edge-agent ended (exit status 137, log: ");
        assertThat(FakeMachine.alive(gateway)).isTrue();
    }

    @Test
    void the_gateway_follows_a_stand_in_that_moved() throws Exception {
        machine.start("up");
        machine.awaitOutput(UP);
        long standIn = machine.pid("stand-in");
        machine.remove("notes/stand-in.pid");
        machine.remove("notes/gateway.pid");
        FakeMachine.signal("KILL", standIn);
        long moved = machine.pid("stand-in");
        machine.pid("gateway");
        assertThat(machine.told("gateway.env")).contains("FOGLINE_STAND_IN_URL=http://127.0.0.1:" + moved + "/v1");
    }

    @Test
    void the_address_of_an_earlier_stand_in_is_not_taken_for_the_new_one() throws Exception {
        Path run = Files.createDirectories(machine.path("home/.local/state/fogline/run"));
        Files.writeString(run.resolve("stand-in-8080.url"), "http://127.0.0.1:1/v1\n");
        machine.start("up");
        machine.awaitOutput(UP);
        assertThat(machine.told("gateway.env"))
                .contains("FOGLINE_STAND_IN_URL=http://127.0.0.1:" + machine.pid("stand-in") + "/v1");
    }

    @Test
    void a_child_that_cannot_start_ends_up_with_the_tail_of_its_log() throws Exception {
        machine.tell("gateway.broken", "");
        assertThat(machine.run("up"))
                .contains("the gateway ended while starting (exit status 3)", "this gateway is broken")
                .endsWith("exit 1");
        assertThat(FakeMachine.alive(machine.pid("edge-agent"))).isFalse();
    }

    @Test
    void a_second_up_says_that_one_runs_already() throws Exception {
        machine.start("up");
        machine.awaitOutput(UP);
        assertThat(machine.run("up")).contains("./fogline up runs already").endsWith("exit 1");
    }

    @Test
    void the_build_under_a_running_up_is_left_alone() throws Exception {
        machine.start("up");
        machine.awaitOutput(UP);
        Files.setLastModifiedTime(
                machine.path("project/pom.xml"), FileTime.from(Instant.now().plusSeconds(1)));
        assertThat(machine.run("chat", "hello")).contains("it stays as it is").endsWith("exit 0");
        assertThat(machine.told("mvn.calls")).hasLineCount(1);
    }

    private String config(String... lines) throws Exception {
        Path file = machine.path("fogline.yaml");
        Files.writeString(file, "version: 1\n" + String.join("\n", lines) + "\n");
        return file.toString();
    }
}
