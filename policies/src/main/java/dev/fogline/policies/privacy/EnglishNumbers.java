package dev.fogline.policies.privacy;

import java.util.List;

/**
 * Reads the word around a digit once, for all kinds of number that English texts hold.
 *
 * @param wrapped those of so fixed a form that one is known where a line break parts it
 */
record EnglishNumbers(List<ValueDetector> kinds, List<ValueDetector> wrapped) implements Detector {
    private static final int LEAST = 5;

    /** Knows one kind of value. */
    @FunctionalInterface
    interface ValueDetector {
        void at(Value value, Candidates found);
    }

    static EnglishNumbers standard() {
        var social = new SocialSecurity();
        var iban = new Iban();
        var named = new NamedNumber(false);
        return new EnglishNumbers(
                List.of(social, iban, new UkNumbers(), named), List.of(social, iban, new NamedNumber(true)));
    }

    @Override
    public void at(Reading text, int at, Candidates found) {
        if (DigitRow.amidShortChunks(text, at)) {
            return;
        }
        Value value = Value.at(text, at, LEAST);
        if (value != null && value.count() >= LEAST) {
            for (ValueDetector kind : kinds) {
                kind.at(value, found);
            }
        }
        if (value != null && value.nextLine() && value.count() >= LEAST) {
            for (ValueDetector kind : wrapped) {
                kind.at(value, found);
            }
        }
    }
}
