package dev.fogline.policies.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fogline.policies.privacy.TagFeatures.Ruled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A labelled text for {@link TaggerTraining}.
 *
 * @param line as the file has it
 * @param group texts of one group are either learned from or measured on
 * @param gold by word, the number of the label that covers it, from 1 on; negative for further words of it
 * @param kinds by label; null for a name of unknown kind
 * @param vague whether labels say no kind, and may be missing
 * @param trust how much a word without a label counts
 */
record TaggedText(
        String source,
        String line,
        String group,
        Reading reading,
        Words words,
        Ruled[] ruled,
        int[] gold,
        List<FindingKind> kinds,
        boolean vague,
        float trust) {
    private static final Capture CAPTURE = new Capture();

    /** What the rules make of the text that they read last. */
    private static final class Capture {
        private final Detectors rules = rules(this::take);
        private Reading reading = new Reading("");
        private Words words = new Words(reading, TimeLimit.NONE);
        private Ruled[] ruled = {};

        private void take(Reading text, Candidates found, TimeLimit limit) {
            reading = text;
            words = new Words(text, limit);
            ruled = NameTagger.ruled(text, words, found.soFar());
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ALL_FIRST = 0b010101010;
    static final FindingKind UNKNOWN = FindingKind.UNREADABLE;

    private static final Map<String, FindingKind> KINDS = Map.of(
            "PERSON", FindingKind.PERSON,
            "ORGANIZATION", FindingKind.ORGANISATION,
            "GPE", FindingKind.PLACE,
            "STREET_ADDRESS", FindingKind.ADDRESS,
            "ZIP_CODE", FindingKind.ADDRESS);

    /** Set of tags that are right for a word. */
    int allowed(int word, int previous) {
        int label = gold[word];
        if (label == 0) {
            return 1;
        }
        FindingKind kind = kinds.get(Math.abs(label) - 1);
        if (kind == UNKNOWN) {
            return label < 0 && previous != Tag.NONE
                    ? 1 << (Tag.isFirst(previous) ? previous + 1 : previous)
                    : ALL_FIRST;
        }
        int first = Tag.first(kind);
        return 1 << (label < 0 && (previous == first || previous == first + 1) ? first + 1 : first);
    }

    float weight(int word) {
        return gold[word] == 0 ? trust : 1;
    }

    static List<TaggedText> of(Path folder, String source, float trust) throws IOException {
        var texts = new ArrayList<TaggedText>();
        for (String line : Files.readAllLines(folder.resolve(source + ".jsonl"))) {
            texts.add(of(source, line, trust, texts.size()));
        }
        return texts;
    }

    /** Each sentence some times over. */
    static List<TaggedText> made(List<String> sentences, TaggerSentences names, int times) throws IOException {
        var texts = new ArrayList<TaggedText>();
        for (int s = 0; s < sentences.size(); s++) {
            for (int i = 0; i < (sentences.get(s).contains("{") ? times : 2); i++) {
                var row = JSON.createObjectNode();
                var spans = row.putArray("spans");
                var text = new StringBuilder();
                for (TaggerSentences.Piece piece : names.pieces(sentences.get(s))) {
                    if (!piece.kind().isEmpty()) {
                        spans.addObject()
                                .put("t", piece.kind())
                                .put("s", text.length())
                                .put("e", text.length() + piece.text().length());
                    }
                    text.append(piece.text());
                }
                row.put("text", text.toString()).put("group", "" + s).put("id", s + "-" + i);
                texts.add(of("own", row.toString(), 1, s));
            }
        }
        return texts;
    }

    private record Span(int start, int end, FindingKind kind) {}

    private static TaggedText of(String source, String line, float trust, int number) throws IOException {
        JsonNode row = JSON.readTree(line);
        String text = row.get("text").asText();
        var spans = new ArrayList<Span>();
        String group = source + number;
        if (row.has("units")) {
            var units = new ArrayList<String>();
            row.get("units").forEach(unit -> units.add(unit.asText()));
            units.sort(Comparator.naturalOrder());
            group = source
                    + units.stream().filter(u -> u.length() > 1).findFirst().orElse("" + number);
            units.stream()
                    .filter(u -> u.length() > 1 && u.length() < 80 && !u.contains("presidio") && !u.contains("/"))
                    .forEach(unit -> occurrences(text, unit, spans));
        } else if (row.has("spans")) {
            group = source + row.get("group").asText();
            row.get("spans").forEach(span -> {
                FindingKind kind = KINDS.get(span.get("t").asText());
                if (kind != null) {
                    spans.add(new Span(span.get("s").asInt(), span.get("e").asInt(), kind));
                }
            });
        }
        CAPTURE.rules.find(text);
        var captured = CAPTURE;
        var gold = new int[captured.words.count()];
        var kinds = new ArrayList<FindingKind>();
        spans.sort(Comparator.comparingInt(s -> s.start - s.end));
        for (Span span : spans) {
            boolean first = true;
            kinds.add(span.kind);
            for (int i = 0; i < gold.length; i++) {
                int start = captured.reading.start(captured.words.start(i));
                int end = captured.reading.end(captured.words.end(i) - 1);
                if (Math.min(end, span.end) - Math.max(start, span.start) > (end - start) / 2 && gold[i] == 0) {
                    gold[i] = first ? kinds.size() : -kinds.size();
                    first = false;
                }
            }
        }
        return new TaggedText(
                source,
                line,
                group,
                captured.reading,
                captured.words,
                captured.ruled,
                gold,
                kinds,
                row.has("units"),
                trust);
    }

    /** The detectors that the tagger reads behind, and one more. */
    static Detectors rules(TextDetector last) {
        return new Detectors(
                StandardAnchors.of(DetectorGroup.STANDARD),
                new ChineseNames(),
                new EnglishNames(),
                new EnglishOrganisations(),
                last);
    }

    private static void occurrences(String text, String unit, List<Span> spans) {
        for (int at = 0; at + unit.length() <= text.length(); at++) {
            int end = at + unit.length();
            if (text.regionMatches(true, at, unit, 0, unit.length())
                    && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
                spans.add(new Span(at, end, UNKNOWN));
                at = end;
            }
        }
    }
}
