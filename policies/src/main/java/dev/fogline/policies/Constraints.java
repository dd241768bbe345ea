package dev.fogline.policies;

import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/** The hard rules. */
final class Constraints {
    private Constraints() {}

    /** The caller or a rule of the policy confined the plan. */
    record Pinned() implements Constraint {
        @Override
        public Reason reason() {
            return Reason.PINNED;
        }

        @Override
        public Optional<String> objection(Question question, Candidate candidate) {
            Pin pin = question.facts().pin();
            if (!pin.allows(candidate.target())) {
                return Optional.of("the request is pinned to " + pin.describe());
            }
            for (Rule rule : question.applied()) {
                if (rule.pin().isPresent() && !rule.pin().get().leaves(candidate.target())) {
                    return Optional.of("the rule '" + rule.id() + "' pins the request to "
                            + rule.pin().get().describe());
                }
            }
            return Optional.empty();
        }
    }

    /** A rule of the policy does not want this target for this request. */
    record Excluded() implements Constraint {
        @Override
        public Reason reason() {
            return Reason.PREFERENCE;
        }

        @Override
        public Optional<String> objection(Question question, Candidate candidate) {
            for (Rule rule : question.applied()) {
                if (rule.exclude().isPresent() && rule.exclude().get().removes(candidate.target())) {
                    return Optional.of("the rule '" + rule.id() + "' excludes it");
                }
            }
            return Optional.empty();
        }
    }

    /** What may not leave has no cloud target in its plan, so that no later step can send it there. */
    record Privacy() implements Constraint {
        @Override
        public Reason reason() {
            return Reason.PRIVACY;
        }

        @Override
        public Optional<String> objection(Question question, Candidate candidate) {
            if (candidate.target().tier() == Tier.EDGE) {
                return Optional.empty();
            }
            Rule rule = question.strictest();
            return switch (question.ruling().egress()) {
                case ALLOW -> Optional.empty();
                case PSEUDONYMISE ->
                    question.facts().masking().whole()
                            ? Optional.empty()
                            : Optional.of((rule == null
                                            ? "the request is "
                                                    + question.facts().sensitivity()
                                                    + " and may leave for the cloud only masked"
                                            : "the rule '" + rule.id()
                                                    + "' says that the request may leave for the cloud only masked")
                                    + ", and it cannot be masked whole");
                case DENY ->
                    Optional.of(
                            rule == null
                                    ? "the request is " + question.facts().sensitivity()
                                            + " and may not leave for the cloud"
                                    : "the rule '" + rule.id() + "' says that the request may not leave for the cloud");
            };
        }
    }

    /** Where money is limited, a target's worst case must be known and within the caller's limit. */
    record Cost(WorstCase worstCase, boolean hardBudget) implements Constraint {
        @Override
        public Reason reason() {
            return Reason.COST;
        }

        @Override
        public Optional<String> objection(Question question, Candidate candidate) {
            RequestFacts facts = question.facts();
            if (facts.maxCostUsd().isEmpty() && !hardBudget) {
                return Optional.empty();
            }
            String limit = facts.maxCostUsd().isPresent() ? "the request has a cost limit" : "there is a budget";
            OptionalDouble worst =
                    worstCase.usd(facts, candidate.target(), candidate.status().tokenRatio());
            if (worst.isEmpty()) {
                return Optional.of(limit
                        + (candidate.target().price().isEmpty()
                                ? ", and the price of this target is unknown"
                                : ", and nobody but this target can count the tokens of its parts"));
            }
            if (facts.maxCostUsd().isPresent()
                    && worst.getAsDouble() > facts.maxCostUsd().get()) {
                return Optional.of("it may cost " + dollars(worst.getAsDouble()) + ", more than the request's limit of "
                        + dollars(facts.maxCostUsd().get()));
            }
            return Optional.empty();
        }

        private static String dollars(double usd) {
            return String.format(Locale.ROOT, "%.6f USD", usd);
        }
    }

    /** Once the budget is spent, what may cost something waits for the next day. */
    record Budget(WorstCase worstCase) implements Constraint {
        @Override
        public Reason reason() {
            return Reason.BUDGET;
        }

        @Override
        public Optional<String> objection(Question question, Candidate candidate) {
            if (!question.situation().budgetExhausted() || candidate.target().tier() == Tier.EDGE) {
                return Optional.empty();
            }
            OptionalDouble worst = worstCase.usd(
                    question.facts(), candidate.target(), candidate.status().tokenRatio());
            return worst.isPresent() && worst.getAsDouble() == 0
                    ? Optional.empty()
                    : Optional.of("the budget of the day is spent");
        }
    }

    record Context() implements Constraint {
        @Override
        public Reason reason() {
            return Reason.CONTEXT;
        }

        @Override
        public Optional<String> objection(Question question, Candidate candidate) {
            RequestFacts facts = question.facts();
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
        public Optional<String> objection(Question question, Candidate candidate) {
            if (Collections.disjoint(
                    question.facts().features(), candidate.status().refuses())) {
                return Optional.empty();
            }
            var missing = new TreeSet<>(question.facts().features());
            missing.retainAll(candidate.status().refuses());
            return Optional.of("it cannot serve " + String.join(", ", missing));
        }
    }

    record Available() implements Constraint {
        @Override
        public Reason reason() {
            return Reason.AVAILABILITY;
        }

        @Override
        public Optional<String> objection(Question question, Candidate candidate) {
            Availability availability = candidate.status().availability();
            return availability == Availability.READY ? Optional.empty() : Optional.of(availability.sentence());
        }
    }
}
