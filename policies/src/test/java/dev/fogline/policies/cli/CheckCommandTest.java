package dev.fogline.policies.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Availability;
import dev.fogline.policies.Candidate;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Target;
import dev.fogline.policies.TargetStatus;
import dev.fogline.policies.cli.Surroundings.ConfiguredFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {
    private static final String HEAD = "version: 1\nname: a\n";

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();

    @Test
    void a_good_policy_is_0_with_its_warnings() throws IOException {
        assertThat(check(HEAD + "privacy: { default-egress: { confidential: allow } }"))
                .isZero();
        assertThat(terminal.out()).contains("warning: ", "loosens confidential", "'a' is good", "not checked against");
    }

    @Test
    void a_wrong_one_is_2_with_one_sentence() throws IOException {
        assertThat(check(HEAD + "rulez: []")).isEqualTo(2);
        assertThat(terminal.err().lines()).hasSize(1).first().asString().contains("p.yaml line 3", "'rules'");
    }

    @Test
    void wrong_use_is_2() {
        assertThat(terminal.run("check")).isEqualTo(2);
        assertThat(terminal.run("check", folder.resolve("absent.yaml").toString()))
                .isEqualTo(2);
        assertThat(terminal.run("check", "--colour", "x")).isEqualTo(2);
        assertThat(terminal.run("check", "--config")).isEqualTo(2);
        assertThat(terminal.run("frobnicate")).isEqualTo(2);
        assertThat(terminal.err()).contains("usage: policy check");
    }

    @Test
    void the_schema_is_printed_as_it_is_published() throws IOException {
        assertThat(terminal.run("schema")).isZero();
        assertThat(terminal.out()).isEqualTo(Files.readString(Path.of("policy.schema.json")));
        assertThat(terminal.run("schema", "more")).isEqualTo(2);
    }

    @Test
    void with_strict_a_warning_is_1() throws IOException {
        assertThat(check(HEAD + "privacy: { levels: { email: internal } }", "--strict"))
                .isEqualTo(1);
        assertThat(terminal.out()).contains("warning: ", "can be loaded, and should not be used");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "1 > 2",
                "request.tokens < 0",
                "request.tokens > 100 && request.tokens < 100",
                "request.sensitivity > RESTRICTED",
                "\"cn_id\" in request.findings && request.sensitivity == PUBLIC",
                "request.stream && !request.stream",
                "\"video\" in request.modalities",
                "request.messages < 1",
                "request.language == \"fr\"",
                "request.model == \"a\" && request.model == \"b\"",
                "\"x-a\" in request.headers && request.headers[\"x-a\"] == \"b\" && request.headers[\"x-a\"] == \"c\"",
                "budget.pressure > 1.0",
                "fleet.edge_queue < 0.0",
                "!fleet.edge_ready && fleet.edge_queue < 0.5",
                "time.hour > 23",
                "time.weekday == 0",
                "request.deadline_ms < 0"
            })
    void a_rule_that_never_holds_is_found(String condition) throws IOException {
        assertThat(check(rules("- { id: one, when: '" + condition + "', egress: deny }"), "--strict"))
                .isEqualTo(1);
        assertThat(terminal.out()).containsPattern("p.yaml line 4: the rule 'one' (never holds|seems never to hold)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "request.tokens == 12345",
                "request.sensitivity == INTERNAL",
                "\"email\" in request.findings && request.findings[\"email\"] == 7",
                "request.findings.exists(k, request.findings[k] > 3)",
                "size(request.findings) > 1",
                "request.modalities.exists(m, m == \"image\")",
                "request.tools && request.pinned && request.stream",
                "\"response_format\" in request.features",
                "request.messages > 20 && request.language == \"zh\"",
                "request.model.startsWith(\"gpt\")",
                "\"x-a\" in request.headers && request.headers[\"x-a\"] == \"b\"",
                "!(\"x-a\" in request.headers)",
                "request.deadline_ms < 2000",
                "budget.pressure > 0.85 && budget.pressure < 0.9",
                "budget.exhausted",
                "!fleet.edge_ready && fleet.cloud_ready",
                "fleet.edge_queue > 0.8",
                "!(\"edge/small\" in fleet.ready)",
                "\"cloud/big\" in fleet.ready && \"edge/small\" in fleet.ready",
                "time.hour >= 18 || time.hour < 8",
                "time.weekday > 5 && time.hour == 3"
            })
    void a_rule_that_can_hold_is_left_alone(String condition) throws IOException {
        assertThat(check(rules("- { id: one, when: '" + condition + "', exclude: { tier: cloud } }"), "--strict"))
                .as(terminal.out())
                .isZero();
    }

    @Test
    void a_rule_that_another_one_makes_superfluous_is_found() throws IOException {
        check(rules(
                "- { id: wide, when: 'request.tokens > 100', exclude: { tier: cloud } }",
                "- { id: narrow, when: 'request.tokens > 200', exclude: { target: cloud/big } }",
                "- { id: again, when: '100 < request.tokens', exclude: { tier: cloud } }"));
        assertThat(terminal.out().lines().filter(line -> line.startsWith("warning")))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains("line 5: the rule 'narrow' seems to change nothing", "'wide' (line 4)"),
                        second -> assertThat(second)
                                .contains("line 6: the rule 'again' seems to change nothing", "'wide' (line 4)"));
    }

    @Test
    void rules_that_differ_in_what_they_do_or_when_are_left_alone() throws IOException {
        assertThat(check(
                        rules(
                                "- { id: a, when: 'request.tokens > 100', exclude: { tier: cloud } }",
                                "- { id: b, when: 'request.tokens > 99', exclude: { tier: cloud }, egress: deny }",
                                "- { id: c, when: 'request.tokens > 98', egress: deny }",
                                "- { id: d, when: 'request.stream', pin: { tier: edge } }",
                                "- { id: e, when: 'request.tokens > 100', exclude: { tier: edge } }"),
                        "--strict"))
                .isEqualTo(1);
        // Only a is within b.
        assertThat(terminal.out().lines().filter(line -> line.startsWith("warning")))
                .singleElement()
                .asString()
                .contains("the rule 'a'");
    }

    @Test
    void a_condition_that_can_fail_is_found_with_an_example() throws IOException {
        check(rules("- { id: one, when: 'request.findings[\"cn_id\"] > 1', egress: deny }"));
        assertThat(terminal.out())
                .contains("the rule 'one' cannot be evaluated for some requests, such as one without findings");
    }

    @Test
    void a_target_that_is_not_configured_is_1_with_the_nearest() throws IOException {
        configured("edge/small", "cloud/big");
        assertThat(check(rules("- { id: one, when: request.stream, exclude: { target: cloud/bigg } }")))
                .isEqualTo(1);
        assertThat(terminal.out())
                .contains(
                        "error: ",
                        "line 4: the key 'exclude.target' of the rule 'one' names 'cloud/bigg'",
                        "'cloud/big'",
                        "checked against the targets of fogline.yaml");
    }

    @Test
    void a_region_or_licence_that_no_target_has_is_found() throws IOException {
        configured("edge/small", "cloud/big");
        assertThat(check(rules("- { id: one, when: request.stream, pin: { region: cn } }")))
                .isEqualTo(1);
        assertThat(check(rules("- { id: one, when: request.stream, exclude: { licence: gpl } }")))
                .isZero();
        assertThat(terminal.out())
                .contains(
                        "error: ",
                        "line 4: the key 'pin.region' of the rule 'one' names 'cn', which no configured target has",
                        "warning: ",
                        "line 4: the key 'exclude.licence' of the rule 'one' names 'gpl', which no configured target has");
    }

    @Test
    void a_private_class_that_nobody_may_serve_is_1() throws IOException {
        configured("cloud/big");
        assertThat(check(HEAD + "privacy: { default-egress: { confidential: allow } }"))
                .isEqualTo(1);
        assertThat(terminal.out())
                .contains("error: the policy 'a' permits no configured target for restricted requests (private_key, ")
                .doesNotContain("for confidential requests");
    }

    @Test
    void a_private_class_whose_target_a_rule_takes_away_is_1() throws IOException {
        configured("edge/small", "cloud/big");
        assertThat(check(rules("- { id: one, when: '\"cn_id\" in request.findings', exclude: { tier: edge } }")))
                .isEqualTo(1);
        assertThat(terminal.out()).contains("for restricted requests (cn_id)").doesNotContain("confidential requests");
    }

    @Test
    void a_private_class_that_nobody_may_serve_at_some_hour_is_1() throws IOException {
        configured("edge/small", "cloud/big");
        assertThat(check(rules("- { id: one, when: 'time.weekday == 7 && time.hour >= 22', pin: { tier: cloud } }")))
                .isEqualTo(1);
        assertThat(terminal.out()).contains("restricted requests on a Sunday at 22 o'clock (");
    }

    @Test
    void a_condition_that_fails_without_a_header_is_found() throws IOException {
        check(rules(
                "- { id: one, when: 'request.headers[\"x-a\"] == \"b\"', egress: deny }",
                "- { id: two, when: 'request.headers[\"x-a\"] == \"c\"', prefer: { cost: 1 } }"));
        assertThat(terminal.out())
                .contains(
                        "such as one without the header x-a; it then counts as if it held",
                        "such as one without the header x-a; it then counts nothing");
    }

    @Test
    void what_only_ranks_is_never_superfluous() throws IOException {
        assertThat(check(
                        rules(
                                "- { id: a, when: 'true', egress: deny, prefer: { cost: 1 } }",
                                "- { id: b, when: 'true', prefer: { cost: 1 } }",
                                "- { id: c, when: 'true', egress: deny, latency: { ttft: 1s } }"),
                        "--strict"))
                .as(terminal.out())
                .isZero();
    }

    @Test
    void a_selector_within_a_wider_one_is_found() throws IOException {
        check(rules(
                "- { id: wide, when: 'request.tokens > 100', exclude: { region: us } }",
                "- { id: narrow, when: 'request.tokens > 200', exclude: { region: us, tier: cloud } }",
                "- { id: other, when: 'request.tokens > 200', exclude: { region: eu, tier: cloud } }",
                "- { id: pinned, when: 'request.stream', pin: { tier: cloud, region: eu } }",
                "- { id: loose, when: 'request.stream', pin: { region: eu } }"));
        assertThat(terminal.out().lines().filter(line -> line.startsWith("warning")))
                .satisfiesExactly(
                        first -> assertThat(first).contains("the rule 'narrow'", "'wide'"),
                        second -> assertThat(second).contains("the rule 'loose'", "'pinned'"));
    }

    @Test
    void a_fleet_that_can_serve_everything_is_0() throws IOException {
        configured("edge/small", "cloud/big");
        assertThat(check(rules("- { id: one, when: request.stream, pin: { target: edge/small } }"), "--strict"))
                .as(terminal.out())
                .isZero();
    }

    @Test
    void hundreds_of_rules_are_checked_within_bounds() throws IOException {
        String[] rules = Stream.iterate(1, i -> i + 1)
                .limit(400)
                .map(i -> "- { id: r" + i + ", when: 'request.tokens == " + i * 7 + "', egress: deny }")
                .toArray(String[]::new);
        assertThat(check(rules(rules))).isZero();
    }

    private void configured(String... targets) {
        terminal.fleet = new ConfiguredFleet(
                "fogline.yaml",
                false,
                new FleetSnapshot(Stream.of(targets)
                        .map(id -> new Candidate(
                                new Target(id, id, Optional.empty()),
                                new TargetStatus(Availability.UNKNOWN, 0, Set.of(), 0)))
                        .toList()),
                Map.of(),
                Optional.empty());
    }

    private static String rules(String... rules) {
        return HEAD.stripTrailing() + "\nrules:\n  " + String.join("\n  ", rules)
                + "\nfacts: { zone: Asia/Shanghai, headers: [x-a] }\n";
    }

    private int check(String yaml, String... options) throws IOException {
        String file = Files.writeString(folder.resolve("p.yaml"), yaml).toString();
        return terminal.run(Stream.of(Stream.of("check"), Stream.of(options), Stream.of(file))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }
}
