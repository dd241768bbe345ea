package dev.fogline.policies;

/**
 * The money that all requests together may spend in a day (UTC). It is hard: once it is spent, only the edge serves.
 *
 * @param usdPerDay US dollars
 */
public record BudgetRule(double usdPerDay) {
    public BudgetRule {
        if (!(usdPerDay >= 0 && usdPerDay <= 1e6)) {
            throw new IllegalArgumentException("a budget is from 0 to 1000000 US dollars");
        }
    }
}
