package dev.fogline.policies.privacy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the detectors recognised in one text, before overlaps are settled. */
final class Candidates {
    private final Reading text;
    private final List<Finding> found = new ArrayList<>(0);

    private final Noted noted;

    Candidates(Reading text) {
        this(text, new Noted());
    }

    /** @param noted takes what is noted beside spans */
    Candidates(Reading text, Noted noted) {
        this.text = text;
        this.noted = noted;
    }

    /** In the order in which it was found, with overlaps. */
    List<Finding> soFar() {
        return found;
    }

    Noted noted() {
        return noted;
    }

    /** Adds what an entry of the policy's own found. */
    void custom(String id, int from, int to) {
        noted.custom(id);
        add(FindingKind.CUSTOM, from, to, 1.0);
    }

    /** Adds the span of the reading from {@code from} to before {@code to}. */
    void add(FindingKind kind, int from, int to, double confidence) {
        add(kind, from, to, confidence, Evidence.PATTERN);
    }

    void add(FindingKind kind, int from, int to, Evidence evidence) {
        add(kind, from, to, evidence.confidence(), evidence);
    }

    void add(FindingKind kind, int from, int to, double confidence, Evidence evidence) {
        found.add(new Finding(kind, text.start(from), text.end(to - 1), confidence, evidence));
    }

    /**
     * Sorted and without overlaps. Spans that overlap become one that covers both, so that no character of either is
     * left readable when the finding is masked. An address of the web is parted instead by what is found in it, which says
     * more than that there is an address.
     */
    List<Finding> settled() {
        if (found.isEmpty()) {
            return List.of();
        }
        found.sort(Comparator.comparingInt(Finding::start).thenComparingInt(Finding::end));
        var settled = new ArrayList<Finding>(found.size());
        Finding address = null;
        for (Finding next : found) {
            Finding before = settled.isEmpty() ? null : settled.getLast();
            if (before == null || next.start() >= before.end()) {
                rest(address, next.start(), settled);
                settled.add(next);
            } else if (before.kind() == FindingKind.URL && before.start() < next.start()) {
                address = before;
                settled.set(settled.size() - 1, piece(before, before.start(), next.start()));
                settled.add(next);
            } else {
                settled.set(settled.size() - 1, union(before, next));
            }
        }
        rest(address, Integer.MAX_VALUE, settled);
        return List.copyOf(settled);
    }

    /** Adds what follows, in an address of the web, what was found in it last. */
    private static void rest(@Nullable Finding address, int until, List<Finding> settled) {
        int from = settled.isEmpty() ? 0 : settled.getLast().end();
        if (address != null && from < Math.min(address.end(), until)) {
            settled.add(piece(address, from, Math.min(address.end(), until)));
        }
    }

    private static Finding piece(Finding of, int start, int end) {
        return new Finding(of.kind(), start, end, of.confidence(), of.evidence());
    }

    private static Finding union(Finding a, Finding b) {
        Finding main = a.kind() != b.kind()
                ? a.kind().compareTo(b.kind()) < 0 ? a : b
                : a.confidence() >= b.confidence() ? a : b;
        return new Finding(
                main.kind(),
                Math.min(a.start(), b.start()),
                Math.max(a.end(), b.end()),
                main.confidence(),
                main.evidence());
    }
}
