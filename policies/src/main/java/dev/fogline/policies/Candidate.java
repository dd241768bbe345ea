package dev.fogline.policies;

/** A target and what we last saw of it. */
public record Candidate(Target target, TargetStatus status) {}
