package dev.fogline.policies.cost;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What may be spent in a day (UTC), in memory, for any number of threads.
 *
 * <p>{@code spent + reserved} never passes the limit by a reservation, so spending never passes it as long as each attempt
 * settles for at most what it reserved. What costs more than its worst case is counted in full all the same (the bill will
 * say so), is told as {@link #overrunUsd()}, and leaves that much less for the rest. A reservation that is open at
 * midnight counts for the new day: money is spent when it is settled.
 */
public final class SpendBudget {
    /** Sums are exact in billionths of a dollar; each amount is rounded up to one. */
    static final double NANOS = 1e9;

    private final long limit;
    private final InstantSource clock;
    private LocalDate day;
    private long spent;
    private long reserved;
    private long overrun;

    public SpendBudget(double usdPerDay, InstantSource clock) {
        this.limit = nanos(usdPerDay);
        this.clock = clock;
        this.day = today();
    }

    static long nanos(double usd) {
        if (!(usd >= 0 && usd <= 1e6)) {
            throw new IllegalArgumentException("an amount is from 0 to 1000000 US dollars");
        }
        return (long) Math.ceil(usd * NANOS);
    }

    /** Holds money back for the worst that an attempt can cost; empty when there is not as much left. */
    public synchronized Optional<Reservation> reserve(double worstCaseUsd) {
        if (!(worstCaseUsd >= 0)) {
            throw new IllegalArgumentException("an amount is not negative");
        }
        turnDay();
        if (worstCaseUsd > 1e6 || nanos(worstCaseUsd) > limit - spent - reserved) {
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

    /** Nothing is left that could be reserved now. */
    public synchronized boolean exhausted() {
        turnDay();
        return spent + reserved >= limit;
    }

    /** Share of the limit that is spent or held back, from 0 to 1. */
    public synchronized double pressure() {
        turnDay();
        return limit == 0 ? 1 : Math.clamp((double) (spent + reserved) / limit, 0, 1);
    }

    public double limitUsd() {
        return limit / NANOS;
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
