package dev.fogline.policies;

import dev.fogline.policies.latency.LatencyEstimate;
import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/** Requests, fleets and situations of every kind. */
final class RandomCases {
    private static final List<String> FEATURES = List.of("tools", "image", "n", "logprobs");

    private RandomCases() {}

    static RequestFacts facts(Random random) {
        Pin pin = switch (random.nextInt(6)) {
            case 0 -> new Pin.ToTier(Tier.EDGE);
            case 1 -> new Pin.ToTier(Tier.CLOUD);
            case 2 -> new Pin.ToTarget("edge/t1");
            default -> new Pin.None();
        };
        return new RequestFacts(
                pin,
                Sensitivity.values()[random.nextInt(4)],
                findings(random),
                new RequestSize(
                        random.nextInt(4000), random.nextInt(2000), random.nextBoolean(), 1 + random.nextInt(3)),
                some(random),
                random.nextBoolean(),
                random.nextInt(4) == 0 ? Optional.of(random.nextDouble() * 0.02) : Optional.empty(),
                random.nextInt(3) == 0 ? OptionalLong.of(random.nextInt(5000)) : OptionalLong.empty(),
                new RequestDetails(
                        1 + random.nextInt(9),
                        Language.values()[random.nextInt(3)],
                        random.nextBoolean() ? "auto" : "gpt-x",
                        random.nextBoolean() ? Map.of("x-a", "b") : Map.of(),
                        Content.NOTHING.about(subjects(random)),
                        random.nextBoolean() ? "" : "ward"));
    }

    private static Set<Subject> subjects(Random random) {
        var subjects = EnumSet.noneOf(Subject.class);
        while (random.nextInt(3) == 0) {
            subjects.add(Subject.values()[random.nextInt(Subject.values().length)]);
        }
        return subjects;
    }

    static FleetSnapshot fleet(Random random) {
        var candidates = new ArrayList<Candidate>();
        int size = 1 + random.nextInt(5);
        for (int i = 0; i < size; i++) {
            Target target = new Target(
                    (random.nextBoolean() ? "edge/t" : "cloud/t") + i,
                    "m",
                    random.nextBoolean() ? Optional.of(new Price(1, 2, "test", "2026-01-01")) : Optional.empty(),
                    random.nextBoolean() ? Optional.of(random.nextBoolean() ? "eu" : "us") : Optional.empty(),
                    random.nextBoolean() ? Optional.of("mit") : Optional.empty());
            Availability availability = random.nextInt(3) > 0
                    ? Availability.READY
                    : Availability.values()[random.nextInt(Availability.values().length)];
            candidates.add(new Candidate(
                    target,
                    new TargetStatus(
                            availability,
                            random.nextInt(3) * 2048,
                            some(random),
                            random.nextDouble(),
                            latency(random),
                            0.25 + 3.75 * random.nextDouble())));
        }
        return new FleetSnapshot(candidates);
    }

    static Situation situation(Random random) {
        return new Situation(
                random.nextInt(4) == 0,
                random.nextDouble(),
                random.nextDouble() * random.nextDouble(),
                Instant.ofEpochSecond(random.nextInt(2_000_000_000)));
    }

    private static LatencyEstimate latency(Random random) {
        return random.nextInt(3) == 0
                ? LatencyEstimate.UNKNOWN
                : new LatencyEstimate(
                        Math.exp(random.nextDouble() * 10),
                        random.nextDouble(),
                        random.nextBoolean() ? Double.NaN : random.nextDouble() * 100,
                        random.nextInt(50),
                        random.nextInt(200_000));
    }

    private static Map<FindingKind, Integer> findings(Random random) {
        var findings = new EnumMap<FindingKind, Integer>(FindingKind.class);
        for (FindingKind kind : FindingKind.values()) {
            if (kind != FindingKind.DETECTOR_FAILURE && random.nextInt(4) == 0) {
                findings.put(kind, 1 + random.nextInt(3));
            }
        }
        return findings;
    }

    private static Set<String> some(Random random) {
        var some = new HashSet<String>();
        for (String feature : FEATURES) {
            if (random.nextInt(4) == 0) {
                some.add(feature);
            }
        }
        return some;
    }
}
