package dev.fogline.policies.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/**
 * A text of which is known whether it is about somebody's own affairs.
 *
 * @param source where it comes from
 * @param group texts of one group are learned from together, or not at all
 * @param weight what it counts in learning
 * @param places of {@link Affairs}
 * @param caught whether something else than {@link Affairs} keeps it under the pack privacy-first
 */
record AffairsExample(
        String source, String text, boolean own, String group, double weight, int[] places, boolean caught) {
    private static final Detectors ALL = Detectors.of(EnumSet.allOf(DetectorGroup.class));
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Adds so little to every text that none is called own affairs. */
    private static final float NEVER = -1_000_000;

    /** Weighs every word, so that all are noted. */
    private static final byte[] ANY = new byte[Affairs.PLACES];

    static {
        Arrays.fill(ANY, (byte) 1);
    }

    private static final int SHARED_WORDS = 8;
    private static final double WRITTEN = 0.7;

    static AffairsExample of(String source, String text, boolean own, String group, double weight) {
        var reading = new Reading(text);
        var noted = new Noted(new Affairs(new Affairs.Learned(NEVER, 1, ANY)));
        Subjects.standard().read(reading, new Candidates(reading, noted), TimeLimit.NONE);
        boolean caught =
                !ALL.find(text).isEmpty() || noted.subjects().stream().anyMatch(subject -> subject != Subject.AFFAIRS);
        return new AffairsExample(
                source, text, own, group, weight, noted.affairs().places(), caught);
    }

    /** Sentences of our own: {@code +} or {@code -}, a blank, the sentence. */
    static List<AffairsExample> written(String name) throws IOException {
        return lines(RESOURCES.resolve("affairs").resolve(name + ".txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> of(name, line.substring(2), line.startsWith("+"), line, WRITTEN))
                .toList();
    }

    /** Those that the terms of subjects are tested with. */
    static List<AffairsExample> aboutSubjects() throws IOException {
        var examples = new ArrayList<AffairsExample>();
        for (String line : lines(RESOURCES.resolve("subjects/about-somebody.txt"))) {
            if (!line.startsWith("#")) {
                examples.add(of("subjects", line.split(": ", 2)[1], true, line, WRITTEN));
            }
        }
        for (String line : lines(RESOURCES.resolve("subjects/about-nobody.txt"))) {
            if (!line.startsWith("#")) {
                examples.add(of("subjects", line, false, line, WRITTEN));
            }
        }
        return examples;
    }

    /** Rows with something private; those that share eight words in a row or a private string are one group. */
    static List<AffairsExample> ofPeople(Path file) throws IOException {
        var groups = new HashMap<String, String>();
        var examples = new ArrayList<AffairsExample>();
        for (String line : lines(file)) {
            JsonNode row = JSON.readTree(line);
            String text = row.get("text").asText();
            var signs = new ArrayList<String>();
            row.get("units").forEach(unit -> {
                if (unit.asText().length() > 5) {
                    signs.add(unit.asText().toLowerCase(Locale.ROOT));
                }
            });
            List<String> words = List.of(text.split("\\s+", -1));
            for (int i = 0; i + SHARED_WORDS <= words.size(); i++) {
                signs.add(String.join(" ", words.subList(i, i + SHARED_WORDS)));
            }
            signs.add(text);
            String group = signs.stream()
                    .filter(groups::containsKey)
                    .findFirst()
                    .map(groups::get)
                    .orElse(text);
            signs.forEach(sign -> groups.putIfAbsent(sign, group));
            examples.add(of("private", text, true, group, 1));
        }
        return examples;
    }

    static List<AffairsExample> ordinary(Path file) throws IOException {
        var examples = new ArrayList<AffairsExample>();
        for (String line : lines(file)) {
            String text = JSON.readTree(line).get("text").asText();
            examples.add(of("ordinary", text, false, text, 1));
        }
        return examples;
    }

    /** Exam questions and word problems without the answers to choose from, whose form would give them away. */
    static List<AffairsExample> questions(Path csv) throws IOException {
        var questions = new ArrayList<String>();
        for (String row : Files.readString(csv).split("(?m)^(?=(?:mmlu|gsm8k):)", -1)) {
            String[] fields = row.split(",", 3);
            if (fields.length == 3 && !row.startsWith("id,")) {
                String rest = fields[2].strip();
                String prompt = rest.substring(0, rest.lastIndexOf(',', rest.lastIndexOf(',') - 1));
                String read = prompt.startsWith("\"")
                        ? prompt.substring(1, prompt.length() - 1).replace("\"\"", "\"")
                        : prompt;
                questions.add(read.split("\nA\\. ", 2)[0]);
            }
        }
        return questions.stream()
                .distinct()
                .map(question -> of("exam", question, false, question, WRITTEN))
                .toList();
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    }
}
