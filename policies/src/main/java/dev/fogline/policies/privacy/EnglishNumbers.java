package dev.fogline.policies.privacy;

import java.util.List;

/** Reads the word around a digit once, for all kinds of number that English texts hold. */
record EnglishNumbers(List<ValueDetector> kinds) implements Detector {
    private static final int LEAST = 6;

    /** Knows one kind of value. */
    @FunctionalInterface
    interface ValueDetector {
        void at(Value value, Candidates found);
    }

    static EnglishNumbers standard() {
        return new EnglishNumbers(
                List.of(new SocialSecurity(), new Iban(), new UkNumbers(), new Wallet(), new NamedNumber()));
    }

    @Override
    public void at(Reading text, int at, Candidates found) {
        if (DigitRow.amidShortChunks(text, at)) {
            return;
        }
        Value value = Value.at(text, at);
        if (value != null && value.count() >= LEAST) {
            for (ValueDetector kind : kinds) {
                kind.at(value, found);
            }
        }
    }
}
