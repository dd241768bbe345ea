package dev.fogline.policies;

/**
 * Something that a policy says and that is not what its author can have meant, or that loosens privacy.
 *
 * @param error it cannot work; otherwise it works, and somebody should look at it
 * @param message one sentence that names file, line and key
 */
public record PolicyFinding(boolean error, String message) {}
