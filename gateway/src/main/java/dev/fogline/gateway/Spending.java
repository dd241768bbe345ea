package dev.fogline.gateway;

import dev.fogline.gateway.audit.GatewayMetrics;
import dev.fogline.gateway.upstream.UpstreamFailure;
import dev.fogline.policies.Policy;
import dev.fogline.policies.Price;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.Target;
import dev.fogline.policies.Tier;
import dev.fogline.policies.Usage;
import dev.fogline.policies.cost.Reservation;
import dev.fogline.policies.cost.SpendBudget;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The money rules: before an attempt the worst that it can cost is held back, afterwards what it did cost is settled. A
 * hold is given back only if nothing was sent upstream; after that even a cancelled attempt costs its prompt and what came
 * of the answer.
 */
final class Spending {
    private final Policy policy;
    private final @Nullable SpendBudget budget;
    private final @Nullable Price reference;
    private final GatewayMetrics metrics;

    /** @param targets the first cloud among them that has a price is what everything is compared with */
    Spending(Policy policy, Collection<Target> targets, InstantSource clock, GatewayMetrics metrics) {
        this.policy = policy;
        this.budget = policy.budget()
                .map(rule -> new SpendBudget(rule.usdPerDay(), clock))
                .orElse(null);
        this.reference = targets.stream()
                .filter(target -> target.tier() == Tier.CLOUD)
                .flatMap(target -> target.price().stream())
                .findFirst()
                .orElse(null);
        this.metrics = metrics;
        if (budget != null) {
            metrics.budget("day", budget::limitUsd, budget::spentUsd, budget::reservedUsd);
        }
    }

    boolean exhausted() {
        return budget != null && budget.exhausted();
    }

    /** Share of the budget that is spent or held back, from 0 to 1. */
    double pressure() {
        return budget == null ? 0 : budget.pressure();
    }

    /** Seconds until there is money again. */
    OptionalInt untilNextDay() {
        return budget == null
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.max(1, budget.untilNextDay().toSeconds()));
    }

    /** Holds back the worst that an attempt at the target can cost; empty when there is not as much left. */
    Optional<Hold> hold(RequestFacts facts, Target target) {
        if (budget == null) {
            return Optional.of(new Hold(facts, target, null, 0));
        }
        OptionalDouble worst = policy.routing().worstCaseUsd(facts, target);
        if (worst.isEmpty()) {
            return Optional.empty();
        }
        return budget.reserve(worst.getAsDouble())
                .map(reservation -> new Hold(facts, target, reservation, worst.getAsDouble()));
    }

    /** Money held back for one attempt; the first of its ends counts. */
    final class Hold {
        private final RequestFacts facts;
        private final Target target;
        private final @Nullable Reservation reservation;
        private final double worst;

        private Hold(RequestFacts facts, Target target, @Nullable Reservation reservation, double worst) {
            this.facts = facts;
            this.target = target;
            this.reservation = reservation;
            this.worst = worst;
        }

        /** The attempt failed before its answer was committed. */
        void failed(UpstreamFailure failure) {
            switch (failure) {
                case UpstreamFailure.Full full -> release();
                case UpstreamFailure.Refused refused -> {
                    if (refused.sent()) {
                        settle(0);
                    } else {
                        release();
                    }
                }
                // It says that it did no work.
                case UpstreamFailure.BadStatus status -> settle(0);
                case UpstreamFailure.Rejected rejected -> settle(0);
                case UpstreamFailure.RateLimited limited -> settle(0);
                // It may have read the prompt and be writing still.
                case UpstreamFailure.Late late -> cut(0);
                case UpstreamFailure.Reset reset -> cut(0);
                case UpstreamFailure.Foreign foreign -> cut(0);
                case UpstreamFailure.Cancelled cancelled -> cut(0);
            }
        }

        /**
         * The answer is over.
         *
         * @return US dollars, empty for a cloud whose price is unknown
         */
        OptionalDouble used(Usage usage) {
            if (reference != null) {
                metrics.referenceCost(target, reference.cost(usage));
            }
            OptionalDouble cost = cost(usage);
            settle(cost.orElse(worst));
            return count(cost);
        }

        /** The answer ended without telling its usage: its prompt and the tokens that were seen count. */
        OptionalDouble cut(long tokensSeen) {
            OptionalDouble cost = cost(new Usage(facts.promptTokens(), tokensSeen));
            settle(cost.orElse(worst));
            return count(cost);
        }

        private OptionalDouble cost(Usage usage) {
            if (target.price().isPresent()) {
                return OptionalDouble.of(target.price().get().cost(usage));
            }
            return target.tier() == Tier.EDGE ? OptionalDouble.of(0) : OptionalDouble.empty();
        }

        private OptionalDouble count(OptionalDouble cost) {
            cost.ifPresentOrElse(usd -> metrics.cost(target, usd), () -> metrics.priceUnknown(target));
            return cost;
        }

        private void settle(double usd) {
            if (reservation != null) {
                reservation.settle(usd);
            }
        }

        private void release() {
            if (reservation != null) {
                reservation.release();
            }
        }
    }
}
