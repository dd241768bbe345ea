package dev.fogline.policies.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fogline.policies.Availability;
import dev.fogline.policies.Candidate;
import dev.fogline.policies.Decision;
import dev.fogline.policies.Egress;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Language;
import dev.fogline.policies.Pin;
import dev.fogline.policies.Policy;
import dev.fogline.policies.Price;
import dev.fogline.policies.RequestDetails;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.RequestSize;
import dev.fogline.policies.Ruling;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Situation;
import dev.fogline.policies.Target;
import dev.fogline.policies.TargetStatus;
import dev.fogline.policies.Usage;
import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.latency.LatencyEstimate;
import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What another policy would have made of logged decisions. */
class ReplayTest {
    private static final Policy LOGGED = policy("prefer: { privacy: 1 }");
    private static final FleetSnapshot FLEET = new FleetSnapshot(List.of(
            new Candidate(
                    new Target("edge/a", "a", Optional.empty()),
                    new TargetStatus(
                            Availability.READY,
                            4096,
                            Set.of("image"),
                            0.5,
                            new LatencyEstimate(80, 0.3, Double.NaN, 4, 10))),
            new Candidate(
                    new Target("cloud/b", "b", Optional.of(new Price(1000, 2000, "list", "2026-11-01"))),
                    new TargetStatus(Availability.READY, 0, Set.of(), 0, new LatencyEstimate(400, 0.2, 10, 9, 20)))));

    private static Policy policy(String rest) {
        return Policy.load("candidate", "version: 1\nname: candidate\n" + rest + "\n");
    }

    private static RequestFacts facts(Policy policy, Map<FindingKind, Integer> findings, Set<String> features) {
        return new RequestFacts(
                new Pin.None(),
                policy.levels().of(Content.of(findings)),
                findings,
                new RequestSize(100, 50, true, 1),
                features,
                true,
                Optional.empty(),
                OptionalLong.empty(),
                RequestDetails.ORDINARY,
                policy.mask().of(policy.levels(), Content.of(findings), Set.of(), Optional.empty(), features));
    }

    /** As the gateway would have logged it. */
    private static LoggedDecision logged(Policy policy, Map<FindingKind, Integer> findings, String... features) {
        return logged(policy, facts(policy, findings, Set.of(features)), new Situation(false, 0.9));
    }

    private static LoggedDecision logged(Policy policy, RequestDetails details) {
        return logged(policy, facts(policy, Map.of(), Set.of()).with(details), new Situation(false, 0.9));
    }

    private static LoggedDecision logged(Policy policy, RequestFacts facts, Situation situation) {
        Decision decision = policy.routing().decide(facts, FLEET, situation);
        var made = LoggedDecision.made(decision);
        String first = made.plan().isEmpty() ? null : made.plan().getFirst();
        return new LoggedDecision(
                1,
                "id",
                "2026-11-24T10:00:00Z",
                policy.revision(),
                LoggedFacts.of(facts, Optional.empty(), PolicyWords.of(policy), decision.ruling(), "auto"::equals),
                LoggedDecision.fleet(FLEET),
                LoggedDecision.Moment.of(situation, 0),
                made,
                first == null
                        ? null
                        : new LoggedDecision.End(
                                first,
                                first.substring(0, first.indexOf('/')),
                                "success",
                                "preference",
                                List.of(new LoggedDecision.Try(first, "success")),
                                90.0,
                                200,
                                new Usage(100, 10),
                                first.startsWith("edge") ? 0 : 0.12));
    }

    private static ReplayReport replay(Policy candidate, LoggedDecision... records) {
        var replay = new Replay(candidate);
        long number = 0;
        for (LoggedDecision record : records) {
            replay.line("log", ++number, new String(DecisionLines.write(record), StandardCharsets.UTF_8));
        }
        return replay.report();
    }

    private static ReplayReport.Share tier(Map<String, ReplayReport.Share> tiers, String name) {
        return Objects.requireNonNull(tiers.get(name));
    }

    @Test
    void the_policy_that_decided_would_decide_the_same() {
        var random = new Random(7);
        var replay = new Replay(LOGGED);
        for (int i = 0; i < 500; i++) {
            var kinds = LOGGED.detectors().kinds().toArray(FindingKind[]::new);
            Map<FindingKind, Integer> findings =
                    random.nextBoolean() ? Map.of() : Map.of(kinds[random.nextInt(kinds.length)], 1);
            String[] features = random.nextInt(3) == 0 ? new String[] {"image"} : new String[0];
            replay.add(logged(LOGGED, findings, features));
        }
        ReplayReport report = replay.report();
        assertThat(report.records()).isEqualTo(500);
        assertThat(report.changed()).isZero();
        assertThat(report.moved()).isEmpty();
        assertThat(report.newlyLeaving()).isEmpty();
        assertThat(report.before()).isEqualTo(report.after());
    }

    @Test
    void shares_costs_and_times_stand_beside_each_other() {
        ReplayReport report =
                replay(policy("prefer: { quality: 1 }"), logged(LOGGED, Map.of()), logged(LOGGED, Map.of()));
        assertThat(report.changed()).isEqualTo(2);
        assertThat(report.moved()).containsExactly(new ReplayReport.Moved("edge/a -> cloud/b", 2));
        assertThat(tier(report.before(), "edge").share()).isEqualTo(1);
        assertThat(tier(report.after(), "cloud").share()).isEqualTo(1);
        // 100 tokens in and 10 out, as the edge used them, at 1,000 and 2,000 dollars a million.
        assertThat(tier(report.after(), "cloud").usd()).isCloseTo(0.24, within(1e-9));
        assertThat(tier(report.before(), "edge").firstTokenMs()).isEqualTo(90.0);
        assertThat(tier(report.after(), "cloud").firstTokenMs()).isEqualTo(400.0);
        assertThat(tier(report.after(), "cloud").wholeMs()).isEqualTo(500.0);
        // Ranked last it was permitted before: that is no new way out.
        assertThat(report.newlyLeaving()).isEmpty();
    }

    @Test
    void a_class_that_might_not_leave_and_now_may_is_named() {
        Policy loose = policy("privacy: { default-egress: { confidential: allow } }");
        ReplayReport report = replay(
                loose,
                logged(LOGGED, Map.of(FindingKind.EMAIL, 2)),
                logged(LOGGED, Map.of(FindingKind.CN_ID, 1)),
                logged(LOGGED, Map.of()));
        assertThat(report.newlyLeaving()).containsExactly(new ReplayReport.Leaving("confidential: email", 1, 0));
        assertThat(report.text()).contains("confidential: email: 1");
    }

    @Test
    void a_lower_level_of_a_kind_and_a_rule_that_is_gone_open_the_way_too() {
        Policy ruled = policy("rules: [ { id: r, when: request.stream, exclude: { tier: cloud } } ]");
        assertThat(replay(LOGGED, logged(ruled, Map.of())).newlyLeaving())
                .containsExactly(new ReplayReport.Leaving("public: nothing found", 1, 0));
        assertThat(replay(
                                policy("privacy: { levels: { email: public } }"),
                                logged(LOGGED, Map.of(FindingKind.EMAIL, 1)))
                        .newlyLeaving())
                .hasSize(1);
        assertThat(replay(ruled, logged(LOGGED, Map.of())).newlyLeaving()).isEmpty();
    }

    @Test
    void what_the_callers_header_raised_stays_raised() {
        LoggedDecision one = logged(LOGGED, Map.of());
        var raised = LoggedFacts.of(
                facts(LOGGED, Map.of(), Set.of()),
                Optional.of(Sensitivity.RESTRICTED),
                PolicyWords.of(LOGGED),
                new Ruling(Egress.DENY, List.of(), List.of()),
                word -> false);
        assertThat(raised.under(LOGGED, Content.NOTHING).sensitivity()).isEqualTo(Sensitivity.RESTRICTED);
        assertThat(one.facts().under(LOGGED, Content.NOTHING).sensitivity()).isEqualTo(Sensitivity.PUBLIC);
    }

    @Test
    void a_detector_that_did_not_run_then_makes_what_leaves_undecidable() {
        LoggedDecision without = with(logged(LOGGED, Map.of()), "1", List.of("email"));
        ReplayReport report = replay(LOGGED, without, logged(LOGGED, Map.of()));
        assertThat(report.undecidable()).isEqualTo(1);
        assertThat(report.newlyLeaving()).containsExactly(new ReplayReport.Leaving("public: nothing found", 1, 1));

        LoggedDecision older =
                with(logged(LOGGED, Map.of()), "0", without.facts().kinds());
        assertThat(replay(LOGGED, older).undecidable()).isEqualTo(1);
        // Nothing that could have been found would let it leave: what stays, stays.
        LoggedDecision stays = with(logged(LOGGED, Map.of(FindingKind.CN_ID, 1)), "0", List.of());
        assertThat(replay(LOGGED, stays).newlyLeaving()).isEmpty();
    }

    private static final String TEACHERS = """
            facts: { headers: [x-role], zone: UTC }
            rules:
              - id: pupils-stay
                when: '!("x-role" in request.headers && request.headers["x-role"] == "teacher")'
                egress: deny
            """;

    private static RequestDetails role(String role) {
        return new RequestDetails(3, Language.ZH, "auto", role.isEmpty() ? Map.of() : Map.of("x-role", role));
    }

    @Test
    void a_headers_value_is_logged_only_if_it_is_a_word_of_the_policy() {
        Policy school = policy(TEACHERS);
        assertThat(line(logged(school, role("teacher")))).contains("\"headers\":{\"x-role\":\"teacher\"}");
        assertThat(line(logged(school, role("s3cret-of-somebody"))))
                .doesNotContain("s3cret")
                .contains("\"headers\":{}", "\"absent_headers\":[]");
        assertThat(line(logged(school, role("")))).contains("\"absent_headers\":[\"x-role\"]");
    }

    @Test
    void a_made_up_name_of_a_model_is_not_logged() {
        var named = new RequestDetails(1, Language.EN, "gpt-s3cret", Map.of());
        assertThat(line(logged(LOGGED, named))).doesNotContain("s3cret").doesNotContain("\"model\"");
        Policy byModel = policy("rules: [{ id: m, when: 'request.model.startsWith(\"gpt\")', egress: deny }]");
        assertThat(replay(byModel, logged(LOGGED, named)).undecidable()).isEqualTo(1);
        assertThat(replay(byModel, logged(LOGGED, role(""))).undecidable()).isZero();
    }

    private static String line(LoggedDecision record) {
        return new String(DecisionLines.write(record), StandardCharsets.UTF_8);
    }

    @Test
    void the_same_condition_has_the_answer_of_then_whatever_is_not_logged() {
        Policy school = policy(TEACHERS);
        Policy more = policy(
                TEACHERS + "  - { id: more, when: 'request.tokens > 9000', egress: deny }\nprefer: { quality: 1 }");
        for (String role : List.of("teacher", "pupil", "")) {
            ReplayReport report = replay(more, logged(school, role(role)));
            assertThat(report.undecidable()).as(role).isZero();
            assertThat(report.newlyLeaving()).as(role).isEmpty();
            assertThat(report.changed()).as(role).isEqualTo(role.equals("teacher") ? 1 : 0);
        }
    }

    @Test
    void another_condition_on_a_header_that_is_not_logged_is_undecidable() {
        Policy guests = policy(TEACHERS.replace("\"teacher\"", "\"guest\""));
        Policy school = policy(TEACHERS);
        // Known: it was a teacher, and nobody; not known: who it was.
        assertThat(replay(guests, logged(school, role("teacher"))).undecidable())
                .isZero();
        assertThat(replay(guests, logged(school, role(""))).undecidable()).isZero();
        ReplayReport unknown = replay(guests, logged(school, role("guest")));
        assertThat(unknown.undecidable()).isEqualTo(1);
        assertThat(unknown.newlyLeaving()).containsExactly(new ReplayReport.Leaving("public: nothing found", 1, 1));
        // Whatever the header held, this does not let it out.
        Policy strict = policy(
                TEACHERS.replace("\"teacher\"", "\"guest\"") + "  - { id: all, when: 'true', pin: { tier: edge } }");
        assertThat(replay(strict, logged(school, role("guest"))).undecidable()).isZero();
        // A header that the policy of then did not list.
        assertThat(replay(school, logged(LOGGED, role("teacher"))).undecidable())
                .isEqualTo(1);
    }

    @Test
    void a_field_that_only_its_caller_knows_is_undecidable_for_who_looks_at_all_of_them() {
        LoggedDecision odd = logged(LOGGED, Map.of(), "made_up");
        Policy named = policy("rules: [{ id: n, when: '\"response_format\" in request.features', egress: deny }]");
        Policy other = policy("rules: [{ id: n, when: '\"made_up\" in request.features', egress: deny }]");
        Policy any = policy("rules: [{ id: n, when: 'size(request.features) > 0', egress: deny }]");
        assertThat(replay(named, odd).undecidable()).isZero();
        assertThat(replay(other, odd).undecidable()).isEqualTo(1);
        assertThat(replay(any, odd).undecidable()).isEqualTo(1);
        assertThat(replay(any, logged(LOGGED, Map.of())).undecidable()).isZero();
    }

    @Test
    void time_messages_language_and_what_is_left_of_the_money_are_those_of_then() {
        Policy night =
                policy("facts: { zone: Asia/Shanghai }\nrules: [{ id: n, when: 'time.hour >= 18', egress: deny }]");
        var at = new Situation(false, 0, 0.9, java.time.Instant.parse("2026-11-24T10:30:00Z"));
        RequestFacts asked = facts(LOGGED, Map.of(), Set.of()).with(role(""));
        Policy cloud = policy("prefer: { quality: 1 }");
        assertThat(replay(night, logged(cloud, asked, at)).moved())
                .containsExactly(new ReplayReport.Moved("cloud/b -> edge/a", 1));
        Policy chinese = policy(
                "prefer: { quality: 1 }\nrules: [{ id: n, when: 'request.language == \"zh\" && request.messages == 3', egress: deny }]");
        assertThat(replay(chinese, logged(cloud, asked, at)).moved())
                .containsExactly(new ReplayReport.Moved("cloud/b -> edge/a", 1));
    }

    @Test
    void a_log_of_an_earlier_version_has_no_messages_or_languages() {
        String old = line(logged(LOGGED, Map.of()))
                .replaceAll(",\"messages\":.*?\"maskable\":(true|false)", "")
                .replaceAll(",\"now\":\"[^\"]*\"", "");
        assertThat(old).doesNotContain("messages", "\"now\"");
        var replay = new Replay(policy("rules: [{ id: n, when: 'request.messages > 3', egress: deny }]"));
        replay.line("log", 1, old);
        assertThat(replay.report().undecidable()).isEqualTo(1);
        var same = new Replay(LOGGED);
        same.line("log", 1, old);
        assertThat(same.report().undecidable()).isZero();
    }

    @Test
    void what_the_detectors_of_then_did_not_look_for_is_unknown_under_a_policy_that_does() {
        Policy secretsAlone = policy("privacy: { detectors: [ secrets ] }\nprefer: { privacy: 1 }");
        var wider = new Replay(LOGGED);
        wider.add(logged(secretsAlone, Map.of()));
        assertThat(wider.report().undecidable()).isEqualTo(1);
        var same = new Replay(secretsAlone);
        same.add(logged(secretsAlone, Map.of()));
        assertThat(same.report().undecidable()).isZero();
    }

    @Test
    void a_policy_that_leaves_detectors_out_lets_what_they_found_leave() {
        ReplayReport report = replay(
                policy("privacy: { detectors: [ secrets ] }\nprefer: { privacy: 1 }"),
                logged(LOGGED, Map.of(FindingKind.CN_ID, 1)),
                logged(LOGGED, Map.of()));
        assertThat(report.newlyLeaving()).hasSize(1);
    }

    /** With an address that lies in a message's text. */
    private static LoggedDecision masked(Policy policy) {
        return logged(policy, Map.of(FindingKind.EMAIL, 1));
    }

    @Test
    void what_left_masked_may_leave_masked_again_and_not_readable() {
        assertThat(replay(LOGGED, masked(LOGGED)).newlyLeaving()).isEmpty();
        assertThat(replay(policy("privacy: { default-egress: { confidential: allow } }"), masked(LOGGED))
                        .newlyLeaving())
                .containsExactly(new ReplayReport.Leaving("confidential: email", 1, 0));
        assertThat(replay(policy("privacy: { levels: { email: internal } }"), masked(LOGGED))
                        .newlyLeaving())
                .hasSize(1);
        Policy stays = policy("privacy: { default-egress: { confidential: deny } }");
        assertThat(replay(LOGGED, masked(stays)).newlyLeaving()).hasSize(1);
    }

    @Test
    void what_an_earlier_version_logged_is_taken_for_unmaskable() {
        LoggedDecision before = masked(LOGGED);
        String old = line(before).replaceAll(",\"masked\":.*?\"maskable\":(true|false)", "");
        assertThat(old).doesNotContain("maskable", "fixed");
        Policy cloudFirst = policy("prefer: { quality: 1 }");
        var now = new Replay(cloudFirst);
        now.line("log", 1, line(before));
        assertThat(now.report().moved()).hasSize(1);
        var then = new Replay(cloudFirst);
        then.line("log", 1, old);
        assertThat(then.report().moved()).isEmpty();
        assertThat(then.report().newlyLeaving()).isEmpty();
    }

    private static LoggedDecision with(LoggedDecision record, String detectors, List<String> kinds) {
        LoggedFacts f = record.facts();
        return new LoggedDecision(
                record.v(),
                record.id(),
                record.at(),
                record.policy(),
                new LoggedFacts(
                        f.pin(),
                        f.sensitivity(),
                        f.asked(),
                        f.findings(),
                        detectors,
                        kinds,
                        f.promptTokens(),
                        f.outputTokens(),
                        f.outputBounded(),
                        f.choices(),
                        f.features(),
                        f.otherFeatures(),
                        f.stream(),
                        f.maxCostUsd(),
                        f.deadlineMs(),
                        f.messages(),
                        f.language(),
                        f.model(),
                        f.headers(),
                        f.absentHeaders(),
                        f.answers(),
                        f.custom(),
                        f.masked(),
                        f.fixed(),
                        f.maskable(),
                        f.values(),
                        f.subjects(),
                        f.tenant()),
                record.fleet(),
                record.moment(),
                record.decision(),
                record.outcome());
    }

    @Test
    void a_budget_takes_the_cloud_once_its_money_is_spent() {
        // 0.2 dollars at the worst (100 in, 50 out), 0.12 in fact: after four there is less left than a fifth may cost.
        Policy limited = policy("prefer: { quality: 1 }\ncost: { budget: { usd: 0.6, per: day } }");
        LoggedDecision one = logged(LOGGED, Map.of());
        ReplayReport report = replay(limited, one, one, one, one, one, one);
        assertThat(tier(report.after(), "cloud").requests()).isEqualTo(4);
        assertThat(report.budget().exhaustedAfter()).isEqualTo(2);
        assertThat(report.budget().usdPerDay()).isEqualTo(0.6);
    }

    @Test
    void a_line_holds_no_word_of_a_caller() {
        var record = logged(LOGGED, Map.of(), "tools", "my_secret_field");
        String line = new String(DecisionLines.write(record), StandardCharsets.UTF_8);
        assertThat(line).contains("\"tools\"", "\"other_features\":1").doesNotContain("my_secret_field");
    }

    @Test
    void what_is_no_line_of_ours_is_named_by_file_and_number_and_not_quoted() {
        String good = new String(DecisionLines.write(logged(LOGGED, Map.of())), StandardCharsets.UTF_8);
        for (String bad : List.of(
                "secret",
                "{}",
                "null",
                "{\"v\":1}",
                good.substring(0, good.length() / 2),
                good.replace("\"v\":1", "\"v\":2"),
                good.replace("\"ready\"", "\"secret\""),
                good.replace("\"at\":\"2026-11-24T10:00:00Z\"", "\"at\":\"\""),
                good.replaceFirst("\"now\":\"[^\"]*\"", "\"now\":\"the secret hour\""),
                good.replace("\"prompt_tokens\":100", "\"prompt_tokens\":\"secret\""))) {
            var replay = new Replay(LOGGED);
            assertThatThrownBy(() -> replay.line("some.jsonl", 7, bad))
                    .as(bad)
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessageStartingWith("some.jsonl line 7: ")
                    .hasMessageNotContaining("secret");
        }
    }
}
