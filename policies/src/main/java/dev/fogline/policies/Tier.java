package dev.fogline.policies;

/** Where a target runs: on a machine the operator owns, or behind somebody else's API. */
public enum Tier {
    EDGE,
    CLOUD
}
