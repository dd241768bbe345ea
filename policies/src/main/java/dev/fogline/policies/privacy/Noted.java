package dev.fogline.policies.privacy;

import java.util.Map;
import java.util.TreeMap;

/** What detectors note of all texts of a request beside the spans that they find. One thread at a time. */
final class Noted {
    private final Map<String, Integer> custom = new TreeMap<>();

    void custom(String id) {
        custom.merge(id, 1, Integer::sum);
    }

    /** How often each of the policy's own entries was met; of words that are part of each other, each. */
    Map<String, Integer> custom() {
        return custom;
    }
}
