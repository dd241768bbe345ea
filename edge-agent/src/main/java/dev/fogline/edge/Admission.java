package dev.fogline.edge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The door in front of the engine's slots: so many run, so many wait in the order they came, one more is turned away.
 * The engine's own queue is never used, because it would still run the requests of callers that have left.
 *
 * <p>Any thread. A ticket's start is called outside the lock, in the thread that freed the slot or entered.
 */
final class Admission {
    private final int capacity;
    private final LongSupplier nanos;
    private final Deque<Ticket> waiting = new ArrayDeque<>();
    private int slots;
    private int running;

    /** One request's place: waiting, then running, then out. It gives its slot back once, however often it is told. */
    final class Ticket {
        private final Runnable start;
        private final long since;
        private Place place = Place.WAITING;

        private Ticket(Runnable start, long since) {
            this.start = start;
            this.since = since;
        }

        /** Done, or gone: leaves the queue or gives the slot back. */
        void leave() {
            Admission.this.leave(this);
        }
    }

    private enum Place {
        WAITING,
        RUNNING,
        OUT
    }

    /** @param oldestWaitMs of those that still wait; 0 when nobody does */
    record Load(int slots, int running, int waiting, int capacity, long oldestWaitMs) {}

    /** @param nanos a clock that never goes back, in nanoseconds */
    Admission(int slots, int capacity, LongSupplier nanos) {
        this.slots = slots;
        this.capacity = capacity;
        this.nanos = nanos;
    }

    /** A ticket whose start is called when a slot is free, perhaps before this returns; null when the queue is full. */
    @Nullable
    Ticket enter(Runnable start) {
        Ticket ticket = new Ticket(start, nanos.getAsLong());
        synchronized (this) {
            if (running >= slots && waiting.size() >= capacity) {
                return null;
            }
            waiting.addLast(ticket);
        }
        startNext();
        return ticket;
    }

    private void leave(Ticket ticket) {
        synchronized (this) {
            switch (ticket.place) {
                case WAITING -> waiting.remove(ticket);
                case RUNNING -> running--;
                case OUT -> {
                    return;
                }
            }
            ticket.place = Place.OUT;
        }
        startNext();
    }

    private void startNext() {
        while (true) {
            Ticket next;
            synchronized (this) {
                if (running >= slots || waiting.isEmpty()) {
                    return;
                }
                next = waiting.removeFirst();
                next.place = Place.RUNNING;
                running++;
            }
            next.start.run();
        }
    }

    /** An engine turned out to have another number of slots. Running work is not touched. */
    void slots(int number) {
        synchronized (this) {
            slots = number;
        }
        startNext();
    }

    synchronized Load load() {
        Ticket oldest = waiting.peekFirst();
        long wait = oldest == null ? 0 : (nanos.getAsLong() - oldest.since) / 1_000_000;
        return new Load(slots, running, waiting.size(), capacity, wait);
    }
}
