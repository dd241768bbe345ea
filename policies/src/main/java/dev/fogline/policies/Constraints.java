package dev.fogline.policies;

import java.util.Optional;
import java.util.TreeSet;

/** The hard rules that hold without any policy file. */
final class Constraints {
    private Constraints() {}

    /** The caller confined the plan. */
    record Pinned() implements Constraint {
        @Override
        public Reason reason() {
            return Reason.PINNED;
        }

        @Override
        public Optional<String> objection(RequestFacts facts, Candidate candidate) {
            return facts.pin().allows(candidate.target())
                    ? Optional.empty()
                    : Optional.of("the request is pinned to " + facts.pin().describe());
        }
    }

    /** What may not leave has no cloud target in its plan, so that no later step can send it there. */
    record Privacy() implements Constraint {
        @Override
        public Reason reason() {
            return Reason.PRIVACY;
        }

        @Override
        public Optional<String> objection(RequestFacts facts, Candidate candidate) {
            if (candidate.target().tier() == Tier.EDGE) {
                return Optional.empty();
            }
            return switch (facts.egress()) {
                case ALLOW -> Optional.empty();
                // Masking is not built: what may only leave masked does not leave.
                case PSEUDONYMISE, DENY ->
                    Optional.of("the request is " + facts.sensitivity() + " and may not leave for the cloud");
            };
        }
    }

    /** Until prices are counted, a caller's cost limit leaves only targets that are known to be free. */
    record Cost() implements Constraint {
        @Override
        public Reason reason() {
            return Reason.COST;
        }

        @Override
        public Optional<String> objection(RequestFacts facts, Candidate candidate) {
            if (facts.maxCostUsd().isEmpty() || candidate.target().tier() == Tier.EDGE) {
                return Optional.empty();
            }
            return Optional.of(
                    candidate.target().price().isPresent()
                            ? "the request has a cost limit, and this target has a price"
                            : "the request has a cost limit, and the price of this target is unknown");
        }
    }

    record Context() implements Constraint {
        @Override
        public Reason reason() {
            return Reason.CONTEXT;
        }

        @Override
        public Optional<String> objection(RequestFacts facts, Candidate candidate) {
            int context = candidate.status().contextTokens();
            long needed = (long) facts.promptTokens() + facts.outputTokens();
            if (context == 0 || needed <= context) {
                return Optional.empty();
            }
            return Optional.of("about " + facts.promptTokens() + " prompt tokens and " + facts.outputTokens()
                    + " for the answer do not fit its context of " + context);
        }
    }

    record Capability() implements Constraint {
        @Override
        public Reason reason() {
            return Reason.CAPABILITY;
        }

        @Override
        public Optional<String> objection(RequestFacts facts, Candidate candidate) {
            var missing = new TreeSet<>(facts.features());
            missing.retainAll(candidate.status().refuses());
            return missing.isEmpty() ? Optional.empty() : Optional.of("it cannot serve " + String.join(", ", missing));
        }
    }

    record Available() implements Constraint {
        @Override
        public Reason reason() {
            return Reason.AVAILABILITY;
        }

        @Override
        public Optional<String> objection(RequestFacts facts, Candidate candidate) {
            Availability availability = candidate.status().availability();
            return availability == Availability.READY ? Optional.empty() : Optional.of(availability.sentence());
        }
    }
}
