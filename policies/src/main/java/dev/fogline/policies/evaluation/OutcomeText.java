package dev.fogline.policies.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fogline.policies.evaluation.Outcome.Share;
import dev.fogline.policies.evaluation.Outcome.TypeScore;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An outcome as it is printed. */
public final class OutcomeText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private OutcomeText() {}

    public static String json(Outcome outcome) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(outcome) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of plain values can be written", e);
        }
    }

    /** For people; the last line is {@code micro P=… R=… F1=… F2=…}. */
    public static String of(Outcome outcome) {
        var text = new StringBuilder();
        line(
                text,
                String.format(
                        Locale.ROOT, "%s: %d rows; %s", outcome.file(), outcome.rows(), meaning(outcome.measured())));
        if (!outcome.types().isEmpty()) {
            text.append('\n');
            line(
                    text,
                    String.format(
                            Locale.ROOT,
                            "%-22s %6s %6s %6s %7s %7s %7s %7s",
                            "type",
                            "gold",
                            "found",
                            "hits",
                            "P",
                            "R",
                            "F1",
                            "F2"));
        }
        for (TypeScore type : outcome.types()) {
            line(
                    text,
                    String.format(
                            Locale.ROOT,
                            "%-22s %6d %6d %6d %7.4f %7.4f %7.4f %7.4f%s",
                            type.type(),
                            type.gold(),
                            type.found(),
                            type.right(),
                            type.precision(),
                            type.recall(),
                            type.f1(),
                            type.f2(),
                            type.detected() ? "" : "  no detector"));
        }
        String none = outcome.types().stream()
                .filter(type -> !type.detected())
                .map(TypeScore::type)
                .collect(Collectors.joining(", "));
        text.append('\n');
        if (outcome.known() != null) {
            line(
                    text,
                    String.format(
                            Locale.ROOT, "No detector looks for %s: each of their labels counts as a miss.", none));
            line(
                    text,
                    String.format(
                            Locale.ROOT, "without these: %s", outcome.known().score()));
        }
        line(text, String.format(Locale.ROOT, "leaked (more than a third readable): %s", share(outcome.leaked())));
        line(text, String.format(Locale.ROOT, "masked characters: %s", share(outcome.masked())));
        line(text, String.format(Locale.ROOT, "clean rows flagged: %s", share(outcome.cleanFlagged())));
        line(
                text,
                String.format(Locale.ROOT, "clean rows flagged as restricted: %s", share(outcome.cleanRestricted())));
        line(text, "rows by level: " + shares(outcome.levels()));
        line(text, "rows about: " + (outcome.subjects().isEmpty() ? "nothing" : shares(outcome.subjects())));
        line(
                text,
                String.format(
                        Locale.ROOT,
                        "kept at the edge: %s; may leave masked: %s",
                        share(outcome.keptAtTheEdge()),
                        share(outcome.leaveMasked())));
        line(text, String.format(Locale.ROOT, "micro %s", outcome.micro().score()));
        return text.toString();
    }

    private static String meaning(String measured) {
        return switch (measured) {
            case "spans" -> "a hit is a finding of the label's type with at least 0.75 of their characters in common";
            case "rows" ->
                "rows say only whether they hold something: a hit is such a row with any finding (of a secret, in a line of code)";
            case "units" ->
                "rows list private strings without places: one is a hit when no occurrence leaks, and a finding is right when"
                        + " it touches one";
            default -> "nothing is labelled: every row with a finding is a false alarm";
        };
    }

    private static String shares(Map<String, Share> shares) {
        return shares.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(one -> one.getKey() + " " + share(one.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String share(Share share) {
        return String.format(Locale.ROOT, "%.2f %% (%d of %d)", 100 * share.share(), share.some(), share.all());
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
