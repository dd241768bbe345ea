package dev.fogline.policies;

import java.util.Locale;

/** Where a target runs: on a machine the operator owns, or behind somebody else's API. */
public enum Tier {
    EDGE,
    CLOUD;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The lower-case word used in ids, headers and metrics. */
    public String label() {
        return label;
    }
}
