package dev.fogline.policies;

import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A case of a {@link CaseGrid} in the making: what is not set is as it mostly is. */
final class CaseDraft {
    private static final LocalDate MONDAY = LocalDate.of(2024, 1, 1);

    int tokens = 50;
    Map<FindingKind, Integer> findings = Map.of();
    Set<Subject> subjects = Set.of();
    Sensitivity said = Sensitivity.PUBLIC;
    final Set<String> features = new TreeSet<>();
    boolean stream;
    Pin pin = new Pin.None();
    int messages = 1;
    String model = "auto";
    String tenant = "";
    Language language = Language.EN;
    final Map<String, String> headers = new TreeMap<>();
    OptionalLong deadlineMs = OptionalLong.empty();
    boolean exhausted;
    double pressure;
    int hour = 12;
    int weekday = 1;
    boolean edgeReady = true;
    boolean cloudReady = true;
    double edgeQueue;
    final Set<String> alsoReady = new TreeSet<>();

    FleetSnapshot fleet() {
        var candidates = new ArrayList<Candidate>();
        candidates.add(candidate("edge/some", edgeReady, edgeQueue));
        candidates.add(candidate("cloud/some", cloudReady, 0));
        alsoReady.forEach(id -> candidates.add(candidate(id, true, id.startsWith("edge/") ? edgeQueue : 0)));
        return new FleetSnapshot(candidates);
    }

    private static Candidate candidate(String id, boolean ready, double queue) {
        return new Candidate(
                new Target(id, "some", Optional.empty()),
                new TargetStatus(ready ? Availability.READY : Availability.NOT_READY, 0, Set.of(), queue));
    }

    Situation situation(ZoneId zone) {
        return new Situation(exhausted, pressure, Situation.ORDINARY.draw(), instant(weekday, hour, zone));
    }

    RequestFacts facts(SensitivityLevels levels) {
        Content content = Content.of(findings).about(subjects);
        return new RequestFacts(
                pin,
                levels.of(content).max(said),
                findings,
                new RequestSize(tokens, 256, false, 1),
                features,
                stream,
                Optional.empty(),
                deadlineMs,
                new RequestDetails(messages, language, model, headers, content, tenant));
    }

    /** One with that hour and that day of the week (1 for Monday) there. */
    static Instant instant(int weekday, int hour, ZoneId zone) {
        return MONDAY.plusDays(weekday - 1L).atTime(hour, 0).atZone(zone).toInstant();
    }
}
