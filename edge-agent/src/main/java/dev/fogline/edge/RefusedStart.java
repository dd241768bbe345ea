package dev.fogline.edge;

/** Something that an operator has to change first; its message says what. */
final class RefusedStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedStart(String sentence) {
        super(sentence, null, false, false);
    }
}
