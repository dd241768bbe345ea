package dev.fogline.policies.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Availability;
import dev.fogline.policies.Candidate;
import dev.fogline.policies.Decision;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Language;
import dev.fogline.policies.Pin;
import dev.fogline.policies.Policy;
import dev.fogline.policies.RequestDetails;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.RequestSize;
import dev.fogline.policies.Situation;
import dev.fogline.policies.Target;
import dev.fogline.policies.TargetStatus;
import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a log says of what requests were about, of their values and of who asked, under another policy. */
class ReplaySubjectsTest {
    private static final Policy USUAL = policy("prefer: { privacy: 1 }");
    private static final Policy WITHOUT = policy("privacy: { detectors: [pii-en, pii-zh, secrets] }");
    private static final Content HEALTH = Content.NOTHING.about(Set.of(Subject.HEALTH));
    private static final FleetSnapshot FLEET = new FleetSnapshot(List.of(ready("edge/a"), ready("cloud/b")));

    private static Candidate ready(String id) {
        return new Candidate(
                new Target(id, "m", Optional.empty()), new TargetStatus(Availability.READY, 0, Set.of(), 0));
    }

    private static Policy policy(String rest) {
        return Policy.load("p", "version: 1\nname: p\n" + rest + "\n");
    }

    private static String logged(Policy policy, Content content, String tenant) {
        var facts = new RequestFacts(
                new Pin.None(),
                policy.levels().of(content),
                content.findings(),
                new RequestSize(100, 50, true, 1),
                Set.of(),
                false,
                Optional.empty(),
                OptionalLong.empty(),
                new RequestDetails(1, Language.EN, "auto", Map.of(), content, tenant),
                policy.mask().of(policy.levels(), content, Set.of(), Optional.empty(), Set.of()));
        Decision decision = policy.routing().decide(facts, FLEET, Situation.ORDINARY);
        return new String(
                DecisionLines.write(new LoggedDecision(
                        LoggedDecision.VERSION,
                        "id",
                        "2026-11-24T10:00:00Z",
                        policy.revision(),
                        LoggedFacts.of(
                                facts, Optional.empty(), PolicyWords.of(policy), decision.ruling(), word -> false),
                        LoggedDecision.fleet(FLEET),
                        LoggedDecision.Moment.of(Situation.ORDINARY, 0),
                        LoggedDecision.made(decision),
                        null)),
                StandardCharsets.UTF_8);
    }

    private static ReplayReport replay(Policy candidate, String line) {
        var replay = new Replay(candidate);
        replay.line("log", 1, line);
        return replay.report();
    }

    @Test
    void what_it_was_about_is_in_the_log_and_decides_again() {
        String line = logged(USUAL, HEALTH, "");
        assertThat(line).contains("\"subjects\":[\"health\"]");
        assertThat(replay(USUAL, line).changed()).isZero();
        assertThat(replay(USUAL, line).newlyLeaving()).isEmpty();
    }

    @Test
    void a_policy_that_lets_a_subject_out_lets_it_newly_leave() {
        ReplayReport report = replay(policy("privacy: { subjects: { health: public } }"), logged(USUAL, HEALTH, ""));
        assertThat(report.newlyLeaving())
                .extracting(ReplayReport.Leaving::requests)
                .containsExactly(1L);
        assertThat(report.newlyLeaving().getFirst().requestClass())
                .isEqualTo("confidential: nothing found, about health");
        assertThat(replay(WITHOUT, logged(USUAL, HEALTH, "")).newlyLeaving()).hasSize(1);
    }

    @Test
    void where_nobody_told_subjects_a_policy_that_goes_by_them_cannot_be_decided() {
        String line = logged(WITHOUT, Content.NOTHING, "");
        assertThat(replay(USUAL, line).undecidable()).isEqualTo(1);
        assertThat(replay(WITHOUT, line).undecidable()).isZero();
        assertThat(replay(
                                policy(
                                        "privacy: { subjects: { health: public, law: public, minors: public, pay: public,"
                                                + " credentials: public } }"),
                                line)
                        .undecidable())
                .isZero();
    }

    @Test
    void a_list_of_people_is_told_by_its_values() {
        Content repeated = new Content(Map.of(FindingKind.EMAIL, 40), Map.of(FindingKind.EMAIL, 2), Map.of(), Set.of());
        Policy letting = policy("privacy: { default-egress: { confidential: allow } }");
        assertThat(replay(letting, logged(letting, repeated, "")).changed()).isZero();
        assertThat(replay(
                                policy("privacy: { combinations: [ { id: two, values: 2, level: restricted } ] }"),
                                logged(letting, repeated, ""))
                        .changed())
                .isEqualTo(1);
    }

    @Test
    void whose_key_it_was_is_in_the_log() {
        Policy ward = policy("rules: [ { id: w, when: tenant.name == 'ward', egress: deny } ]");
        String line = logged(USUAL, Content.NOTHING, "ward");
        assertThat(replay(ward, line).changed()).isEqualTo(1);
        assertThat(replay(ward, logged(USUAL, Content.NOTHING, "shop")).changed())
                .isZero();
        ReplayReport older = replay(ward, line.replace(",\"tenant\":\"ward\"", ""));
        assertThat(older.undecidable()).isEqualTo(1);
    }
}
