package dev.fogline.policies.privacy;

/** Decides at one place of a text whether something starts, ends or stands there. Immutable, and bounded in how far it looks. */
@FunctionalInterface
interface Detector {
    /**
     * @param at where the walk met the anchor of this detector
     * @param found takes what is recognised
     */
    void at(Reading text, int at, Candidates found);
}
