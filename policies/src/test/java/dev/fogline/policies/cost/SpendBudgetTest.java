package dev.fogline.policies.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.DoubleAdder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SpendBudgetTest {
    private static final double EXACT = 1e-6;

    private Instant now = Instant.parse("2026-11-23T23:00:00Z");

    @Test
    void what_is_reserved_is_not_given_twice() {
        var budget = new SpendBudget(() -> now);
        Reservation first = budget.reserve(0.7, 1).orElseThrow();
        assertThat(budget.reserve(0.4, 1)).isEmpty();
        assertThat(budget.reserve(0.3, 1)).isPresent();
        assertThat(budget.exhausted(1)).isTrue();
        first.settle(0.1);
        assertThat(budget.exhausted(1)).isFalse();
        assertThat(budget.spentUsd()).isEqualTo(0.1);
        assertThat(budget.reserve(0.6, 1)).isPresent();
    }

    @Test
    void a_reservation_ends_once() {
        var budget = new SpendBudget(() -> now);
        Reservation settled = budget.reserve(0.5, 1).orElseThrow();
        settled.settle(0.2);
        settled.settle(0.2);
        settled.release();
        Reservation released = budget.reserve(0.5, 1).orElseThrow();
        released.release();
        released.settle(0.4);
        assertThat(budget.spentUsd()).isEqualTo(0.2);
        assertThat(budget.reservedUsd()).isZero();
    }

    @Test
    void a_new_day_in_utc_brings_new_money_and_keeps_what_is_still_held() {
        var budget = new SpendBudget(() -> now);
        budget.reserve(0.6, 1).orElseThrow().settle(0.6);
        Reservation open = budget.reserve(0.4, 1).orElseThrow();
        assertThat(budget.untilNextDay()).isEqualTo(Duration.ofHours(1));
        now = now.plus(Duration.ofHours(1));
        assertThat(budget.spentUsd()).isZero();
        assertThat(budget.reserve(0.7, 1)).isEmpty();
        open.settle(0.3);
        assertThat(budget.spentUsd()).isEqualTo(0.3);
        assertThat(budget.reserve(0.7, 1)).isPresent();
    }

    @Test
    void a_clock_that_is_set_back_does_not_give_the_money_again() {
        var budget = new SpendBudget(() -> now);
        budget.reserve(1, 1).orElseThrow().settle(1);
        now = now.minus(Duration.ofDays(2));
        assertThat(budget.exhausted(1)).isTrue();
    }

    @Test
    void what_costs_more_than_its_worst_case_is_counted_in_full_and_told() {
        var budget = new SpendBudget(() -> now);
        budget.reserve(0.9, 1).orElseThrow().settle(1.5);
        assertThat(budget.spentUsd()).isEqualTo(1.5);
        assertThat(budget.overrunUsd()).isCloseTo(0.6, within(EXACT));
        assertThat(budget.exhausted(1)).isTrue();
        assertThat(budget.reserve(0, 1)).isEmpty();
    }

    @Test
    void another_limit_in_the_middle_of_the_day_counts_what_was_spent_under_the_first() {
        var budget = new SpendBudget(() -> now);
        budget.spent(0.1);
        budget.reserve(0.5, 1).orElseThrow().settle(0.5);
        assertThat(budget.exhausted(0.6)).isTrue();
        assertThat(budget.reserve(0.1, 0.6)).isEmpty();
        assertThat(budget.exhausted(2)).isFalse();
        assertThat(budget.reserve(1.4, 2)).isPresent();
    }

    @Test
    void amounts_that_are_none_are_refused() {
        var budget = new SpendBudget(() -> now);
        for (double usd : new double[] {-1, Double.NaN}) {
            assertThatThrownBy(() -> budget.reserve(usd, 1)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(budget.reserve(Double.POSITIVE_INFINITY, 1)).isEmpty();
        assertThat(budget.reservedUsd()).isZero();
    }

    @Property(tries = 500)
    void reserved_is_settled_plus_released_and_nothing_passes_the_limit(@ForAll long seed) {
        Random random = new Random(seed);
        double limit = random.nextDouble();
        var budget = new SpendBudget(() -> now);
        var open = new ArrayList<Reservation>();
        double reserved = 0;
        double ended = 0;
        for (int step = 0; step < 200; step++) {
            if (random.nextBoolean() || open.isEmpty()) {
                Optional<Reservation> reservation = budget.reserve(random.nextDouble() * 0.3, limit);
                reservation.ifPresent(open::add);
                reserved += reservation.map(Reservation::usd).orElse(0.0);
            } else {
                Reservation one = open.remove(random.nextInt(open.size()));
                ended += one.usd();
                if (random.nextBoolean()) {
                    one.settle(one.usd() * random.nextDouble());
                } else {
                    one.release();
                }
            }
            assertThat(budget.spentUsd() + budget.reservedUsd()).isLessThanOrEqualTo(limit + 1e-12);
            assertThat(budget.reservedUsd()).isCloseTo(reserved - ended, within(EXACT));
        }
    }

    @Test
    void sixty_four_threads_together_never_pass_the_limit() throws Exception {
        var budget = new SpendBudget(() -> now);
        var passed = new AtomicBoolean();
        var settled = new DoubleAdder();
        var start = new CountDownLatch(1);
        List<Future<?>> threads = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(64)) {
            for (int thread = 0; thread < 64; thread++) {
                Random random = new Random(thread);
                threads.add(pool.submit(() -> {
                    start.await();
                    for (int i = 0; i < 500; i++) {
                        var reservation = budget.reserve(random.nextDouble() * 0.01, 5);
                        if (budget.spentUsd() > 5 || budget.reservedUsd() > 5) {
                            passed.set(true);
                        }
                        reservation.ifPresent(one -> {
                            if (random.nextInt(3) == 0) {
                                one.release();
                            } else {
                                double actual = one.usd() * random.nextDouble();
                                one.settle(actual);
                                settled.add(actual);
                            }
                            one.settle(one.usd());
                        });
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> thread : threads) {
                thread.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(passed).isFalse();
        assertThat(budget.reservedUsd()).isZero();
        assertThat(budget.spentUsd()).isCloseTo(settled.sum(), within(1e-3)).isLessThanOrEqualTo(5);
        assertThat(budget.reserve(0.01, 5)).isEmpty();
    }
}
