package dev.fogline.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.PromptScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The policies that come with Fogline. */
class PacksTest {
    private static final Path FOLDER = Path.of("packs");
    private static final List<String> PACKS = PolicyLibrary.PACKS;

    @Test
    void every_pack_is_listed_and_has_its_tests() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(PACKS.stream()
                            .flatMap(pack -> Stream.of(pack + ".yaml", pack + ".test.yaml"))
                            .toList());
        }
    }

    @ParameterizedTest
    @FieldSource("PACKS")
    void it_is_read_without_warnings_and_named_like_its_file(String pack) {
        Policy policy = Policy.pack(pack);
        assertThat(policy.name()).isEqualTo(pack);
        assertThat(policy.warnings()).isEmpty();
        assertThat(policy.targets()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("PACKS")
    void its_file_and_its_name_are_the_same_policy(String pack) throws IOException {
        Path file = FOLDER.resolve(pack + ".yaml");
        assertThat(Policy.load(file.toString(), Files.readString(file)).revision())
                .isEqualTo(Policy.pack(pack).revision());
    }

    @Test
    void balanced_writes_out_what_holds_where_a_policy_says_nothing() {
        Policy balanced = Policy.pack("balanced");
        Policy nothing = Policy.load("nothing", "version: 1\nname: nothing\n");
        assertThat(balanced.levels().of(List.of(FindingKind.values())))
                .isEqualTo(nothing.levels().of(List.of(FindingKind.values())));
        for (var kind : FindingKind.values()) {
            assertThat(balanced.levels().of(List.of(kind)))
                    .isEqualTo(nothing.levels().of(List.of(kind)));
        }
        assertThat(balanced.budget()).isEqualTo(nothing.budget());
        assertThat(balanced.maxOutputTokens()).isEqualTo(nothing.maxOutputTokens());
        assertThat(balanced.latency()).isEqualTo(nothing.latency());
        assertThat(balanced.headers()).isEqualTo(nothing.headers());
        Random random = new Random(6);
        for (int i = 0; i < 5_000; i++) {
            RequestFacts facts = RandomCases.facts(random);
            FleetSnapshot fleet = RandomCases.fleet(random);
            Situation situation = RandomCases.situation(random);
            assertThat(balanced.routing().decide(facts, fleet, situation))
                    .isEqualTo(nothing.routing().decide(facts, fleet, situation));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinic", "school", "privacy-first"})
    void nothing_that_tells_of_a_person_leaves_those_who_keep_it(String pack) {
        Policy policy = Policy.pack(pack);
        for (FindingKind kind : FindingKind.values()) {
            if (kind.personal()) {
                assertThat(policy.levels().of(List.of(kind))).as(kind.id()).isEqualTo(Sensitivity.RESTRICTED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinic", "school", "privacy-first"})
    void those_who_keep_what_tells_of_a_person_look_for_names(String pack) {
        var scan = PromptScan.with(Policy.pack(pack).detectors());
        scan.text("Anna Miller asked for 王建国.");
        assertThat(scan.findings()).containsEntry(FindingKind.PERSON, 2);
    }

    @Test
    void no_pack_lets_out_what_balanced_keeps() {
        Policy balanced = Policy.pack("balanced");
        Map<String, Policy> packs = PACKS.stream().collect(Collectors.toMap(pack -> pack, Policy::pack));
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            RequestFacts facts = RandomCases.facts(random);
            FleetSnapshot fleet = RandomCases.fleet(random);
            Egress kept = balanced.routing()
                    .decide(facts, fleet, Situation.ORDINARY)
                    .ruling()
                    .egress();
            packs.forEach((pack, policy) -> assertThat(policy.routing()
                            .decide(facts, fleet, Situation.ORDINARY)
                            .ruling()
                            .egress())
                    .as(pack)
                    .isGreaterThanOrEqualTo(kept));
        }
    }
}
