package dev.fogline.policies.privacy;

/** Where in a text a detector is tried. Everything else costs it nothing. */
sealed interface Anchor {
    /**
     * The first digit of every run of digits that holds so many, read over up to three spaces, dashes, dots and the like
     * between them.
     *
     * @param least at least 1, at most {@link #MOST_DIGITS}
     * @param lettered also a shorter one that a letter touches
     * @param behind of the characters of ASCII, those that stand behind the first of its digits where it is worth a try;
     *     that is not asked where there are more than {@link #FEW_DIGITS}, or where a letter or a dash stands before them
     * @param beyond whether it is worth a try with any other character behind them
     */
    record Digits(int least, boolean lettered, Alphabet behind, boolean beyond) implements Anchor {
        Digits(int least, boolean lettered) {
            this(least, lettered, Alphabet.ALL, true);
        }

        Digits(int least) {
            this(least, false);
        }
    }

    /** Most numbers of ordinary text have no more. */
    int FEW_DIGITS = 4;

    /** Counting ends here. */
    int MOST_DIGITS = 11;

    /** Each occurrence of one character that is neither letter nor digit of ASCII, nor a backslash. */
    record Sign(char sign) implements Anchor {}

    /** A word that begins so: at least two ASCII characters with no letter or digit before them. */
    record Word(String prefix, boolean ignoreCase) implements Anchor {}

    /** A detector and one of its anchors. */
    record Use(Anchor anchor, Detector detector) {}
}
