package dev.fogline.policies.evaluation;

import dev.fogline.policies.Language;
import dev.fogline.policies.Policy;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.evaluation.LabelledRow.Span;
import dev.fogline.policies.evaluation.Outcome.Share;
import dev.fogline.policies.evaluation.Outcome.TypeScore;
import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.Detectors;
import dev.fogline.policies.privacy.Finding;
import dev.fogline.policies.privacy.PromptScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs detectors over labelled texts and counts. */
public final class Evaluation {
    private final Detectors detectors;
    private final Map<String, Score> types = new TreeMap<>();
    private final Set<String> undetected = new TreeSet<>();
    private final Fates fates;
    private String measured = "nothing";
    private Score micro = Score.NONE;
    private int cleanRows;
    private int cleanFlagged;
    private int cleanRestricted;
    private int labels;
    private int leaked;
    private long characters;
    private long masked;

    private Evaluation(Detectors detectors, Policy policy) {
        this.detectors = detectors;
        this.fates = new Fates(policy);
    }

    /**
     * @param file what it is called in messages
     * @param lines JSON lines
     * @param policy that says how private what was found is, and what may leave
     * @throws InvalidFileException that says which line is wrong, and what in it
     */
    public static Outcome of(String file, String lines, Detectors detectors, Policy policy) {
        List<LabelledRow> rows = LabelledRows.read(file, lines);
        var evaluation = new Evaluation(detectors, policy);
        // Without one span in the whole file nobody noted places.
        boolean placed = rows.stream()
                .anyMatch(row -> row.spans().filter(spans -> !spans.isEmpty()).isPresent());
        rows.forEach(row -> evaluation.add(row, placed));
        return evaluation.outcome(file, rows.size());
    }

    private void add(LabelledRow row, boolean placed) {
        List<Finding> findings = detectors.find(row.text());
        characters += row.text().length();
        for (Finding finding : findings) {
            masked += finding.end() - finding.start();
        }
        fates.add(content(row.text()), Language.of(row.text()));
        if (row.units().isPresent()) {
            measured = "units";
            addUnits(row.text(), row.units().get(), findings);
        } else if (placed && row.spans().isPresent()) {
            measured = "spans";
            addSpans(row.spans().get(), findings);
        } else if (row.positive().isPresent()) {
            measured = "rows";
            addRow(row.positive().get(), row.code() ? secrets(findings) : findings);
        } else {
            clean(findings);
        }
    }

    private Content content(String text) {
        PromptScan scan = PromptScan.with(detectors);
        scan.text(text);
        return scan.content();
    }

    private static List<Finding> secrets(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> Label.of(finding.kind()).name().equals("secret"))
                .toList();
    }

    private void addSpans(List<Span> gold, List<Finding> findings) {
        if (gold.isEmpty()) {
            clean(findings);
        }
        Set<Integer> hitSpans = new TreeSet<>();
        Set<Integer> hitFindings = new TreeSet<>();
        Matching.of(gold, findings).forEach(pair -> {
            hitSpans.add(pair.span());
            hitFindings.add(pair.finding());
        });
        for (int i = 0; i < gold.size(); i++) {
            Span span = gold.get(i);
            Label label = Label.ofType(span.type());
            if (label.kinds().isEmpty()) {
                undetected.add(label.name());
            }
            count(label.name(), hitSpans.contains(i) ? Score.HIT : Score.MISS);
            leak(Matching.leaks(span.start(), span.end(), findings));
        }
        for (int i = 0; i < findings.size(); i++) {
            if (!hitFindings.contains(i)) {
                count(Label.of(findings.get(i).kind()).name(), Score.FALSE_ALARM);
            }
        }
    }

    private void addRow(boolean positive, List<Finding> findings) {
        boolean flagged = !findings.isEmpty();
        if (positive) {
            leak(!flagged);
            micro = micro.plus(flagged ? Score.HIT : Score.MISS);
        } else {
            clean(findings);
        }
        findings.stream()
                .map(finding -> Label.of(finding.kind()).name())
                .distinct()
                .forEach(type -> types.merge(type, new Score(0, 0, 1, positive ? 1 : 0), Score::plus));
    }

    /** A unit is found when none of its occurrences leaks; a finding is right when it touches one. */
    private void addUnits(String text, List<String> units, List<Finding> findings) {
        var places = new ArrayList<Span>();
        for (String unit : new TreeSet<>(units)) {
            List<Span> occurrences = Units.in(text, unit);
            if (!occurrences.isEmpty()) {
                places.addAll(occurrences);
                boolean leaks = occurrences.stream().anyMatch(one -> Matching.leaks(one.start(), one.end(), findings));
                leak(leaks);
                micro = micro.plus(new Score(1, leaks ? 0 : 1, 0, 0));
            }
        }
        if (places.isEmpty()) {
            clean(findings);
        }
        for (Finding finding : findings) {
            boolean right = places.stream().anyMatch(one -> one.start() < finding.end() && finding.start() < one.end());
            count(Label.of(finding.kind()).name(), new Score(0, 0, 1, right ? 1 : 0));
        }
    }

    private void count(String type, Score score) {
        types.merge(type, score, Score::plus);
        micro = micro.plus(score);
    }

    private void leak(boolean leaks) {
        labels++;
        leaked += leaks ? 1 : 0;
    }

    private void clean(List<Finding> findings) {
        cleanRows++;
        // An address of the web makes no text less public.
        if (findings.stream().anyMatch(finding -> finding.kind().sensitivity() != Sensitivity.PUBLIC)) {
            cleanFlagged++;
            boolean restricted =
                    findings.stream().anyMatch(finding -> finding.kind().sensitivity() == Sensitivity.RESTRICTED);
            cleanRestricted += restricted ? 1 : 0;
        }
        if (!measured.equals("spans") && !measured.equals("units") && !findings.isEmpty()) {
            micro = micro.plus(Score.FALSE_ALARM);
        }
    }

    private Outcome outcome(String file, int rows) {
        Score known = Score.NONE;
        var table = new ArrayList<TypeScore>();
        for (Map.Entry<String, Score> type : types.entrySet()) {
            boolean detected = !undetected.contains(type.getKey());
            known = detected ? known.plus(type.getValue()) : known;
            table.add(TypeScore.of(type.getKey(), detected, type.getValue()));
        }
        return new Outcome(
                file,
                rows,
                measured,
                table,
                TypeScore.of("micro", true, micro),
                undetected.isEmpty() ? null : TypeScore.of("micro of detected types", true, known),
                Share.of(leaked, labels),
                Share.of(masked, characters),
                Share.of(cleanFlagged, cleanRows),
                Share.of(cleanRestricted, cleanRows),
                fates.levels(),
                fates.subjects(),
                fates.keptAtTheEdge(),
                fates.leaveMasked());
    }
}
