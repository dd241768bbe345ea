package dev.fogline.policies;

/**
 * What a decision takes in beside the request and the fleet, so that the same input gives the same decision.
 *
 * @param budgetExhausted the budget of the policy is spent, or a reservation for this request failed
 * @param draw a random number in [0, 1): a small one lets a target that was slow be tried again, see {@link Slowness}
 */
public record Situation(boolean budgetExhausted, double draw) {
    /** Money is there, and nothing slow is tried again. */
    public static final Situation ORDINARY = new Situation(false, Math.nextDown(1.0));

    public Situation {
        if (!(draw >= 0 && draw < 1)) {
            throw new IllegalArgumentException("a draw is in [0, 1)");
        }
    }

    /** The same moment, once the money ran out. */
    public Situation withoutBudget() {
        return new Situation(true, draw);
    }
}
