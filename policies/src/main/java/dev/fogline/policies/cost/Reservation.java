package dev.fogline.policies.cost;

import java.util.concurrent.atomic.AtomicBoolean;

/** Money held back for one attempt. It ends once, by one of two calls; any later call changes nothing. */
public final class Reservation {
    private final SpendBudget budget;
    private final long nanos;
    private final AtomicBoolean ended = new AtomicBoolean();

    Reservation(SpendBudget budget, long nanos) {
        this.budget = budget;
        this.nanos = nanos;
    }

    /** US dollars held back. */
    public double usd() {
        return nanos / SpendBudget.NANOS;
    }

    /** Something was sent upstream, and this is what it cost; more than a million US dollars count as a million. */
    public void settle(double actualUsd) {
        long actual = SpendBudget.nanos(Math.min(actualUsd, SpendBudget.MOST_USD));
        if (ended.compareAndSet(false, true)) {
            budget.settled(nanos, actual);
        }
    }

    /** Nothing was sent upstream. */
    public void release() {
        if (ended.compareAndSet(false, true)) {
            budget.released(nanos);
        }
    }
}
