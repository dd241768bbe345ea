package dev.fogline.policies;

import java.util.OptionalDouble;

/**
 * What a request costs at a target whose answer becomes as long as it may.
 *
 * @param maxOutputTokens the bound that a request without one gets where money is limited
 */
record WorstCase(int maxOutputTokens) {
    /**
     * The most that it can cost in US dollars; 0 for an edge without a price, empty when nobody can say. A target that counts
     * fewer tokens than estimated has done so for other texts, so only one that counts more changes it.
     */
    OptionalDouble usd(RequestFacts facts, Target target, double tokenRatio) {
        return cost(facts, target, Math.max(1, tokenRatio));
    }

    /** The same for comparing targets, with the tokens that it is likely to count. */
    OptionalDouble likelyUsd(RequestFacts facts, Target target, double tokenRatio) {
        return cost(facts, target, tokenRatio);
    }

    private OptionalDouble cost(RequestFacts facts, Target target, double tokenRatio) {
        if (target.price().isEmpty()) {
            return target.tier() == Tier.EDGE ? OptionalDouble.of(0) : OptionalDouble.empty();
        }
        Price price = target.price().get();
        boolean uncountable = !facts.inputBounded() && price.atMost(1, 0) > 0;
        return uncountable
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        price.atMost((long) Math.ceil(facts.promptTokens() * tokenRatio), outputTokens(facts)));
    }

    private long outputTokens(RequestFacts facts) {
        RequestSize size = facts.size();
        return (long) size.choices() * (size.outputBounded() ? size.outputTokens() : maxOutputTokens);
    }
}
