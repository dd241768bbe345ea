package dev.fogline.policies;

/** Tokens that an upstream says it read and wrote. */
public record Usage(long inputTokens, long outputTokens) {}
