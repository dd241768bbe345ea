package dev.fogline.policies.privacy;

/** What speaks for a finding, beside that it is written as its kind is. */
public enum Evidence {
    /** Nothing more. */
    PATTERN("pattern", 0.35),
    /** Words beside it, or the name of its field. */
    CONTEXT("pattern, context", 0.7),
    /** A check digit, or a register of what exists. */
    CHECKSUM("pattern, checksum", 1.0),
    CONTEXT_AND_CHECKSUM("pattern, context, checksum", 1.0);

    private final String words;
    private final double confidence;

    Evidence(String words, double confidence) {
        this.words = words;
        this.confidence = confidence;
    }

    static Evidence of(boolean context, boolean checksum) {
        return checksum ? context ? CONTEXT_AND_CHECKSUM : CHECKSUM : context ? CONTEXT : PATTERN;
    }

    /** In (0, 1]: what it adds up to where a detector does not know better. */
    double confidence() {
        return confidence;
    }

    /** For people. */
    @Override
    public String toString() {
        return words;
    }
}
