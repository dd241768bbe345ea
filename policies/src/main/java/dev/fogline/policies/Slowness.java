package dev.fogline.policies;

import dev.fogline.policies.latency.LatencyEstimate;
import java.util.Optional;

/**
 * Who is expected to be too late? The late rank behind those in time, whatever the preferences say, and are never removed:
 * where privacy left nobody else, a late answer is better than none, and the gateway ends what passes its deadline.
 *
 * <p>A target that nobody calls is never seen to recover. So a small share of requests takes it as if it were in time:
 * 0.4 % for each second since it was last seen, at most a tenth. Within a caller's deadline this waits until little of
 * the old observations is left.
 *
 * @param objective of the policy; rules that hold may have further ones, and one that is missed is enough
 */
record Slowness(Optional<LatencyObjective> objective) {
    private static final double RETRIED_PER_SECOND = 0.004;
    private static final double RETRIED_AT_MOST = 0.1;
    private static final double FORGOTTEN = 0.1;

    /** 0 in time or not known, 1 later than the policy's objective, 2 later than the caller's deadline. */
    int of(Question question, Candidate candidate) {
        LatencyEstimate estimate = candidate.status().latency();
        if (!estimate.known()) {
            return 0;
        }
        RequestFacts facts = question.facts();
        boolean retried = retried(question, estimate);
        if (facts.deadlineMs().isPresent()
                && estimate.totalMs(facts.outputTokens()) > facts.deadlineMs().getAsLong()) {
            return retried && estimate.confidence() < FORGOTTEN ? 0 : 2;
        }
        return !retried && late(question, estimate) ? 1 : 0;
    }

    private boolean late(Question question, LatencyEstimate estimate) {
        boolean late = objective.isPresent() && late(objective.get(), estimate);
        for (Rule rule : question.applied()) {
            late = late || (rule.latency().isPresent() && late(rule.latency().get(), estimate));
        }
        return late;
    }

    private static boolean late(LatencyObjective objective, LatencyEstimate estimate) {
        return estimate.ttftMs(objective.percentile()) > objective.ttft().toMillis();
    }

    /** A target that was never seen is as overdue as can be. */
    static boolean retried(Question question, LatencyEstimate estimate) {
        double share = estimate.known()
                ? Math.min(RETRIED_AT_MOST, RETRIED_PER_SECOND * estimate.ageMs() / 1000)
                : RETRIED_AT_MOST;
        return question.situation().draw() < share;
    }
}
