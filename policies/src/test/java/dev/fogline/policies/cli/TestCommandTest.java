package dev.fogline.policies.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestCommandTest {
    private static final String HEAD = """
            policy: clinic.yaml
            fleet:
              - { id: edge/small, context: 4096, ttft-ms: 120 }
              - { id: cloud/big, price: { input: 2.5, output: 10 }, context: 128000 }
            cases:
            """;

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();

    @BeforeEach
    void policy() throws IOException {
        Files.writeString(folder.resolve("clinic.yaml"), """
                version: 1
                name: clinic
                rules:
                  - { id: images-stay, when: '"image" in request.modalities', egress: deny }
                """);
    }

    @Test
    void cases_that_come_out_as_expected_are_0() throws IOException {
        assertThat(test("""
                  - name: an ID number stays
                    request: { findings: { cn_id: 1 }, tokens: 200 }
                    expect: { tier: edge, target: edge/small, reason: privacy, egress: deny, plan: [edge/small] }
                  - name: what is too long goes
                    request: { tokens: 5000 }
                    expect: { tier: cloud, reason: context, egress: allow }
                  - name: a private request has nowhere to go
                    request: { sensitivity: restricted, model: cloud }
                    expect: { refused: policy_refused }
                  - name: a whole request is read by the detectors
                    body: { model: auto, messages: [{ role: user, content: 'mail li.wei@hospital.org' }] }
                    expect: { egress: pseudonymise, tier: edge }
                  - name: its own fleet, and no money
                    request: {}
                    fleet: [{ id: edge/off, ready: false }, { id: cloud/big, price: { input: 1, output: 1 } }]
                    budget: { exhausted: true }
                    expect: { refused: unavailable, plan: [] }
                """)).as(terminal.out() + terminal.err()).isZero();
        assertThat(terminal.out()).endsWith("t.test.yaml: 5 cases, all passed\n");
    }

    @Test
    void a_case_that_comes_out_otherwise_shows_what_differs_and_how_it_came_to_that() throws IOException {
        assertThat(test("""
                  - name: images go
                    request: { modalities: [image] }
                    expect: { tier: cloud, egress: allow, reason: preference }
                """)).isEqualTo(1);
        assertThat(terminal.out())
                .contains(
                        "t.test.yaml line 6: images go\n",
                        "    tier     expected cloud, was edge\n",
                        "    egress   expected allow, was deny\n",
                        "    reason   expected preference, was privacy\n",
                        "  held          images-stay (line 4)  egress: deny\n",
                        "  1. edge/small  score ",
                        "  -  cloud/big  score ",
                        "privacy: the rule 'images-stay' says that the request may not leave for the cloud\n",
                        "decided  privacy: the rule 'images-stay'\n",
                        "1 case, 1 failed\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'- { name: a, request: { tokenz: 1 }, expect: { tier: edge } }' | 'the nearest known one is ''tokens'''",
                "'- { name: a, request: {}, expect: { teir: edge } }' | 'the nearest known one is ''tier'''",
                "'- { name: a, request: {}, expect: { reason: privat } }' | 'the nearest is ''privacy'''",
                "'- { name: a, request: {} }' | '''cases[1].expect'' is missing'",
                "'- { name: a, request: {}, expect: {} }' | 'expects nothing'",
                "'- { name: a, expect: { tier: edge } }' | 'needs ''request'' (the facts) or ''body'''",
                "'- { name: a, request: { model: gpt-4 }, expect: { tier: edge } }' | 'names a model other than'",
                "'- { name: a, request: {}, fleet: [{ id: small }], expect: { tier: edge } }' | 'a target id is'",
                "'- { name: a, request: { headers: { x-b: c } }, expect: { tier: edge } }' | 'has the header ''x-b'', which'",
                "'- { name: a, request: {}, time: noon, expect: { tier: edge } }' | 'has a wrong ''time'''",
                "'- { name: a, request: {}, budget: { pressure: 2 }, expect: { tier: edge } }' | 'cases[1].budget.pressure'",
                "'- { name: a, request: { language: fr }, expect: { tier: edge } }' | 'must be one of zh, en, other'",
            })
    void a_file_that_is_wrong_is_2_with_its_place(String entry, String message) throws IOException {
        assertThat(test("  " + entry + "\n")).isEqualTo(2);
        assertThat(terminal.err().lines()).hasSize(1);
        assertThat(terminal.err()).contains("t.test.yaml line 6: ", message);
    }

    @Test
    void a_wrong_policy_and_wrong_use_are_2() throws IOException {
        Files.writeString(folder.resolve("clinic.yaml"), "version: 1\nname: a\nrulez: []");
        assertThat(test("  - { name: a, request: {}, expect: { tier: edge } }\n"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("clinic.yaml line 3");
        assertThat(terminal.run("test")).isEqualTo(2);
    }

    @Test
    void junit_gets_every_case_and_what_differed() throws Exception {
        Path report = folder.resolve("report.xml");
        assertThat(test("""
                  - { name: "good <1> & \\a well", request: {}, expect: { tier: edge } }
                  - { name: bad, request: {}, expect: { tier: cloud } }
                """, "--junit", report.toString())).isEqualTo(1);
        var suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("testsuite")
                .item(0);
        assertThat(suite.getAttributes().getNamedItem("tests").getNodeValue()).isEqualTo("2");
        assertThat(suite.getAttributes().getNamedItem("failures").getNodeValue())
                .isEqualTo("1");
        assertThat(Files.readString(report))
                .contains("name=\"good &lt;1&gt; &amp; ? well\"", "message=\"tier     expected cloud, was edge\"");
    }

    private int test(String cases, String... options) throws IOException {
        String file =
                Files.writeString(folder.resolve("t.test.yaml"), HEAD + cases).toString();
        String[] arguments = new String[options.length + 2];
        arguments[0] = "test";
        System.arraycopy(options, 0, arguments, 1, options.length);
        arguments[options.length + 1] = file;
        return terminal.run(arguments);
    }
}
