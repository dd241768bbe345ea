package dev.fogline.policies.privacy;

import dev.fogline.policies.privacy.ChineseOrganisation.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names in Chinese texts, of people: a surname and one or two characters, where reading them so is likelier than reading
 * words; and of companies, by their legal form. The work is linear in the text, with a number of steps for each character
 * that the longest word bounds. Once a name is found, it is found everywhere in its text.
 */
final class ChineseNames implements TextDetector {
    /** Longer stretches without any sign between are read in pieces. */
    private static final int LONGEST = 200;

    private static final int OVERLAP = 8;
    private static final double CONFIDENCE = 0.6;
    private static final double CONFIDENCE_AGAIN = 0.5;

    private final ChineseWords words = new ChineseWords();

    @Override
    public void read(Reading text, Candidates found, TimeLimit limit) {
        NamePath path = null;
        int i = 0;
        while (i < text.length()) {
            if (!Han.is(text.at(i))) {
                i++;
                continue;
            }
            int end = i + 1;
            while (end < i + LONGEST && Han.is(text.at(end))) {
                end++;
            }
            if (end - i > 1) {
                limit.check();
                path = path == null ? new NamePath(words, LONGEST) : path;
                stretch(text, i, end, path, found);
            }
            if (text.at(end) == '.') {
                end = ForeignNames.around(text, end, found);
            }
            i = end - i == LONGEST ? end - OVERLAP : end;
        }
        if (path != null) {
            again(text, path.names(), found, limit);
        }
    }

    private static void stretch(Reading text, int start, int end, NamePath path, Candidates found) {
        int from = start;
        for (int i = start + 2; i < end - 1; i++) {
            Form form = ChineseOrganisation.formAt(text, i);
            int formEnd = form == null ? i : i + form.word().length();
            if (form != null && formEnd <= end) {
                int begin = ChineseOrganisation.start(text, from, i, form);
                if (begin >= 0) {
                    path.read(text, from, begin, found);
                    found.add(FindingKind.ORGANISATION, begin, formEnd, CONFIDENCE);
                    from = formEnd;
                }
                i = formEnd - 1;
            }
        }
        path.read(text, from, end, found);
    }

    private static void again(Reading text, Set<String> names, Candidates found, TimeLimit limit) {
        if (names.isEmpty()) {
            return;
        }
        Map<Character, List<String>> byFirst = new HashMap<>();
        for (String name : names) {
            byFirst.computeIfAbsent(name.charAt(0), first -> new ArrayList<>()).add(name);
        }
        limit.check();
        for (int i = 0; i < text.length(); i++) {
            if (Surnames.is(text.at(i))) {
                for (String name : byFirst.getOrDefault(text.at(i), List.of())) {
                    if (text.matches(i, name, false)) {
                        found.add(FindingKind.PERSON, i, i + name.length(), CONFIDENCE_AGAIN);
                    }
                }
            }
        }
    }
}
