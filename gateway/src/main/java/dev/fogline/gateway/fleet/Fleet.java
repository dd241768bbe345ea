package dev.fogline.gateway.fleet;

import dev.fogline.policies.Availability;
import dev.fogline.policies.Candidate;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Target;
import dev.fogline.policies.TargetStatus;
import dev.fogline.policies.Tier;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The live picture of all targets. Anybody may report to it; readers get an immutable snapshot, which is made when
 * something changes and not when it is read.
 */
public final class Fleet {
    /** What no edge target serves, whatever its agent says: engines fetch remote media, and no agent knows unknown parts. */
    private static final Set<String> NEVER_AT_THE_EDGE = Set.of("remote_media", "unknown_part");

    /** Timeouts in a row before a silent agent counts as gone; a busy machine may be late once. */
    private static final int SILENT = 3;

    private final Map<String, Entry> entries = new TreeMap<>();
    private volatile FleetSnapshot snapshot;

    /** One target with what is configured of it. */
    public record Member(Target target, int contextTokens, Set<String> refuses) {}

    public Fleet(Collection<Member> members) {
        members.forEach(member -> entries.put(member.target().id(), new Entry(member)));
        snapshot = makeSnapshot();
    }

    public FleetSnapshot snapshot() {
        return snapshot;
    }

    public List<Target> targets() {
        return entries.values().stream().map(entry -> entry.member.target()).toList();
    }

    /** Whether at least one target refuses the feature. */
    public boolean refuses(String feature) {
        for (Candidate candidate : snapshot.candidates()) {
            if (candidate.status().refuses().contains(feature)) {
                return true;
            }
        }
        return false;
    }

    /** Whether every edge target is ready or has given up, so that waiting longer changes nothing. */
    public synchronized boolean settled() {
        return entries.values().stream()
                .filter(entry -> entry.member.target().tier() == Tier.EDGE)
                .allMatch(entry -> entry.gaveUp || entry.reported == Availability.READY);
    }

    synchronized void answered(String id, AgentStatus status) {
        Entry entry = entries.get(id);
        if (entry == null) {
            return;
        }
        entry.silent = 0;
        entry.gaveUp = status.failed();
        entry.reported = status.ready() ? Availability.READY : Availability.NOT_READY;
        entry.contextTokens = status.context() > 0 ? status.context() : entry.member.contextTokens();
        entry.queueFill = status.queue() == null ? 0 : status.queue().fill();
        if (status.refuses() != null) {
            entry.refuses = status.refuses();
        }
        snapshot = makeSnapshot();
    }

    /** @param certain nobody listens there; otherwise it was only late */
    synchronized void silent(String id, boolean certain) {
        Entry entry = entries.get(id);
        if (entry == null) {
            return;
        }
        entry.silent++;
        if (certain || entry.silent >= SILENT) {
            entry.reported = Availability.UNREACHABLE;
            snapshot = makeSnapshot();
        }
    }

    /** The circuit opened, or it may be tried again. */
    public synchronized void circuit(String id, boolean open) {
        Entry entry = entries.get(id);
        if (entry != null) {
            entry.circuitOpen = open;
            snapshot = makeSnapshot();
        }
    }

    /** The target refused our credentials, or it is time to see whether it still does. */
    public synchronized void rejected(String id, boolean rejected) {
        Entry entry = entries.get(id);
        if (entry != null && entry.rejected != rejected) {
            entry.rejected = rejected;
            snapshot = makeSnapshot();
        }
    }

    private FleetSnapshot makeSnapshot() {
        return new FleetSnapshot(entries.values().stream()
                .map(entry -> new Candidate(entry.member.target(), entry.status()))
                .toList());
    }

    /** Guarded by the fleet's lock. */
    private static final class Entry {
        private final Member member;
        private Availability reported;
        private int contextTokens;
        private Set<String> refuses = Set.of();
        private double queueFill;
        private int silent;
        private boolean gaveUp;
        private boolean circuitOpen;
        private boolean rejected;

        Entry(Member member) {
            this.member = member;
            this.contextTokens = member.contextTokens();
            // A cloud is not asked before it is used; an edge has an agent that tells.
            this.reported = member.target().tier() == Tier.EDGE ? Availability.UNKNOWN : Availability.READY;
        }

        TargetStatus status() {
            var all = new HashSet<>(refuses);
            all.addAll(member.refuses());
            if (member.target().tier() == Tier.EDGE) {
                all.addAll(NEVER_AT_THE_EDGE);
            }
            return new TargetStatus(availability(), contextTokens, all, queueFill);
        }

        private Availability availability() {
            if (reported != Availability.READY) {
                return reported;
            }
            if (rejected) {
                return Availability.REJECTED;
            }
            return circuitOpen ? Availability.CIRCUIT_OPEN : Availability.READY;
        }
    }
}
