package dev.fogline.policies.evaluation;

import dev.fogline.policies.Availability;
import dev.fogline.policies.Candidate;
import dev.fogline.policies.Decision;
import dev.fogline.policies.Egress;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Language;
import dev.fogline.policies.Pin;
import dev.fogline.policies.Policy;
import dev.fogline.policies.Reason;
import dev.fogline.policies.RequestDetails;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.RequestSize;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Situation;
import dev.fogline.policies.Target;
import dev.fogline.policies.TargetStatus;
import dev.fogline.policies.evaluation.Outcome.Share;
import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.Subject;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a policy makes of rows, each taken for the whole of a request of one message: how private they are, what they are
 * about, and what becomes of them where an edge and a cloud take requests.
 */
final class Fates {
    private static final String CLOUD = "cloud/some";
    private static final FleetSnapshot FLEET = new FleetSnapshot(List.of(ready("edge/some"), ready(CLOUD)));

    private final Policy policy;
    private final Map<Sensitivity, Integer> levels = new EnumMap<>(Sensitivity.class);
    private final Map<Subject, Integer> subjects = new EnumMap<>(Subject.class);
    private int rows;
    private int stay;
    private int masked;

    Fates(Policy policy) {
        this.policy = policy;
    }

    private static Candidate ready(String id) {
        return new Candidate(
                new Target(id, "some", Optional.empty()), new TargetStatus(Availability.READY, 0, Set.of(), 0));
    }

    /** @param language of the row */
    void add(Content content, Language language) {
        rows++;
        Sensitivity level = policy.levels().of(content);
        levels.merge(level, 1, Integer::sum);
        content.subjects().forEach(subject -> subjects.merge(subject, 1, Integer::sum));
        var facts = new RequestFacts(
                new Pin.None(),
                level,
                content.findings(),
                new RequestSize(50, 50, true, 1),
                Set.of(),
                false,
                Optional.empty(),
                OptionalLong.empty(),
                new RequestDetails(1, language, "auto", Map.of(), content, ""),
                policy.mask().of(policy.levels(), content, Set.of(), Optional.empty(), Set.of()));
        Decision decision = policy.routing().decide(facts, FLEET, Situation.ORDINARY);
        if (decision.objections().stream()
                .anyMatch(one -> one.target().equals(CLOUD) && one.reason() == Reason.PRIVACY)) {
            stay++;
        } else if (decision.ruling().egress() == Egress.PSEUDONYMISE) {
            masked++;
        }
    }

    Map<String, Share> levels() {
        var shares = new TreeMap<String, Share>();
        levels.forEach((level, count) -> shares.put(level.name().toLowerCase(Locale.ROOT), share(count)));
        return shares;
    }

    Map<String, Share> subjects() {
        var shares = new TreeMap<String, Share>();
        subjects.forEach((subject, count) -> shares.put(subject.id(), share(count)));
        return shares;
    }

    Share keptAtTheEdge() {
        return share(stay);
    }

    Share leaveMasked() {
        return share(masked);
    }

    private Share share(int count) {
        return Share.of(count, rows);
    }
}
