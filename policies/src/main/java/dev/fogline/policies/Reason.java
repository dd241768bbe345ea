package dev.fogline.policies;

import java.util.Locale;

/** Why a target was chosen, or why none was. A closed set: it is a header value and a metric label. */
public enum Reason {
    PINNED,
    PRIVACY,
    CAPABILITY,
    CONTEXT,
    AVAILABILITY,
    LATENCY,
    COST,
    BUDGET,
    QUALITY,
    PREFERENCE,
    FAILOVER,
    OFFLINE,
    ESCALATED,
    HEDGED;

    private final String label = name().toLowerCase(Locale.ROOT);

    public String label() {
        return label;
    }
}
