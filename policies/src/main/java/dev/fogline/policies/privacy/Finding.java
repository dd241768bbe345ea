package dev.fogline.policies.privacy;

/**
 * A span that a detector recognised. It says where, never what: the text itself stays with its owner.
 *
 * @param kind what it was recognised as
 * @param start first character, counted in UTF-16 units of the text given
 * @param end behind the last character
 * @param confidence in (0, 1]: what pattern, context and check digit add up to
 * @param evidence which of these there were
 */
public record Finding(FindingKind kind, int start, int end, double confidence, Evidence evidence) {
    public Finding(FindingKind kind, int start, int end, double confidence) {
        this(kind, start, end, confidence, Evidence.PATTERN);
    }
}
