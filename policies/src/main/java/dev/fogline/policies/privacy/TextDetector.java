package dev.fogline.policies.privacy;

/** Reads a text as a whole, because what it knows has no anchor. Any number of threads may share it. */
@FunctionalInterface
interface TextDetector {
    /**
     * @param found takes what is recognised
     * @throws TimeLimit.Exceeded when it takes longer than that
     */
    void read(Reading text, Candidates found, TimeLimit limit);
}
