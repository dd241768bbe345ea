package dev.fogline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script on a machine of fakes. */
class LauncherTest {

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

    @Test
    void the_newest_jdk_is_found_wherever_it_lives() throws Exception {
        machine.installJdk("jvm/old", "1.8.0_392");
        machine.installJdk("jvm/new", "26-ea");
        machine.installJdk("home/.sdkman/candidates/java/lts", "21.0.2");
        machine.set("JAVA_HOME", machine.path("jvm/old").toString());
        machine.run("test");
        assertThat(machine.told("mvn.calls")).startsWith(machine.path("jvm/new").toString());
    }

    @Test
    void without_a_jdk_every_command_says_so_in_a_sentence() throws Exception {
        machine.installJdk("home/.jdks/one", "17.0.15");
        for (String command : List.of("up", "test", "chat", "model")) {
            assertThat(machine.run(command))
                    .contains("needs a JDK 21 or newer and found none")
                    .endsWith("exit 1");
        }
    }

    @ParameterizedTest
    @CsvSource({"21.0.2, false, false", "23, true, false", "24.0.1, true, true"})
    void a_jdk_gets_only_the_flags_that_it_knows(String version, boolean unsafe, boolean nativeAccess)
            throws Exception {
        machine.installJdk("home/.jdks/one", version);
        machine.run("model", "list");
        String call = machine.told("java.calls");
        assertThat(call).contains("deploy/jvm/flags ").doesNotContain("flags-25");
        assertThat(call.contains("flags-23")).isEqualTo(unsafe);
        assertThat(call.contains("flags-24")).isEqualTo(nativeAccess);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frobnicate",
                "up now",
                "up --port",
                "up --port many",
                "up --port=",
                "up --operator-port=",
                "up --port 0",
                "up --port 65536",
                "up --port 9000",
                "up --colour=red",
                "up --engine ollama",
                "up --config absent.yaml"
            })
    void wrong_use_is_exit_status_2_and_builds_nothing(String arguments) throws Exception {
        assertThat(machine.run(arguments.split(" "))).startsWith("fogline: ").endsWith("exit 2");
        assertThat(machine.told("mvn.calls")).isEmpty();
    }

    @Test
    void help_is_good_use_and_no_command_is_not() throws Exception {
        assertThat(machine.run("help")).startsWith("usage: ").endsWith("exit 0");
        assertThat(machine.run()).startsWith("usage: ").endsWith("exit 2");
    }

    @ParameterizedTest
    @CsvSource({"mvn, Maven", "curl, curl"})
    void a_missing_tool_is_named(String tool, String name) throws Exception {
        machine.remove("bin/" + tool);
        machine.keepOnly("cat", "date", "dirname", "find", "grep", "mkdir", "ps", "readlink", "rm", "sed", "sleep");
        assertThat(machine.run("up")).contains("fogline: needs " + name).endsWith("exit 1");
    }

    @Test
    void only_a_change_of_a_source_is_built_again() throws Exception {
        machine.run("model", "list");
        machine.run("model", "list");
        assertThat(machine.told("mvn.calls")).hasLineCount(1);

        Files.createFile(machine.path("project/gateway/src/main/New.java"));
        Files.setLastModifiedTime(
                machine.path("project/gateway/src/main/New.java"),
                FileTime.from(Instant.now().plusSeconds(1)));
        machine.run("model", "list");
        assertThat(machine.told("mvn.calls")).hasLineCount(2);
    }

    @Test
    void a_deleted_source_is_a_change() throws Exception {
        Files.createFile(machine.path("project/policies/src/main/Old.java"));
        machine.run("model", "list");
        machine.remove("project/policies/src/main/Old.java");
        machine.run("model", "list");
        assertThat(machine.told("mvn.calls")).hasLineCount(2);
    }

    @Test
    void a_failed_build_shows_the_tail_of_its_log_and_is_tried_again() throws Exception {
        machine.tell("mvn.broken", "");
        assertThat(machine.run("chat", "hello"))
                .contains("the build failed", "a compiler error")
                .endsWith("exit 1");
        machine.remove("notes/mvn.broken");
        assertThat(machine.run("chat", "hello")).endsWith("exit 0");
    }

    @Test
    void the_configuration_and_the_reference_are_printed() throws Exception {
        assertThat(machine.run("config")).contains("port: 8080").endsWith("exit 0");
        machine.run("config", "reference");
        assertThat(machine.told("java.calls"))
                .contains("ConfigCommand reference\n")
                .endsWith("ReferenceCommand\n");
    }

    @Test
    void test_ends_with_the_count_of_all_modules_and_why_a_test_was_skipped() throws Exception {
        String output = machine.run("test", "-Dtest=A");
        assertThat(machine.told("mvn.calls")).endsWith("-B -ntp verify -Dtest=A\n");
        assertThat(output)
                .contains("skipped ATest.another_waits: promtool is not installed & that is \"fine\"")
                .contains("skipped ATest.a_third_one_waits: no engine is here\n")
                .contains("skipped ATest.a_fourth_one_waits: [no shellcheck is here]\n")
                .contains("All modules: 7 tests, 1 failures, 1 errors, 3 skipped")
                .endsWith("2 passed, 2 failed, 3 skipped\nexit 0");
    }

    @Test
    void a_failed_suite_is_exit_status_1() throws Exception {
        machine.tell("mvn.broken", "");
        assertThat(machine.run("test")).endsWith("0 passed, 0 failed, 0 skipped\nexit 1");
    }

    @Test
    void tests_see_no_key_and_no_setting_but_the_cache() throws Exception {
        machine.set("OPENAI_API_KEY", "sk-very-secret");
        machine.set("OPENAI_BASE_URL", "https://example.org/v1");
        machine.set("FOGLINE_CLOUD", "openai");
        machine.set("FOGLINE_CACHE", machine.path("cache").toString());
        machine.run("test");
        assertThat(machine.told("mvn.env"))
                .contains("FOGLINE_CACHE=")
                .doesNotContain("very-secret", "OPENAI", "FOGLINE_CLOUD");
    }

    @Test
    void benchmarks_see_no_key_and_no_setting() throws Exception {
        machine.set("OPENAI_API_KEY", "sk-very-secret");
        machine.set("FOGLINE_CONFIG", "mine.yaml");
        machine.run("bench", "--trial");
        assertThat(machine.told("java.calls")).contains("-Dfogline.arguments=--trial", "BenchCommand --trial");
        assertThat(machine.told("bench.env")).contains("PATH=").doesNotContain("very-secret", "FOGLINE_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check p.yaml", "test --junit r.xml a.test.yaml", "explain --json -"})
    void the_policy_tools_get_their_arguments_as_they_are(String arguments) throws Exception {
        assertThat(machine.run(("policy " + arguments).split(" "))).endsWith("exit 0");
        assertThat(machine.told("java.calls")).contains("dev.fogline.gateway.PolicyCommand " + arguments + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evaluate --json rows.jsonl", "scan --show"})
    void the_privacy_tools_get_their_arguments_as_they_are(String arguments) throws Exception {
        assertThat(machine.run(("privacy " + arguments).split(" "))).endsWith("exit 0");
        assertThat(machine.told("java.calls")).contains("dev.fogline.policies.cli.PrivacyCommand " + arguments + "\n");
    }

    @Test
    void the_audit_tool_gets_its_arguments_as_they_are() throws Exception {
        assertThat(machine.run("audit", "verify", "--head", "7")).endsWith("exit 0");
        assertThat(machine.told("java.calls")).contains("dev.fogline.gateway.AuditCommand verify --head 7\n");
    }

    @Test
    void an_audit_command_that_there_is_not_is_exit_status_2() throws Exception {
        assertThat(machine.run("audit", "rewrite"))
                .contains("audit wants: verify")
                .endsWith("exit 2");
        assertThat(machine.told("mvn.calls")).isEmpty();
    }

    @Test
    void a_privacy_command_that_there_is_not_is_exit_status_2() throws Exception {
        assertThat(machine.run("privacy", "scna"))
                .contains("privacy wants: evaluate FILE")
                .endsWith("exit 2");
        assertThat(machine.told("mvn.calls")).isEmpty();
    }

    @Test
    void a_policy_command_that_there_is_not_is_exit_status_2() throws Exception {
        assertThat(machine.run("policy", "chek", "p.yaml"))
                .contains("policy wants: check FILE")
                .endsWith("exit 2");
        assertThat(machine.told("mvn.calls")).isEmpty();
    }
}
