package dev.fogline.policies;

import org.jspecify.annotations.Nullable;

/** Sees how a decision is made, step by step, and changes nothing of it. */
interface DecisionObserver {
    DecisionObserver NONE = new DecisionObserver() {};

    /** The rules have spoken. */
    default void asked(Question question) {}

    /**
     * @param rule the one that prefers it; null for what always ranks
     * @param score from 0 to 1, not weighted
     */
    default void scored(Candidate candidate, @Nullable Rule rule, Preference preference, double score) {}

    /**
     * @param score all of them, weighted
     * @param late see {@link Slowness#of}
     */
    default void judged(Candidate candidate, double score, int late) {}
}
