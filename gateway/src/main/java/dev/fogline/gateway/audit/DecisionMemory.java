package dev.fogline.gateway.audit;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * The last decisions, for looking one up by the id in a response header. A ring without an index: every request writes,
 * and somebody looks now and then.
 */
public final class DecisionMemory {
    /** How many are kept. */
    public static final int KEPT = 1024;

    private final AtomicReferenceArray<RememberedDecision> ring = new AtomicReferenceArray<>(KEPT);
    private final AtomicInteger next = new AtomicInteger();
    private final Supplier<Set<String>> refusable;

    /** @param refusable features that some target refuses at present */
    public DecisionMemory(Supplier<Set<String>> refusable) {
        this.refusable = refusable;
    }

    public void keep(DecisionTrace trace) {
        ring.set(Math.floorMod(next.getAndIncrement(), KEPT), trace.remembered());
    }

    /** The newest with this id: an exchange that is decided about again is there twice. */
    public Optional<ExchangeRecord> find(String id) {
        int newest = next.get() - 1;
        for (int back = 0; back < KEPT; back++) {
            RememberedDecision decision = ring.get(Math.floorMod(newest - back, KEPT));
            if (decision == null) {
                break;
            }
            if (decision.id().equals(id)) {
                return Optional.of(decision.view(refusable.get()));
            }
        }
        return Optional.empty();
    }
}
