package dev.fogline.policies;

import java.time.Instant;

/**
 * What a decision takes in beside the request and the fleet, so that the same input gives the same decision.
 *
 * @param budgetExhausted the budget of the policy is spent, or a reservation for this request failed
 * @param budgetPressure share of the budget that is spent or held back, from 0 to 1; 0 without a budget
 * @param draw a random number in [0, 1): a small one lets a target that was slow be tried again, see {@link Slowness}
 * @param now what conditions on the time see
 */
public record Situation(boolean budgetExhausted, double budgetPressure, double draw, Instant now) {
    /** Money is there, nothing slow is tried again, and it is the first of January 1970. */
    public static final Situation ORDINARY = new Situation(false, Math.nextDown(1.0));

    public Situation {
        if (!(draw >= 0 && draw < 1)) {
            throw new IllegalArgumentException("a draw is in [0, 1)");
        }
        if (!(budgetPressure >= 0 && budgetPressure <= 1)) {
            throw new IllegalArgumentException("a pressure is from 0 to 1");
        }
    }

    /** For whoever asks neither how much of the budget is left nor what time it is. */
    public Situation(boolean budgetExhausted, double draw) {
        this(budgetExhausted, budgetExhausted ? 1 : 0, draw, Instant.EPOCH);
    }

    /** The same at another time. */
    public Situation at(Instant then) {
        return new Situation(budgetExhausted, budgetPressure, draw, then);
    }

    /** The same moment, once the money ran out. */
    public Situation withoutBudget() {
        return new Situation(true, budgetPressure, draw, now);
    }
}
