package dev.fogline.gateway.audit;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The last decisions, for looking one up by the id in a response header. A ring without an index: every request writes,
 * and somebody looks now and then. Its places are there from the start and are written over.
 */
public final class DecisionMemory {
    /** How many are kept. */
    public static final int KEPT = 1024;

    private final RememberedDecision[] ring =
            Stream.generate(RememberedDecision::new).limit(KEPT).toArray(RememberedDecision[]::new);
    private final AtomicInteger next = new AtomicInteger();
    private final Predicate<String> refused;

    /** @param refused whether some target refuses a feature at present */
    public DecisionMemory(Predicate<String> refused) {
        this.refused = refused;
    }

    /** The trace tells this memory itself how its exchange ends. */
    public void keep(DecisionTrace trace) {
        int number = next.getAndIncrement();
        place(number).decided(number, trace);
    }

    private RememberedDecision place(int number) {
        return ring[Math.floorMod(number, KEPT)];
    }

    /** The newest with this id: an exchange that is decided about again is there twice. */
    public Optional<ExchangeRecord> find(String id) {
        int newest = next.get() - 1;
        return Stream.iterate(newest, number -> number - 1)
                .limit(KEPT)
                .flatMap(number -> place(number).view(id, refused).stream())
                .findFirst();
    }
}
