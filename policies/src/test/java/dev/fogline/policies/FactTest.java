package dev.fogline.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What conditions may ask of a request, the money, the fleet and the time. */
class FactTest {
    private static final String HEAD =
            "version: 1\nname: test\nfacts: { zone: Asia/Shanghai, headers: [x-team, x-site] }\n";

    /** Tuesday, half past six in the evening in London, half past two on Wednesday in Shanghai. */
    private static final Situation EVENING = new Situation(false, 0.25, 0.5, Instant.parse("2026-11-24T18:30:00Z"));

    private static final RequestFacts REQUEST = new RequestFacts(
                    new Pin.ToTier(Tier.EDGE),
                    Sensitivity.CONFIDENTIAL,
                    Map.of(FindingKind.EMAIL, 2),
                    new RequestSize(120, 256, true, 1),
                    Set.of("tools", "image"),
                    true,
                    Optional.empty(),
                    OptionalLong.of(700))
            .with(new RequestDetails(
                    3,
                    Language.ZH,
                    "gpt-4o",
                    Map.of("x-team", "ward-3"),
                    new Content(Map.of(), Map.of(), Map.of("case-number", 4), Set.of(Subject.LAW, Subject.HEALTH)),
                    "ward"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request.tokens == 120",
                "request.messages == 3",
                "request.modalities == ['text', 'image']",
                "request.tools",
                "request.stream",
                "request.model.startsWith('gpt-')",
                "request.language == 'zh'",
                "request.subjects == ['health', 'law']",
                "tenant.name == 'ward'",
                "request.sensitivity == CONFIDENTIAL && request.sensitivity < RESTRICTED && PUBLIC < INTERNAL",
                "request.findings == {'email': 2}",
                "request.custom == {'case-number': 4} && request.custom['case-number'] > 3",
                "request.features == ['image', 'tools']",
                "request.pinned",
                "request.headers['x-team'] == 'ward-3' && !('x-site' in request.headers)",
                "request.deadline_ms == 700",
                "budget.pressure == 0.25",
                "!budget.exhausted",
                "fleet.edge_ready",
                "!fleet.cloud_ready",
                "fleet.ready == ['edge/a', 'edge/b']",
                "fleet.edge_queue == 0.5",
                "time.hour == 2",
                "time.weekday == 3",
            })
    void a_condition_sees_it(String condition) {
        assertThat(holds(condition, REQUEST)).isTrue();
        assertThat(holds("!(" + condition + ")", REQUEST)).isFalse();
    }

    @Test
    void every_fact_is_shown_here() throws NoSuchMethodException {
        String shown = String.join(
                " ",
                FactTest.class
                        .getDeclaredMethod("a_condition_sees_it", String.class)
                        .getAnnotation(ValueSource.class)
                        .strings());
        assertThat(EnumSet.allOf(Fact.class))
                .allSatisfy(fact -> assertThat(shown).contains(fact.id));
    }

    @Test
    void without_a_deadline_it_is_the_longest_there_is() {
        RequestFacts patient = new RequestFacts(
                new Pin.None(),
                Sensitivity.PUBLIC,
                Map.of(),
                new RequestSize(1, 1, true, 1),
                Set.of(),
                false,
                Optional.empty(),
                OptionalLong.empty());
        assertThat(holds("request.deadline_ms == 86400000", patient)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "request.tokenz > 1 | knows no 'request.tokenz'; the nearest is 'request.tokens'",
                "request.tokens > 1 && fleet.edge_redy | knows no 'fleet.edge_redy'; the nearest is 'fleet.edge_ready'",
                "budgets.pressure > 0.5 | knows no 'budgets.pressure'; the nearest is 'budget.pressure'",
                "tenant == 'a' | knows no 'tenant'; the nearest is 'tenant.name'",
                "tenant.id == 'a' | knows no 'tenant.id'; the nearest is 'tenant.name'",
                "request.tenant == 'a' | asks for 'request.tenant', which is not built yet: asking for the tenant of a request; its name is `tenant.name`",
                "request.difficulty > 0.5 | asks for 'request.difficulty', which is not built yet: judging how hard",
                "budget.pressure > 'much' | no matching overload",
                "request.headers['x-tema'] == 'a' | asks for the header 'x-tema', which 'facts.headers' does not list",
                "'x-tema' in request.headers | asks for the header 'x-tema'",
            })
    void what_there_is_not_is_refused_by_name(String condition, String says) {
        assertThatThrownBy(() -> rule(HEAD, condition))
                .hasMessageContaining(says)
                .hasMessageStartingWith("p.yaml line 4");
    }

    @Test
    void the_time_needs_a_zone_and_a_header_its_place_on_the_list() {
        String head = "version: 1\nname: test\n";
        assertThatThrownBy(() -> rule(head, "time.hour > 8")).hasMessageContaining("needs 'facts.zone'");
        assertThatThrownBy(() -> rule(head + "facts: { zone: Asia/Peking }\n", "true"))
                .hasMessageContaining("p.yaml line 3: the key 'facts.zone' must be a time zone");
        assertThatThrownBy(() -> rule(head + "facts: { headers: [X-Team] }\n", "true"))
                .hasMessageContaining("lower-case letters");
        assertThatThrownBy(() -> rule(head + "facts: { headers: [authorization] }\n", "true"))
                .hasMessageContaining("the header 'authorization' holds a secret");
        String many = IntStream.range(0, 17).mapToObj(i -> "x-" + i).collect(Collectors.joining(", "));
        assertThatThrownBy(() -> rule(head + "facts: { headers: [" + many + "] }\n", "true"))
                .hasMessageContaining("more than 16");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, EN",
        "0, 500, 0, EN",
        "0, 500, 15, EN",
        "30, 20, 0, ZH",
        "30, 100, 2, ZH",
        "5, 400, 0, EN",
        "20, 10, 40, OTHER",
        "0, 10, 60, OTHER",
    })
    void a_language_is_told_by_its_scripts(long han, long ascii, long other, Language language) {
        assertThat(Language.estimate(han, ascii, other)).isEqualTo(language);
    }

    private static boolean holds(String condition, RequestFacts request) {
        Decision decision = rule(HEAD, condition).routing().decide(request, fleet(), EVENING);
        assertThat(decision.ruling().failed()).isEmpty();
        return decision.ruling().matched().equals(List.of("r"));
    }

    private static Policy rule(String head, String condition) {
        return Policy.load(
                "p.yaml",
                head + "rules: [ { id: r, egress: deny, when: \"" + condition.replace("\"", "\\\"") + "\" } ]");
    }

    private static FleetSnapshot fleet() {
        return new FleetSnapshot(List.of(
                candidate("edge/b", Availability.READY, 0.5),
                candidate("edge/a", Availability.READY, 0.75),
                candidate("edge/c", Availability.NOT_READY, 0),
                candidate("cloud/d", Availability.CIRCUIT_OPEN, 0)));
    }

    private static Candidate candidate(String id, Availability availability, double queue) {
        return new Candidate(new Target(id, "m", Optional.empty()), new TargetStatus(availability, 0, Set.of(), queue));
    }
}
