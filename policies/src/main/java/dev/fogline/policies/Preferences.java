package dev.fogline.policies;

import dev.fogline.policies.latency.LatencyEstimate;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The soft rules. */
final class Preferences {
    /** Only between equals; less than any weight that makes sense. */
    private static final double TIE = 1e-6;

    private Preferences() {}

    /** What holds where no policy says more. */
    static List<Preference> standard() {
        return List.of(new EdgeFirst(2), new ShortQueue(1));
    }

    static List<Preference> weighted(double privacy, double quality, double latency, double cost, WorstCase worstCase) {
        return Stream.<Preference>of(
                        new EdgeFirst(privacy), new Quality(quality), new Latency(latency), new Cost(cost, worstCase))
                .filter(preference -> preference.weight() > 0)
                .toList();
    }

    /** What breaks ties between targets that weights rank the same. */
    static Preference tie() {
        return new ShortQueue(TIE);
    }

    /** The nearest model first: fast, free and private. */
    record EdgeFirst(double weight) implements Preference {
        @Override
        public double score(Question question, Candidate candidate) {
            return candidate.target().tier() == Tier.EDGE ? 1 : 0;
        }
    }

    /** The larger model first: as long as answers are not judged, its tier is all that is known of a target's quality. */
    record Quality(double weight) implements Preference {
        @Override
        public double score(Question question, Candidate candidate) {
            return candidate.target().tier() == Tier.CLOUD ? 1 : 0;
        }
    }

    /** Between equals, the one with the shorter queue. */
    record ShortQueue(double weight) implements Preference {
        @Override
        public double score(Question question, Candidate candidate) {
            return 1 - candidate.status().queueFill();
        }
    }

    /**
     * The one that answers sooner: {@code 1 / (1 + t / reference)}, where t is the expected time to the first token of a
     * stream (reference 1 s), or to the end of an answer that is sent whole (reference 10 s). At the reference it is one
     * half, and so it is for a target of which nothing is known; few observations pull it there.
     */
    record Latency(double weight) implements Preference {
        private static final double FIRST_TOKEN_MS = 1_000;
        private static final double WHOLE_MS = 10_000;

        @Override
        public double score(Question question, Candidate candidate) {
            LatencyEstimate estimate = candidate.status().latency();
            if (Slowness.retried(question, estimate)) {
                return 1;
            }
            if (!estimate.known()) {
                return 0.5;
            }
            RequestFacts facts = question.facts();
            double fast = facts.stream()
                    ? 1 / (1 + estimate.ttftMs() / FIRST_TOKEN_MS)
                    : 1 / (1 + estimate.totalMs(facts.outputTokens()) / WHOLE_MS);
            return estimate.evidence() * fast + (1 - estimate.evidence()) * 0.5;
        }
    }

    /** The cheaper one: {@code 1 / (1 + cost of the longest answer / 0.001 USD)}; a price nobody knows scores 0. */
    record Cost(double weight, WorstCase worstCase) implements Preference {
        private static final double REFERENCE_USD = 0.001;

        @Override
        public double score(Question question, Candidate candidate) {
            OptionalDouble likely = worstCase.likelyUsd(
                    question.facts(), candidate.target(), candidate.status().tokenRatio());
            return likely.isPresent() ? 1 / (1 + likely.getAsDouble() / REFERENCE_USD) : 0;
        }
    }
}
