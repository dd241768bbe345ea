package dev.fogline.policies.privacy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lists of words in lower case, read from the archive: the names that people have, and words that are none.
 *
 * @param given names that are nothing else
 * @param givenOrWord such as Grace and Paris
 * @param surnames that are nothing else
 * @param surnamesOrWord such as Bishop and Young
 * @param never what no name of a person holds, though written with a capital: beginnings of sentences, countries, offices
 * @param things what makes a place or a thing of the name before it, such as Street and Theorem
 */
record NameLists(
        Set<String> given,
        Set<String> givenOrWord,
        Set<String> surnames,
        Set<String> surnamesOrWord,
        Set<String> never,
        Set<String> things) {
    private static final String RESOURCE = "names.txt";

    static final NameLists ALL = read();

    private static NameLists read() {
        try (InputStream in = NameLists.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the list of names is missing");
            }
            var sections = new TreeMap<String, Set<String>>();
            Set<String> section = new HashSet<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("[")) {
                    section = sections.computeIfAbsent(line, added -> new HashSet<>());
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    section.addAll(List.of(line.split(" ", -1)));
                }
            }
            return new NameLists(
                    section(sections, "[given]"),
                    section(sections, "[given, and words]"),
                    section(sections, "[surnames]"),
                    section(sections, "[surnames, and words]"),
                    section(sections, "[no part of a name]"),
                    section(sections, "[places and things called after people]"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> section(Map<String, Set<String>> sections, String name) {
        Set<String> words = sections.get(name);
        if (words == null) {
            throw new IllegalStateException("a list of names is missing");
        }
        return Set.copyOf(words);
    }

    boolean anyGiven(String word) {
        return given.contains(word) || givenOrWord.contains(word);
    }

    boolean anySurname(String word) {
        return surnames.contains(word) || surnamesOrWord.contains(word);
    }
}
