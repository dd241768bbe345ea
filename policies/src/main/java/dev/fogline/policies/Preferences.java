package dev.fogline.policies;

/** The soft rules that hold without any policy file. */
final class Preferences {
    private Preferences() {}

    /** The nearest model first: fast, free and private. */
    record EdgeFirst(double weight) implements Preference {
        @Override
        public double score(RequestFacts facts, Candidate candidate) {
            return candidate.target().tier() == Tier.EDGE ? 1 : 0;
        }
    }

    /** Between equals, the one with the shorter queue. */
    record ShortQueue(double weight) implements Preference {
        @Override
        public double score(RequestFacts facts, Candidate candidate) {
            return 1 - candidate.status().queueFill();
        }
    }
}
