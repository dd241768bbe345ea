package dev.fogline.policies;

import java.util.OptionalDouble;

/**
 * The most that a request can cost at a target.
 *
 * @param maxOutputTokens the bound that a request without one gets where money is limited
 */
record WorstCase(int maxOutputTokens) {
    /** US dollars; 0 for an edge without a price, empty when nobody can say. */
    OptionalDouble usd(RequestFacts facts, Target target) {
        if (target.price().isEmpty()) {
            return target.tier() == Tier.EDGE ? OptionalDouble.of(0) : OptionalDouble.empty();
        }
        Price price = target.price().get();
        boolean uncountable = !facts.inputBounded() && price.atMost(1, 0) > 0;
        return uncountable
                ? OptionalDouble.empty()
                : OptionalDouble.of(price.atMost(facts.promptTokens(), outputTokens(facts)));
    }

    private long outputTokens(RequestFacts facts) {
        RequestSize size = facts.size();
        return (long) size.choices() * (size.outputBounded() ? size.outputTokens() : maxOutputTokens);
    }
}
