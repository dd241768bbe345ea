package dev.fogline.policies;

import java.util.Locale;

/** How good would this target be for this request? A soft rule: it ranks and never removes. */
interface Preference {
    /** From 0 (worst) to 1 (best). */
    double score(Question question, Candidate candidate);

    double weight();

    /** What it is called in explanations. */
    default String label() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
