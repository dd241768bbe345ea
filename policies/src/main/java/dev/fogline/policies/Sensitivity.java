package dev.fogline.policies;

/** How private a request is, from least to most. A caller may raise it, never lower it. */
public enum Sensitivity {
    PUBLIC,
    INTERNAL,
    CONFIDENTIAL,
    RESTRICTED;

    /** The stricter of the two. */
    public Sensitivity max(Sensitivity other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
