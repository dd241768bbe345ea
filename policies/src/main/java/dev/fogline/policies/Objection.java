package dev.fogline.policies;

/**
 * Why a target may not serve a request.
 *
 * @param target the target's id
 * @param message one sentence for the operator and the caller; holds no content
 */
public record Objection(String target, Reason reason, String message) {}
