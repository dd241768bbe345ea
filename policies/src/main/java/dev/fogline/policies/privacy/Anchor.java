package dev.fogline.policies.privacy;

/** Where in a text a detector is tried. Everything else costs it nothing. */
sealed interface Anchor {
    /** The first digit of every run of digits. */
    record Digits() implements Anchor {}

    /** Each occurrence of one character that is no digit. */
    record Sign(char sign) implements Anchor {}

    /** A word that begins so: at least two ASCII characters with no letter or digit before them. */
    record Word(String prefix, boolean ignoreCase) implements Anchor {}

    /** A detector and one of its anchors. */
    record Use(Anchor anchor, Detector detector) {}
}
