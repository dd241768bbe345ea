package dev.fogline.policies.evaluation;

import dev.fogline.policies.evaluation.LabelledRow.Span;
import dev.fogline.policies.privacy.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Pairs labels with findings of the same type whose characters are the same for three quarters of both together. */
final class Matching {
    private static final double LEAST_IOU = 0.75;

    private Matching() {}

    /** Indices into the two lists. */
    record Pair(int span, int finding) {}

    private record Candidate(Pair pair, double iou) {}

    /** One to one, the closest first. */
    static List<Pair> of(List<Span> spans, List<Finding> findings) {
        var candidates = new ArrayList<Candidate>();
        for (int s = 0; s < spans.size(); s++) {
            Label label = Label.ofType(spans.get(s).type());
            for (int f = 0; f < findings.size(); f++) {
                double iou = iou(spans.get(s), findings.get(f));
                if (iou >= LEAST_IOU && label.kinds().contains(findings.get(f).kind())) {
                    candidates.add(new Candidate(new Pair(s, f), iou));
                }
            }
        }
        candidates.sort(Comparator.comparingDouble(candidate -> -candidate.iou()));
        var pairs = new ArrayList<Pair>();
        Set<Integer> spansTaken = new HashSet<>();
        Set<Integer> findingsTaken = new HashSet<>();
        for (Candidate candidate : candidates) {
            Pair pair = candidate.pair();
            if (!spansTaken.contains(pair.span()) && !findingsTaken.contains(pair.finding())) {
                spansTaken.add(pair.span());
                findingsTaken.add(pair.finding());
                pairs.add(pair);
            }
        }
        return pairs;
    }

    private static double iou(Span span, Finding finding) {
        int common = Math.min(span.end(), finding.end()) - Math.max(span.start(), finding.start());
        int together = span.end() - span.start() + finding.end() - finding.start() - common;
        return common <= 0 ? 0 : (double) common / together;
    }

    /** Whether more than a third of the characters from {@code start} to {@code end} is outside of all findings. */
    static boolean leaks(int start, int end, List<Finding> findings) {
        int readable = end - start;
        for (Finding finding : findings) {
            readable -= Math.max(0, Math.min(end, finding.end()) - Math.max(start, finding.start()));
        }
        return readable * 3 > end - start;
    }
}
