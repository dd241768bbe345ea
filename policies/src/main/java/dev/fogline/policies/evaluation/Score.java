package dev.fogline.policies.evaluation;

import java.util.Locale;

/**
 * How findings and labels agree.
 *
 * @param gold labelled
 * @param hits of these, how many were found
 * @param found recognised
 * @param right of these, how many are labelled; the hits where both are paired one to one
 */
record Score(int gold, int hits, int found, int right) {
    static final Score NONE = new Score(0, 0, 0, 0);
    static final Score HIT = new Score(1, 1, 1, 1);
    static final Score MISS = new Score(1, 0, 0, 0);
    static final Score FALSE_ALARM = new Score(0, 0, 1, 0);

    Score plus(Score more) {
        return new Score(gold + more.gold, hits + more.hits, found + more.found, right + more.right);
    }

    /** 1 where nothing was found. */
    double precision() {
        return found == 0 ? 1 : (double) right / found;
    }

    /** 1 where there was nothing to find. */
    double recall() {
        return gold == 0 ? 1 : (double) hits / gold;
    }

    double f1() {
        return f(1);
    }

    /** Recall weighs four times as much as precision. */
    double f2() {
        return f(4);
    }

    private double f(int weight) {
        double divisor = weight * precision() + recall();
        return divisor == 0 ? 0 : (1 + weight) * precision() * recall() / divisor;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "P=%.4f R=%.4f F1=%.4f F2=%.4f", precision(), recall(), f1(), f2());
    }
}
