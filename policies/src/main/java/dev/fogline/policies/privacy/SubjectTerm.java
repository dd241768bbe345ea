package dev.fogline.policies.privacy;

import org.jspecify.annotations.Nullable;

/**
 * A word by which subjects are known.
 *
 * @param word in lower case, with single spaces
 * @param number tells it from other words
 * @param subject null for a word for a person
 * @param weight of a subject 1 to 3; of a person what it takes off the weights near it
 * @param alone speaks of somebody by itself
 */
record SubjectTerm(String word, int number, @Nullable Subject subject, int weight, boolean alone) {
    static final int STRONG = 0;
    static final int WEAK = 1;

    /** As much as any weight: only the word that it begins with would be one for a person. */
    static final int NO_PERSON = 3;
}
