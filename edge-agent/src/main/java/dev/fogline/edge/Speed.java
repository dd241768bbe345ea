package dev.fogline.edge;

import org.jspecify.annotations.Nullable;

/** Decaying averages of first-token time and speed. The first value counts whole, later ones a quarter. Any thread. */
final class Speed {
    private static final double WEIGHT = 0.25;

    private @Nullable Double firstTokenMs;
    private @Nullable Double tokensPerSecond;

    /** Values of 0 or less say nothing and are ignored. */
    synchronized void note(double firstTokenMs, double tokensPerSecond) {
        this.firstTokenMs = average(this.firstTokenMs, firstTokenMs);
        this.tokensPerSecond = average(this.tokensPerSecond, tokensPerSecond);
    }

    private static @Nullable Double average(@Nullable Double before, double value) {
        if (value <= 0) {
            return before;
        }
        return before == null ? value : before + WEIGHT * (value - before);
    }

    /** A fresh engine starts from what its canary showed. */
    synchronized void seed(double firstTokenMs, double tokensPerSecond) {
        this.firstTokenMs = average(null, firstTokenMs);
        this.tokensPerSecond = average(null, tokensPerSecond);
    }

    synchronized @Nullable Double firstTokenMs() {
        return firstTokenMs;
    }

    synchronized @Nullable Double tokensPerSecond() {
        return tokensPerSecond;
    }
}
