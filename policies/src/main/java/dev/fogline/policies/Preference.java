package dev.fogline.policies;

/** How good would this target be for this request? A soft rule: it ranks and never removes. */
interface Preference {
    /** From 0 (worst) to 1 (best). */
    double score(Question question, Candidate candidate);

    double weight();
}
