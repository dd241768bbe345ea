package dev.fogline.policies.privacy;

import java.util.List;

/** Reads the digits at an anchor once, for all kinds of number. */
record NumberDetectors(int leastDigits, List<NumberDetector> kinds) implements Detector {
    /** Knows one kind of number that starts with the first digit of a run. */
    @FunctionalInterface
    interface NumberDetector {
        void at(NumberRun run, Candidates found);
    }

    @Override
    public void at(Reading text, int at, Candidates found) {
        if (NumberRun.has(leastDigits, text, at) && !amidShortChunks(text, at)) {
            var run = new NumberRun(text, at);
            for (NumberDetector kind : kinds) {
                kind.at(run, found);
            }
        }
    }

    /**
     * Inside a row such as "1 2 3 4" or "12-34-56" no number starts: it would have started where the row does. Without
     * this, each chunk of a long row would be read as the start of a number.
     */
    private static boolean amidShortChunks(Reading text, int at) {
        int size = Ascii.digit(text.at(at + 1)) ? 2 : 1;
        char gap = text.at(at - 1);
        return gap != 0
                && !Ascii.alphanumeric(gap)
                && text.at(at + size) == gap
                && Ascii.digit(text.at(at - 2))
                && (size == 1 || Ascii.digit(text.at(at - 3)))
                && !Ascii.digit(text.at(at - 2 - size));
    }
}
