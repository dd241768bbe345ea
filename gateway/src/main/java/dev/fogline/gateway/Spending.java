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
import dev.fogline.policies.cost.TokenRatio;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
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
    private final SpendBudget day;
    private final @Nullable Price reference;
    private final GatewayMetrics metrics;
    private final Map<String, TokenRatio> tokenRatios = new HashMap<>();

    /** @param targets the first cloud among them that has a price is what everything is compared with */
    Spending(Collection<Target> targets, InstantSource clock, GatewayMetrics metrics) {
        this.day = new SpendBudget(clock);
        this.reference = targets.stream()
                .filter(target -> target.tier() == Tier.CLOUD)
                .flatMap(target -> target.price().stream())
                .findFirst()
                .orElse(null);
        this.metrics = metrics;
        targets.forEach(target -> tokenRatios.put(target.id(), new TokenRatio()));
    }

    /** Shows the budget of the policy that is in force from now on. What was spent today stays spent. */
    void show(Policy inForce) {
        inForce.budget()
                .ifPresentOrElse(
                        rule -> metrics.budget("day", rule.usdPerDay(), day::spentUsd, day::reservedUsd),
                        () -> metrics.noBudget("day"));
    }

    boolean exhausted(Policy policy) {
        return policy.budget().isPresent()
                && day.exhausted(policy.budget().get().usdPerDay());
    }

    /** Spent and held back of the day until now. */
    double committedUsd() {
        return day.committedUsd();
    }

    /** Share of the policy's budget that is spent or held back, from 0 to 1; 0 without one. */
    double pressure(Policy policy) {
        return policy.budget().isEmpty()
                ? 0
                : day.pressure(policy.budget().get().usdPerDay());
    }

    /** Seconds until there is money again. */
    OptionalInt untilNextDay(Policy policy) {
        return policy.budget().isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.max(1, day.untilNextDay().toSeconds()));
    }

    /** Input tokens that the target counts for each that is estimated. */
    double tokenRatio(Target target) {
        return ratio(target).value();
    }

    private TokenRatio ratio(Target target) {
        return Objects.requireNonNull(tokenRatios.get(target.id()), "a plan holds configured targets only");
    }

    /**
     * Holds back the worst that an attempt at the target can cost; empty when there is not as much left.
     *
     * @param policy the one that the exchange was decided under
     */
    Optional<Hold> hold(Policy policy, RequestFacts facts, Target target) {
        double tokenRatio = tokenRatio(target);
        if (policy.budget().isEmpty()) {
            return Optional.of(new Hold(facts, target, null, 0, tokenRatio));
        }
        OptionalDouble worst = policy.routing().worstCaseUsd(facts, target, tokenRatio);
        if (worst.isEmpty()) {
            return Optional.empty();
        }
        Optional<Reservation> held =
                day.reserve(worst.getAsDouble(), policy.budget().get().usdPerDay());
        // At the limit, and past it where a new policy has lowered it, the edge and what is free serve on.
        boolean serves = held.isPresent() || target.tier() == Tier.EDGE || worst.getAsDouble() == 0;
        return serves
                ? Optional.of(new Hold(facts, target, held.orElse(null), worst.getAsDouble(), tokenRatio))
                : Optional.empty();
    }

    /** Money held back for one attempt; the first of its ends counts. */
    final class Hold {
        private final RequestFacts facts;
        private final Target target;
        private final @Nullable Reservation reservation;
        private final double worst;
        /** As it was when the money was held back, so that an answer without usage never costs more than that. */
        private final double tokenRatio;

        private boolean settled;

        private Hold(
                RequestFacts facts, Target target, @Nullable Reservation reservation, double worst, double tokenRatio) {
            this.facts = facts;
            this.target = target;
            this.reservation = reservation;
            this.worst = worst;
            this.tokenRatio = tokenRatio;
        }

        /** The attempt failed before its answer was committed. */
        void failed(UpstreamFailure failure) {
            switch (failure) {
                case UpstreamFailure.Full full -> release();
                case UpstreamFailure.Unmasked unmasked -> release();
                case UpstreamFailure.Unaudited unaudited -> release();
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
            if (facts.inputBounded()) {
                ratio(target).saw(facts.promptTokens(), usage.inputTokens());
            }
            if (reference != null) {
                metrics.referenceCost(target, reference.cost(usage));
            }
            OptionalDouble cost = cost(usage);
            settle(cost.orElse(worst));
            return count(cost);
        }

        /** The answer ended without telling its usage: its prompt as the target counts and the tokens that were seen. */
        OptionalDouble cut(long tokensSeen) {
            long promptTokens = Math.round(facts.promptTokens() * tokenRatio);
            OptionalDouble cost = cost(new Usage(promptTokens, tokensSeen));
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
            } else if (!settled) {
                // A budget that comes later in the day finds what was spent before it.
                settled = true;
                day.spent(usd);
            }
        }

        private void release() {
            if (reservation != null) {
                reservation.release();
            }
        }
    }
}
