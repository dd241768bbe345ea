package dev.fogline.policies.privacy;

/** Where in a text a detector is tried. Everything else costs it nothing. */
sealed interface Anchor {
    /** The first digit of every run of digits. */
    record Digits() implements Anchor {}

    /** Each occurrence of one character that is neither a digit nor an ASCII letter. */
    record Sign(char sign) implements Anchor {}

    /** A word that begins so: at least two ASCII characters, the first one a letter with no letter or digit before it. */
    record Word(String prefix, boolean ignoreCase) implements Anchor {}

    /** A detector and one of its anchors. */
    record Use(Anchor anchor, Detector detector) {}
}
