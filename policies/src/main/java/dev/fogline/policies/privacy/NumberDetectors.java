package dev.fogline.policies.privacy;

import java.util.List;

/** Reads the digits at an anchor once, for all kinds of number. */
record NumberDetectors(List<NumberDetector> kinds) implements Detector {
    /** Knows one kind of number that starts with the first digit of a run. */
    @FunctionalInterface
    interface NumberDetector {
        void at(NumberRun run, Candidates found);
    }

    @Override
    public void at(Reading text, int at, Candidates found) {
        if (!DigitRow.amidShortChunks(text, at)) {
            var run = new NumberRun(text, at);
            for (NumberDetector kind : kinds) {
                kind.at(run, found);
            }
        }
    }
}
