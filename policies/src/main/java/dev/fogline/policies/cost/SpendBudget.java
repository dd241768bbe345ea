package dev.fogline.policies.cost;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What is spent in a day (UTC), in memory, for any number of threads. The limit comes with each question: it belongs to
 * the policy, which may change in the middle of a day, and what was spent until then stays spent.
 *
 * <p>{@code spent + reserved} never passes the limit by a reservation, so spending never passes it as long as each attempt
 * settles for at most what it reserved. What costs more than its worst case is counted in full all the same (the bill will
 * say so), is told as {@link #overrunUsd()}, and leaves that much less for the rest. A reservation that is open at
 * midnight counts for the new day: money is spent when it is settled.
 */
public final class SpendBudget {
    /** Sums are exact in billionths of a dollar; each amount is rounded up to one. */
    static final double NANOS = 1e9;

    /** No amount is larger; sums of such stay far from overflowing. */
    static final double MOST_USD = 1e6;

    private final InstantSource clock;
    private LocalDate day;
    private long spent;
    private long reserved;
    private long overrun;

    public SpendBudget(InstantSource clock) {
        this.clock = clock;
        this.day = today();
    }

    static long nanos(double usd) {
        if (!(usd >= 0 && usd <= MOST_USD)) {
            throw new IllegalArgumentException("an amount is from 0 to 1000000 US dollars");
        }
        return (long) Math.ceil(usd * NANOS);
    }

    /**
     * Holds money back for the worst that an attempt can cost; empty when there is not as much left of the day's limit.
     */
    public synchronized Optional<Reservation> reserve(double worstCaseUsd, double usdPerDay) {
        if (!(worstCaseUsd >= 0)) {
            throw new IllegalArgumentException("an amount is not negative");
        }
        turnDay();
        if (worstCaseUsd > MOST_USD || nanos(worstCaseUsd) > nanos(usdPerDay) - spent - reserved) {
            return Optional.empty();
        }
        reserved += nanos(worstCaseUsd);
        return Optional.of(new Reservation(this, nanos(worstCaseUsd)));
    }

    synchronized void settled(long held, long actual) {
        turnDay();
        reserved -= held;
        spent += actual;
        overrun += Math.max(0, actual - held);
    }

    synchronized void released(long held) {
        turnDay();
        reserved -= held;
    }

    /** What nobody held money back for, because no policy had a limit then; more than a million counts as a million. */
    public synchronized void spent(double usd) {
        turnDay();
        spent += nanos(Math.min(usd, MOST_USD));
    }

    /** Nothing is left that could be reserved now. */
    public synchronized boolean exhausted(double usdPerDay) {
        turnDay();
        return spent + reserved >= nanos(usdPerDay);
    }

    /** Share of the day's limit that is spent or held back, from 0 to 1. */
    public synchronized double pressure(double usdPerDay) {
        turnDay();
        long limit = nanos(usdPerDay);
        return limit == 0 ? 1 : Math.clamp((double) (spent + reserved) / limit, 0, 1);
    }

    /** Settled today. */
    public synchronized double spentUsd() {
        turnDay();
        return spent / NANOS;
    }

    /** Held back by attempts that have not ended. */
    public synchronized double reservedUsd() {
        return reserved / NANOS;
    }

    /** Settled today and held back. */
    public synchronized double committedUsd() {
        turnDay();
        return (spent + reserved) / NANOS;
    }

    /** By how much attempts of today cost more than was reserved for them. */
    public synchronized double overrunUsd() {
        turnDay();
        return overrun / NANOS;
    }

    /** Until the next day begins. */
    public Duration untilNextDay() {
        var now = clock.instant();
        return Duration.between(
                now, now.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1).atStartOfDay(ZoneOffset.UTC));
    }

    /** A clock that is set back does not give the day's money twice. */
    private void turnDay() {
        LocalDate today = today();
        if (today.isAfter(day)) {
            day = today;
            spent = 0;
            overrun = 0;
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
