package dev.fogline.policies.privacy;

/** Where in a text a detector is tried. Everything else costs it nothing. */
sealed interface Anchor {
    /**
     * The first digit of every run of digits that holds so many, read over up to three spaces, dashes, dots and the like
     * between them.
     *
     * @param least at least 1, at most {@link #MOST_DIGITS}
     * @param lettered also a shorter one that a letter touches
     */
    record Digits(int least, boolean lettered) implements Anchor {
        Digits(int least) {
            this(least, false);
        }
    }

    /** Counting ends here. */
    int MOST_DIGITS = 11;

    /** Each occurrence of one character that is no digit. */
    record Sign(char sign) implements Anchor {}

    /** A word that begins so: at least two ASCII characters with no letter or digit before them. */
    record Word(String prefix, boolean ignoreCase) implements Anchor {}

    /** A detector and one of its anchors. */
    record Use(Anchor anchor, Detector detector) {}
}
