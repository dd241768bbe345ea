package dev.fogline.policies;

import java.util.List;

/** All targets with their last known status at one instant. */
public record FleetSnapshot(List<Candidate> candidates) {
    public FleetSnapshot {
        candidates = List.copyOf(candidates);
    }
}
