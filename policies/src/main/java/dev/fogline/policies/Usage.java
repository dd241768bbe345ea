package dev.fogline.policies;

/**
 * Tokens that an upstream says it read and wrote.
 *
 * @param inputTokens all it read, the cached ones among them
 * @param cachedInputTokens those it had cached; 0 when it does not say
 */
public record Usage(long inputTokens, long outputTokens, long cachedInputTokens) {
    public Usage(long inputTokens, long outputTokens) {
        this(inputTokens, outputTokens, 0);
    }

    /** Whether it tells anything: no answer comes of no tokens. */
    public boolean said() {
        return inputTokens > 0 || outputTokens > 0;
    }
}
