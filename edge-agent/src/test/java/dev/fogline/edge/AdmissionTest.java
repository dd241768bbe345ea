package dev.fogline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final AtomicLong clock = new AtomicLong();

    /** Steps: 0 enters, another number lets the one at that place leave, whether it runs, waits or has left. */
    @Property
    void never_more_run_than_there_are_slots_nor_wait_than_allowed_and_all_start_in_order(
            @ForAll @IntRange(min = 1, max = 4) int slots,
            @ForAll @IntRange(min = 0, max = 5) int capacity,
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 30) Integer> steps) {
        Admission admission = new Admission(slots, capacity, clock::get);
        List<Admission.Ticket> tickets = new ArrayList<>();
        List<Integer> started = new ArrayList<>();
        for (int step : steps) {
            if (step == 0) {
                int number = tickets.size();
                boolean full =
                        admission.load().running() == slots && admission.load().waiting() == capacity;
                Admission.Ticket ticket = admission.enter(() -> started.add(number));
                assertThat(ticket == null).isEqualTo(full);
                if (ticket != null) {
                    tickets.add(ticket);
                }
            } else if (step <= tickets.size()) {
                tickets.get(step - 1).leave();
            }
            assertThat(admission.load().running()).isBetween(0, slots);
            assertThat(admission.load().waiting()).isBetween(0, capacity);
        }
        assertThat(started).isSorted();
        tickets.forEach(Admission.Ticket::leave);
        assertThat(admission.load().running()).isZero();
        assertThat(admission.load().waiting()).isZero();
    }

    @Test
    void one_that_left_while_it_waited_never_starts() {
        Admission admission = new Admission(1, 2, clock::get);
        List<String> started = new ArrayList<>();
        Admission.Ticket first = enter(admission, () -> started.add("first"));
        Admission.Ticket second = enter(admission, () -> started.add("second"));
        enter(admission, () -> started.add("third"));

        second.leave();
        first.leave();

        assertThat(started).containsExactly("first", "third");
    }

    @Test
    void leaving_twice_gives_one_slot_back() {
        Admission admission = new Admission(1, 3, clock::get);
        Admission.Ticket first = enter(admission, () -> {});
        enter(admission, () -> {});
        enter(admission, () -> {});

        first.leave();
        first.leave();

        assertThat(admission.load().running()).isEqualTo(1);
        assertThat(admission.load().waiting()).isEqualTo(1);
    }

    @Test
    void the_oldest_wait_is_that_of_the_first_in_the_queue() {
        Admission admission = new Admission(1, 3, clock::get);
        Admission.Ticket running = enter(admission, () -> {});
        clock.set(1_000_000);
        Admission.Ticket oldest = enter(admission, () -> {});
        clock.set(5_000_000);
        enter(admission, () -> {});
        assertThat(admission.load().oldestWaitMs()).isEqualTo(4);

        oldest.leave();
        assertThat(admission.load().oldestWaitMs()).isZero();

        running.leave();
        assertThat(admission.load().oldestWaitMs()).isZero();
    }

    private static Admission.Ticket enter(Admission admission, Runnable start) {
        Admission.Ticket ticket = admission.enter(start);
        assertThat(ticket).isNotNull();
        return java.util.Objects.requireNonNull(ticket);
    }
}
