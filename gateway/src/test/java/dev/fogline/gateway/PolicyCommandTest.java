package dev.fogline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.config.ConfigReader;
import dev.fogline.gateway.config.Environment;
import dev.fogline.policies.cli.Tool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools with a configuration and whole requests, as a terminal has them. */
class PolicyCommandTest {
    private static final String BODY = """
            {"model":"auto","messages":[{"role":"user","content":"mail zebra.li@hospital.org"}],"my_own_field":1}""";

    private static final String GOLDEN = """
            facts    confidential, found email x1 (maskable), about affairs, about 20 tokens, answer of perhaps 256, 1 message, language en
            egress   deny (the rule 'emails-stay')
            rules    of the policy 'clinic', revision REVISION
              held          emails-stay (line 4)  egress: deny
              did not hold  tools-go (line 5)  pin: cloud
            targets
              1. edge/small  score 3.000 = edge-first 2.000 x 1.00 + short-queue 1.000 x 1.00
              -  cloud/big  score 1.000 = edge-first 2.000 x 0.00 + short-queue 1.000 x 1.00
                   privacy: the rule 'emails-stay' says that the request may not leave for the cloud
            plan     edge/small
            decided  privacy: the rule 'emails-stay'
            """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private void files() throws IOException {
        Files.writeString(folder.resolve("clinic.yaml"), """
                version: 1
                name: clinic
                rules:
                  - { id: emails-stay, when: '"email" in request.findings', egress: deny }
                  - { id: tools-go, when: request.tools, pin: { tier: cloud } }
                """);
        Files.writeString(folder.resolve("fogline.yaml"), """
                version: 1
                policy: clinic.yaml
                targets:
                  - { id: edge/small, base-url: "http://localhost:8081/v1" }
                  - { id: cloud/big, base-url: "https://api.example.org/v1", key: "${UNSET_KEY}" }
                """);
    }

    @Test
    void the_example_of_the_readme_is_a_good_policy() throws IOException {
        for (String page : List.of("README.md", "README.zh-CN.md")) {
            String text = Files.readString(Path.of("..", page));
            int start = text.indexOf("# yaml-language-server");
            Path example =
                    Files.writeString(folder.resolve("shop.yaml"), text.substring(start, text.indexOf("```", start)));
            assertThat(run("", "check", example.toString()))
                    .as("%s: %s", page, out)
                    .isZero();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("'shop' is good");
    }

    @Test
    void explain_takes_headers_and_a_time() throws IOException {
        files();
        Files.writeString(
                folder.resolve("school.yaml"),
                "version: 1\nname: mine\nextends: school\n"
                        + "rules: [{ id: long-ones-stay, when: request.tokens > 500, egress: deny }]\n");
        String school = folder.resolve("school.yaml").toString();
        String[] teacher = {
            "explain", "--policy", school, "--header", "X-Role: teacher", "--header", "X-Fogline-Deadline-Ms: 900"
        };
        String body = BODY.replace("zebra.li@hospital.org", "nobody");
        assertThat(run(body, append(teacher, "--time", "2026-11-24T10:00:00+08:00")))
                .isZero();
        assertThat(output())
                .contains("headers x-role: teacher", "within 900 ms", "at 2026-11-24T10:00+08:00[Asia/Shanghai]")
                .contains("did not hold  pupils-stay (pack:school line ", "long-ones-stay (school.yaml line 4)");
        assertThat(run(body, append(teacher, "--time", "2026-11-22T10:00:00+08:00")))
                .isZero();
        assertThat(output()).contains("held          lesson-time");
        assertThat(run(body, "explain", "--time", "noon")).isEqualTo(2);
        assertThat(run(body, "explain", "--header", "noon")).isEqualTo(2);
        assertThat(run(body, "explain", "--header", "X-Fogline-Deadline-Ms: soon"))
                .isEqualTo(2);
    }

    private static String[] append(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void explain_tells_facts_rules_targets_and_plan_and_nothing_of_the_text() throws IOException {
        files();
        assertThat(run(BODY, "explain")).isZero();
        assertThat(output().replaceAll("revision \\w+", "revision REVISION")
                        .replaceAll("about \\d+ tokens", "about 20 tokens"))
                .startsWith(GOLDEN)
                .contains("each taken as ready")
                .doesNotContain("zebra", "my_own_field");
    }

    @Test
    void explain_as_json_has_the_same() throws IOException {
        files();
        assertThat(run(BODY, "explain", "--json", "-")).isZero();
        assertThat(output())
                .contains("\"decided_by\" : \"the rule 'emails-stay'\"", "\"plan\" : [ \"edge/small\" ]")
                .doesNotContain("zebra", "my_own_field");
    }

    @Test
    void a_body_that_the_gateway_would_refuse_is_2_without_its_text() {
        assertThat(run("{\"model\":\"auto\",\"messages\":[{\"content\":\"zebra\"}]}", "explain"))
                .isEqualTo(2);
        assertThat(run("zebra", "explain")).isEqualTo(2);
        assertThat(run(" ".repeat((1 << 20) + 1), "explain")).isEqualTo(2);
        assertThat(output()).contains("has no 'role'").doesNotContain("zebra");
    }

    @Test
    void check_goes_by_the_configured_targets_without_their_keys() throws IOException {
        files();
        String file = folder.resolve("clinic.yaml").toString();
        assertThat(run("", "check", "--strict", file)).as(output()).isZero();
        assertThat(output()).contains("checked against the targets of " + folder);
        Files.writeString(folder.resolve("clinic.yaml"), """
                version: 1
                name: clinic
                rules: [{ id: one, when: request.stream, pin: { target: edge/smal } }]
                """);
        assertThat(run("", "check", file)).isEqualTo(1);
    }

    @Test
    void without_a_configuration_explain_takes_what_up_starts() {
        assertThat(run(BODY.replace("zebra.li@hospital.org", "nobody"), "explain"))
                .isZero();
        assertThat(output()).contains("edge/smollm2-135m", "cloud/stand-in", "the built-in configuration");
    }

    private int run(String input, String... arguments) {
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        var command = new PolicyCommand(new ConfigReader(new Environment(Map.of()), folder, folder));
        return new Tool(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), print, print, command)
                .run(List.of(arguments));
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
