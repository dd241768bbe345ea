package dev.fogline.policies;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.file.KeyDescription;
import dev.fogline.policies.latency.LatencyEstimate;
import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key of a policy file: at its default it changes nothing, at another value what it names. */
class EveryPolicyKeyTest {
    private static final Target EDGE =
            new Target("edge/small", "small", Optional.empty(), Optional.of("eu"), Optional.of("mit"));
    private static final Target CLOUD = new Target(
            "cloud/large", "large", Optional.of(new Price(1, 2, "t", "d")), Optional.of("us"), Optional.of("other"));

    private static final String AT_EIGHT = "rules: [ { id: r, when: time.hour == 8, exclude: { tier: edge } } ]";

    /**
     * @param without a policy that does not say it, or says it at one value
     * @param usual the same with the default written out; null where there is none
     * @param other with another value; null where there is only one
     * @param seen where it shows
     */
    private record Sample(
            String without,
            @Nullable String usual,
            @Nullable String other,
            Function<Policy, Object> seen) {}

    private static final Map<String, Sample> SAMPLES = Map.ofEntries(
            entry(
                    "extends",
                    new Sample(
                            "name: a",
                            null,
                            "name: a\nextends: base.yaml",
                            policy -> decision(policy).ruling().matched())),
            entry(
                    "defaults.sensitivity",
                    new Sample(
                            "name: a",
                            "name: a\ndefaults: { sensitivity: public }",
                            "name: a\ndefaults: { sensitivity: internal }",
                            policy -> policy.levels().of(List.of()))),
            entry("rules[].exclude.region", selector("exclude", "region: eu", "region: us")),
            entry("rules[].exclude.licence", selector("exclude", "licence: mit", "licence: other")),
            entry("rules[].pin.region", selector("pin", "region: eu", "region: us")),
            entry("rules[].pin.licence", selector("pin", "licence: mit", "licence: other")),
            entry("rules[].prefer.privacy", ruleWeight("quality: 3", "privacy: 0", "privacy: 9")),
            entry("rules[].prefer.quality", ruleWeight("privacy: 1", "quality: 0", "quality: 9")),
            entry("rules[].prefer.latency", ruleWeight("privacy: 1", "latency: 0", "latency: 90")),
            entry("rules[].prefer.cost", ruleWeight("quality: 3", "cost: 0", "cost: 90")),
            entry(
                    "rules[].latency.ttft",
                    new Sample(
                            "name: a",
                            null,
                            rule("id: r, when: 'true', latency: { ttft: 500ms }"),
                            EveryPolicyKeyTest::plan)),
            entry(
                    "rules[].latency.percentile",
                    new Sample(
                            rule("id: r, when: 'true', latency: { ttft: 1050ms }"),
                            rule("id: r, when: 'true', latency: { ttft: 1050ms, percentile: 95 }"),
                            rule("id: r, when: 'true', latency: { ttft: 1050ms, percentile: 50 }"),
                            EveryPolicyKeyTest::plan)),
            entry(
                    "failover",
                    new Sample("name: a", null, "name: a\nfailover: [ edge/small ]", EveryPolicyKeyTest::plan)),
            entry("name", new Sample("name: a", null, "name: b", Policy::name)),
            entry(
                    "privacy.personal",
                    new Sample(
                            "name: a",
                            "name: a\nprivacy: { personal: public }",
                            "name: a\nprivacy: { personal: restricted }",
                            policy -> policy.levels().of(List.of(FindingKind.EMAIL)))),
            entry(
                    "privacy.levels",
                    new Sample(
                            "name: a",
                            "name: a\nprivacy: { levels: { email: confidential } }",
                            "name: a\nprivacy: { levels: { email: restricted } }",
                            policy -> policy.levels().of(List.of(FindingKind.EMAIL)))),
            entry(
                    "privacy.detectors",
                    new Sample(
                            "name: a",
                            "name: a\nprivacy: { detectors: [ secrets, pii-zh, pii-en, subjects ] }",
                            "name: a\nprivacy: { detectors: [ secrets ] }",
                            policy -> policy.detectors().find("a@example.org"))),
            entry(
                    "privacy.custom[].id",
                    new Sample(
                            custom("id: a, words: [ward 7]"),
                            null,
                            custom("id: b, words: [ward 7]"),
                            policy -> policy.levels().custom())),
            entry("privacy.custom[].words", found("words: [ward 8]", "words: [ward 7]")),
            entry("privacy.custom[].words-file", found("words: [ward 8]", "words-file: rules.txt")),
            entry("privacy.custom[].pattern", found("pattern: 'ward [0-6]'", "pattern: 'ward [0-9]'")),
            entry(
                    "privacy.custom[].context",
                    found("pattern: 'ward [0-9]'", "pattern: 'ward [0-9]', context: [floor]")),
            entry(
                    "privacy.custom[].level",
                    new Sample(
                            custom("id: a, words: [ward 7]"),
                            custom("id: a, words: [ward 7], level: confidential"),
                            custom("id: a, words: [ward 7], level: internal"),
                            policy -> policy.levels()
                                    .of(new Content(
                                            Map.of(FindingKind.CUSTOM, 1), Map.of(), Map.of("a", 1), Set.of())))),
            entry(
                    "privacy.subjects",
                    new Sample(
                            "name: a",
                            "name: a\nprivacy: { subjects: { health: confidential, letters: public } }",
                            "name: a\nprivacy: { subjects: { health: internal } }",
                            policy -> policy.levels().of(Content.NOTHING.about(Set.of(Subject.HEALTH))))),
            entry(
                    "privacy.combinations[].id",
                    new Sample(
                            combination("id: a, level: restricted"),
                            null,
                            combination("id: b, level: restricted"),
                            policy -> policy.levels().combinations())),
            entry(
                    "privacy.combinations[].of",
                    new Sample(
                            combination("id: a, level: restricted"),
                            null,
                            combination("id: a, level: restricted, of: [phone]"),
                            EveryPolicyKeyTest::ofTwo)),
            entry(
                    "privacy.combinations[].kinds",
                    new Sample(
                            combination("id: a, level: restricted"),
                            combination("id: a, level: restricted, kinds: 1"),
                            combination("id: a, level: restricted, kinds: 3"),
                            EveryPolicyKeyTest::ofTwo)),
            entry(
                    "privacy.combinations[].values",
                    new Sample(
                            combination("id: a, level: restricted"),
                            combination("id: a, level: restricted, values: 1"),
                            combination("id: a, level: restricted, values: 6"),
                            EveryPolicyKeyTest::ofTwo)),
            entry(
                    "privacy.combinations[].level",
                    new Sample(
                            combination("id: a, level: restricted"),
                            null,
                            combination("id: a, level: public"),
                            EveryPolicyKeyTest::ofTwo)),
            entry(
                    "privacy.default-egress",
                    new Sample(
                            "name: a",
                            "name: a\nprivacy: { default-egress: { public: allow } }",
                            "name: a\nprivacy: { default-egress: { public: deny } }",
                            EveryPolicyKeyTest::plan)),
            entry(
                    "privacy.mask.instruction",
                    new Sample(
                            "name: a",
                            "name: a\nprivacy: { mask: { instruction: true } }",
                            "name: a\nprivacy: { mask: { instruction: false } }",
                            Policy::mask)),
            entry(
                    "privacy.mask.redact",
                    new Sample("name: a", null, "name: a\nprivacy: { mask: { redact: [email] } }", Policy::mask)),
            entry(
                    "facts.zone",
                    new Sample(
                            "name: a\nfacts: { zone: UTC }\n" + AT_EIGHT,
                            null,
                            "name: a\nfacts: { zone: Asia/Shanghai }\n" + AT_EIGHT,
                            EveryPolicyKeyTest::plan)),
            entry("facts.headers", new Sample("name: a", null, "name: a\nfacts: { headers: [x-a] }", Policy::headers)),
            entry(
                    "rules[].id",
                    new Sample(
                            rule("id: r, when: 'true', egress: deny"),
                            null,
                            rule("id: s, when: 'true', egress: deny"),
                            policy -> decision(policy).ruling().matched())),
            entry(
                    "rules[].when",
                    new Sample(
                            rule("id: r, when: 'false', egress: deny"),
                            null,
                            rule("id: r, when: 'true', egress: deny"),
                            EveryPolicyKeyTest::plan)),
            entry(
                    "rules[].egress",
                    new Sample(
                            "name: a",
                            rule("id: r, when: 'true', egress: allow"),
                            rule("id: r, when: 'true', egress: deny"),
                            EveryPolicyKeyTest::plan)),
            entry("rules[].exclude.tier", selector("exclude", "tier: edge", "tier: cloud")),
            entry("rules[].exclude.target", selector("exclude", "target: edge/small", "target: cloud/large")),
            entry("rules[].pin.tier", selector("pin", "tier: edge", "tier: cloud")),
            entry("rules[].pin.target", selector("pin", "target: edge/small", "target: cloud/large")),
            // The cloud answers in 100 ms, the edge in a second.
            entry(
                    "latency.ttft",
                    new Sample("name: a", null, "name: a\nlatency: { ttft: 500ms }", EveryPolicyKeyTest::plan)),
            entry(
                    "latency.percentile",
                    new Sample(
                            "name: a\nlatency: { ttft: 500ms }",
                            "name: a\nlatency: { ttft: 500ms, percentile: 95 }",
                            "name: a\nlatency: { ttft: 500ms, percentile: 50 }",
                            Policy::latency)),
            entry(
                    "cost.budget.usd",
                    new Sample(
                            cost("budget: { usd: 1, per: day }"),
                            null,
                            cost("budget: { usd: 2, per: day }"),
                            Policy::budget)),
            entry("cost.budget.per", new Sample(cost("budget: { usd: 1, per: day }"), null, null, Policy::budget)),
            entry(
                    "cost.exhausted",
                    new Sample("name: a", cost("exhausted: edge-only"), null, EveryPolicyKeyTest::plan)),
            entry(
                    "cost.max-output",
                    new Sample("name: a", cost("max-output: 4096"), cost("max-output: 100"), Policy::maxOutputTokens)),
            entry("prefer.privacy", weight("quality: 1", "privacy: 0", "privacy: 2")),
            entry("prefer.quality", weight("privacy: 1", "quality: 0", "quality: 2")),
            entry("prefer.latency", weight("privacy: 1", "latency: 0", "latency: 90")),
            entry("prefer.cost", weight("quality: 1", "cost: 0", "cost: 90")));

    @Test
    void no_key_is_forgotten_here() {
        assertThat(SAMPLES.keySet())
                .isEqualTo(new TreeSet<>(rows().map(KeyDescription::path).toList()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void the_default_changes_nothing_and_another_value_what_it_names(KeyDescription row) {
        Sample sample = SAMPLES.get(row.path());
        if (sample == null) {
            throw new AssertionError("there is no sample of " + row.path());
        }
        Object without = sample.seen.apply(load(sample.without));
        if (sample.usual != null) {
            assertThat(sample.seen.apply(load(sample.usual))).as(sample.usual).isEqualTo(without);
        }
        if (sample.other != null) {
            assertThat(sample.seen.apply(load(sample.other))).as(sample.other).isNotEqualTo(without);
        }
        if (!row.key().normally().isEmpty()) {
            assertThat(sample.usual)
                    .as("the documented default")
                    .contains(": " + row.key().normally());
        }
    }

    @Test
    void the_page_tells_the_levels_of_the_kinds_and_the_egress_of_the_classes() {
        String levels = row("privacy.levels").normally();
        assertThat(levels)
                .isEqualTo(Stream.of(Sensitivity.CONFIDENTIAL, Sensitivity.INTERNAL, Sensitivity.PUBLIC)
                                .map(level ->
                                        kinds(kind -> kind.sensitivity() == level) + ": `" + Words.of(level) + "`")
                                .collect(Collectors.joining("; "))
                        + "; the others: `restricted`");
        assertThat(row("privacy.personal").key().meaning().replace(" and `detector_failure`", ""))
                .endsWith(": all but " + kinds(kind -> !kind.personal() && kind != FindingKind.DETECTOR_FAILURE));
        String egress = row("privacy.default-egress").normally();
        assertThat(egress)
                .isEqualTo("`public`, `internal`: `allow`; `confidential`: `pseudonymise`; `restricted`: `deny`");
        assertThat(Arrays.stream(Sensitivity.values()).map(Egress::defaultFor))
                .containsExactly(Egress.ALLOW, Egress.ALLOW, Egress.PSEUDONYMISE, Egress.DENY);
    }

    private static String kinds(Predicate<FindingKind> which) {
        return Arrays.stream(FindingKind.values())
                .filter(which)
                .map(kind -> "`" + kind.id() + "`")
                .collect(Collectors.joining(", "));
    }

    private static Stream<KeyDescription> rows() {
        return Policy.keys().stream()
                .filter(row -> !row.value().isEmpty() && !row.path().equals("version"));
    }

    private static KeyDescription row(String path) {
        return rows().filter(row -> row.path().equals(path)).findFirst().orElseThrow();
    }

    private static String rule(String content) {
        return "name: a\nrules: [ { " + content + " } ]";
    }

    private static String cost(String content) {
        return "name: a\ncost: { " + content + " }";
    }

    private static String custom(String entry) {
        return "name: a\nprivacy: { custom: [ { " + entry + " } ] }";
    }

    private static String combination(String entry) {
        return "name: a\nprivacy: { combinations: [ { " + entry + " } ] }";
    }

    /** Two kinds, five values. */
    private static Object ofTwo(Policy policy) {
        return policy.levels().of(Content.of(Map.of(FindingKind.EMAIL, 3, FindingKind.ADDRESS, 2)));
    }

    private static Sample found(String one, String other) {
        return new Sample(
                custom("id: a, " + one),
                null,
                custom("id: a, " + other),
                policy -> policy.detectors().find("id: in ward 7"));
    }

    private static Sample selector(String key, String one, String other) {
        return new Sample(
                rule("id: r, when: 'true', " + key + ": { " + one + " }"),
                null,
                rule("id: r, when: 'true', " + key + ": { " + other + " }"),
                EveryPolicyKeyTest::plan);
    }

    /** Without rules the edge is first, by 2. */
    private static Sample ruleWeight(String against, String usual, String other) {
        return new Sample(
                rule("id: r, when: 'true', prefer: { " + against + " }"),
                rule("id: r, when: 'true', prefer: { " + against + ", " + usual + " }"),
                rule("id: r, when: 'true', prefer: { " + against + ", " + other + " }"),
                EveryPolicyKeyTest::plan);
    }

    private static Sample weight(String against, String usual, String other) {
        return new Sample(
                "name: a\nprefer: { " + against + " }",
                "name: a\nprefer: { " + against + ", " + usual + " }",
                "name: a\nprefer: { " + against + ", " + other + " }",
                EveryPolicyKeyTest::plan);
    }

    private static Policy load(String body) {
        return Policy.load(
                "p",
                "version: 1\n" + body,
                (name, from) -> new PolicyLibrary.Text(
                        name,
                        name.endsWith(PolicyLibrary.WORDS)
                                ? "ward 7\n"
                                : "version: 1\n" + rule("id: b, when: 'true', egress: deny")));
    }

    private static Object plan(Policy policy) {
        return decision(policy) instanceof Decision.Route route ? route.plan() : decision(policy);
    }

    private static Decision decision(Policy policy) {
        var facts = new RequestFacts(
                new Pin.None(),
                Sensitivity.PUBLIC,
                Map.of(),
                new RequestSize(100, 100, true, 1),
                Set.of(),
                true,
                Optional.empty(),
                OptionalLong.empty());
        return policy.routing()
                .decide(
                        facts,
                        new FleetSnapshot(
                                List.of(new Candidate(CLOUD, status(100)), new Candidate(EDGE, status(1_000)))),
                        Situation.ORDINARY);
    }

    private static TargetStatus status(double ttftMs) {
        return new TargetStatus(Availability.READY, 8192, Set.of(), 0, new LatencyEstimate(ttftMs, 0.1, 1, 20, 0));
    }
}
