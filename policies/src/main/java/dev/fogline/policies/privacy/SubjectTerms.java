package dev.fogline.policies.privacy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code subjects.txt}, whose head says how it is written. */
final class SubjectTerms {
    private static final String FILE = "subjects.txt";
    private static final Pattern LINE = Pattern.compile(
            "(?:person (?<person>strong|weak|no)|(?<subject>[a-z]+) (?<weight>[1-3])(?<alone>!?)): (?<words>.+)");

    private SubjectTerms() {}

    static List<SubjectTerm> all() {
        try (InputStream in = Objects.requireNonNull(SubjectTerms.class.getResourceAsStream(FILE), FILE)) {
            return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException for a line that is none */
    static List<SubjectTerm> read(List<String> lines) {
        var terms = new ArrayList<SubjectTerm>();
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                Matcher parts = LINE.matcher(line);
                if (!parts.matches()) {
                    throw new IllegalArgumentException("this is no line of " + FILE + ": " + line);
                }
                for (String word : parts.group("words").split(",", -1)) {
                    terms.add(term(parts, word.strip().toLowerCase(Locale.ROOT), terms.size()));
                }
            }
        }
        return List.copyOf(terms);
    }

    private static SubjectTerm term(Matcher parts, String word, int number) {
        if (word.isEmpty()) {
            throw new IllegalArgumentException("a line of " + FILE + " has an empty word");
        }
        String person = parts.group("person");
        if (person != null) {
            int less = switch (person) {
                case "strong" -> SubjectTerm.STRONG;
                case "weak" -> SubjectTerm.WEAK;
                default -> SubjectTerm.NO_PERSON;
            };
            return new SubjectTerm(word, number, null, less, false);
        }
        return new SubjectTerm(
                word,
                number,
                Subject.valueOf(parts.group("subject").toUpperCase(Locale.ROOT)),
                Integer.parseInt(parts.group("weight")),
                !parts.group("alone").isEmpty());
    }
}
