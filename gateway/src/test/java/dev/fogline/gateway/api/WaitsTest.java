package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The clock is the test's; the timer only looks at it. */
class WaitsTest {
    private static final Duration LIMIT = Duration.ofMillis(5);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final AtomicLong clock = new AtomicLong(1_000);
    private final Waits waits = new Waits(vertx, LIMIT, clock::get);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void one_that_ended_is_never_late_and_ending_it_again_does_nothing() throws Exception {
        var never = new CompletableFuture<Void>();
        var running = new CompletableFuture<Void>();
        onLoop(() -> {
            Waits.Wait ended = waits.begin(() -> never.complete(null));
            waits.begin(() -> running.complete(null));
            ended.end();
            ended.end();
        });
        clock.addAndGet(LIMIT.toNanos());

        running.get(10, TimeUnit.SECONDS);
        assertThat(never).isNotDone();
    }

    @Test
    void one_is_late_when_its_own_limit_has_passed_and_not_before() throws Exception {
        var first = new CompletableFuture<Void>();
        var looked = new CompletableFuture<Void>();
        var second = new CompletableFuture<Void>();
        onLoop(() -> waits.begin(() -> first.complete(null)));
        clock.addAndGet(LIMIT.toNanos() - 1);
        onLoop(() -> {
            waits.begin(() -> second.complete(null));
            // Behind the watch's timer: it has looked when this runs.
            vertx.setTimer(4 * LIMIT.toMillis(), tick -> looked.complete(null));
        });
        looked.get(10, TimeUnit.SECONDS);
        assertThat(first).isNotDone();

        clock.addAndGet(1);
        first.get(10, TimeUnit.SECONDS);
        assertThat(second).isNotDone();

        clock.addAndGet(LIMIT.toNanos());
        second.get(10, TimeUnit.SECONDS);
    }

    @Test
    void one_that_begins_when_all_others_are_over_is_watched_too() throws Exception {
        for (int i = 0; i < 3; i++) {
            var late = new CompletableFuture<Void>();
            onLoop(() -> waits.begin(() -> late.complete(null)));
            clock.addAndGet(LIMIT.toNanos());
            late.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void whichever_ends_the_others_go_on() throws Exception {
        for (int ends = 0; ends < 4; ends++) {
            var late = new ArrayList<Integer>();
            var last = new CompletableFuture<Void>();
            int gone = ends;
            onLoop(() -> {
                var all = new ArrayList<Waits.Wait>();
                for (int i = 0; i < 4; i++) {
                    int number = i;
                    all.add(waits.begin(() -> late.add(number)));
                }
                all.get(gone).end();
                all.get(gone).end();
                waits.begin(() -> last.complete(null));
            });
            clock.addAndGet(LIMIT.toNanos());
            last.get(10, TimeUnit.SECONDS);

            assertThat(late)
                    .containsExactlyElementsOf(
                            Stream.of(0, 1, 2, 3).filter(i -> i != gone).toList());
        }
    }

    /** As a stream waits for its next event, again and again. */
    @Test
    void who_is_late_may_wait_once_more() throws Exception {
        var once = new CompletableFuture<Void>();
        var again = new CompletableFuture<Void>();
        onLoop(() -> waits.begin(() -> {
            waits.begin(() -> again.complete(null));
            once.complete(null);
        }));
        clock.addAndGet(LIMIT.toNanos());
        once.get(10, TimeUnit.SECONDS);
        assertThat(again).isNotDone();

        clock.addAndGet(LIMIT.toNanos());
        again.get(10, TimeUnit.SECONDS);
    }

    @Test
    void one_that_fails_when_it_is_late_stops_no_other_now_or_later() throws Exception {
        var same = new CompletableFuture<Void>();
        onLoop(() -> {
            waits.begin(() -> {
                throw new AssertionError("as a test has it");
            });
            waits.begin(() -> same.complete(null));
        });
        clock.addAndGet(LIMIT.toNanos());
        same.get(10, TimeUnit.SECONDS);

        var later = new CompletableFuture<Void>();
        onLoop(() -> waits.begin(() -> later.complete(null)));
        clock.addAndGet(LIMIT.toNanos());
        later.get(10, TimeUnit.SECONDS);
    }

    private void onLoop(Runnable what) throws Exception {
        var done = new CompletableFuture<Void>();
        context.runOnContext(turn -> {
            what.run();
            done.complete(null);
        });
        done.get(10, TimeUnit.SECONDS);
    }
}
