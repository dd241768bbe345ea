package dev.fogline.policies.privacy;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells how many different values of each kind were found, however they are spaced. It keeps hashes and no text, as long as
 * its request is read. One thread at a time.
 */
final class Values {
    /** More of one kind are each counted as one of their own. */
    private static final int MOST = 1_000;

    private static final long FNV_START = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private final Map<FindingKind, Set<Long>> seen = new EnumMap<>(FindingKind.class);
    private final Map<FindingKind, Integer> counts = new EnumMap<>(FindingKind.class);

    void add(Finding finding, CharSequence text) {
        Set<Long> of = seen.computeIfAbsent(finding.kind(), kind -> new HashSet<>());
        if (of.size() >= MOST || of.add(hash(text, finding.start(), finding.end()))) {
            counts.merge(finding.kind(), 1, Integer::sum);
        }
    }

    private static long hash(CharSequence text, int start, int end) {
        long hash = FNV_START;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (Ascii.alphanumeric(c) || c >= 0x80) {
                hash = (hash ^ Ascii.lower(c)) * FNV_PRIME;
            }
        }
        return hash;
    }

    Map<FindingKind, Integer> counts() {
        return counts;
    }
}
