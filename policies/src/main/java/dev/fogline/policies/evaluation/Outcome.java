package dev.fogline.policies.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of an evaluation.
 *
 * @param measured what a hit is in this file: spans, rows, units or nothing
 * @param types by type of what was labelled or found
 * @param known like {@code micro}, of the types that some detector looks for; absent where that is all of them
 * @param leaked labels of which more than a third of the characters are outside of all findings
 * @param masked characters inside of findings
 * @param cleanFlagged rows that hold nothing, so far as the labels say, in which something was found that is not public
 * @param cleanRestricted of these, those in which something was found that may not leave where no policy says more
 * @param levels rows by how private the policy makes them
 * @param subjects rows by what they are about
 * @param keptAtTheEdge rows that the policy keeps from every cloud target
 * @param leaveMasked rows that it lets leave masked only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(
        String file,
        int rows,
        String measured,
        List<TypeScore> types,
        TypeScore micro,
        @Nullable TypeScore known,
        Share leaked,
        Share masked,
        Share cleanFlagged,
        Share cleanRestricted,
        Map<String, Share> levels,
        Map<String, Share> subjects,
        Share keptAtTheEdge,
        Share leaveMasked) {

    /**
     * One row of the table.
     *
     * @param detected whether any detector looks for it; without one, each label is a miss
     * @param hits labels that were found
     * @param right findings that are labelled
     */
    public record TypeScore(
            String type,
            boolean detected,
            int gold,
            int hits,
            int found,
            int right,
            double precision,
            double recall,
            double f1,
            double f2) {
        static TypeScore of(String type, boolean detected, Score score) {
            return new TypeScore(
                    type,
                    detected,
                    score.gold(),
                    score.hits(),
                    score.found(),
                    score.right(),
                    score.precision(),
                    score.recall(),
                    score.f1(),
                    score.f2());
        }

        Score score() {
            return new Score(gold, hits, found, right);
        }
    }

    /** Some of all; the share of nothing is 0. */
    public record Share(long some, long all, double share) {
        static Share of(long some, long all) {
            return new Share(some, all, all == 0 ? 0 : (double) some / all);
        }
    }
}
