package dev.fogline.policies;

import dev.fogline.policies.PolicyFile.CustomEntry;
import dev.fogline.policies.file.Located;
import dev.fogline.policies.privacy.Custom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a policy has looked for itself: {@code privacy.custom}. */
final class CustomReader {
    private static final int MOST_ENTRIES = 64;
    private static final int MOST_PATTERNS = 16;
    private static final int MOST_WORDS = 1_000;
    private static final int MOST_WORDS_OF_A_FILE = 100_000;
    private static final int MOST_CONTEXT = 64;
    private static final int SHORTEST = 2;
    private static final int LONGEST = 64;
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

    private final List<CustomEntry> entries;
    private final Function<Located<String>, String> files;

    /** @param files from where a file of words is named to what it holds */
    CustomReader(@Nullable List<CustomEntry> entries, Function<Located<String>, String> files) {
        this.entries = entries == null ? List.of() : entries;
        this.files = files;
    }

    Custom detectors() {
        if (entries.isEmpty()) {
            return Custom.NONE;
        }
        var read = new ArrayList<Custom.Entry>();
        var ids = new HashSet<String>();
        int patterns = 0;
        for (CustomEntry entry : entries) {
            Located<String> id = entry.id();
            if (!ID.matcher(id.value()).matches()) {
                throw id.wrong("the key 'privacy.custom[].id' must be up to 64 of a-z, 0-9 and -");
            }
            if (!ids.add(id.value())) {
                throw id.wrong("'privacy.custom' has '" + id.value() + "' twice; ids are unique");
            }
            patterns += entry.pattern() == null ? 0 : 1;
            if (ids.size() > MOST_ENTRIES || patterns > MOST_PATTERNS) {
                throw id.wrong("'privacy.custom' has more than " + MOST_ENTRIES + " entries, or " + MOST_PATTERNS
                        + " with a pattern");
            }
            read.add(entry(entry));
        }
        return Custom.of(read);
    }

    private Custom.Entry entry(CustomEntry entry) {
        long ways = Stream.of(entry.words(), entry.wordsFile(), entry.pattern())
                .filter(way -> way != null)
                .count();
        if (ways != 1) {
            throw entry.id()
                    .wrong("'" + entry.id().value()
                            + "' of 'privacy.custom' needs one of words, words-file and pattern");
        }
        if (entry.context() != null && entry.pattern() == null) {
            throw entry.id()
                    .wrong("'" + entry.id().value() + "' of 'privacy.custom' has a context, which only a pattern has");
        }
        return new Custom.Entry(
                entry.id().value(),
                entry.wordsFile() == null ? words(entry.words(), "words", MOST_WORDS) : ofFile(entry.wordsFile()),
                Optional.ofNullable(entry.pattern()).map(CustomReader::checked),
                words(entry.context(), "context", MOST_CONTEXT));
    }

    private static String checked(Located<String> pattern) {
        String complaint = Custom.complaint(pattern.value());
        if (complaint != null) {
            throw pattern.wrong("the key 'privacy.custom[].pattern' " + complaint);
        }
        return pattern.value();
    }

    private static List<String> words(@Nullable List<Located<String>> listed, String key, int most) {
        var words = new ArrayList<String>();
        for (Located<String> word : listed == null ? List.<Located<String>>of() : listed) {
            if (!fits(word.value())) {
                throw word.wrong("a word of 'privacy.custom[]." + key + "' has " + SHORTEST + " to " + LONGEST
                        + " characters, none of them blank at its ends");
            }
            words.add(word.value());
            if (words.size() > most) {
                throw word.wrong("the key 'privacy.custom[]." + key + "' lists more than " + most);
            }
        }
        return words;
    }

    private List<String> ofFile(Located<String> file) {
        var words = new ArrayList<String>();
        int number = 0;
        for (String line : files.apply(file).lines().toList()) {
            number++;
            String word = line.strip();
            if (word.isEmpty() || word.startsWith("#")) {
                continue;
            }
            // The word itself may be a patient's name: the message says where it stands, not what it is.
            if (!fits(word)) {
                throw file.wrong("line " + number + " of '" + file.value() + "' has not " + SHORTEST + " to " + LONGEST
                        + " characters");
            }
            words.add(word);
            if (words.size() > MOST_WORDS_OF_A_FILE) {
                throw file.wrong("'" + file.value() + "' has more than " + MOST_WORDS_OF_A_FILE + " words");
            }
        }
        if (words.isEmpty()) {
            throw file.wrong("'" + file.value() + "' holds no word");
        }
        return words;
    }

    private static boolean fits(String word) {
        return word.length() >= SHORTEST && word.length() <= LONGEST && word.equals(word.strip());
    }

    /** @param otherwise of entries that name no level */
    Map<String, Sensitivity> levels(Sensitivity otherwise) {
        var levels = new HashMap<String, Sensitivity>();
        for (CustomEntry entry : entries) {
            levels.put(entry.id().value(), entry.level() == null ? otherwise : entry.level());
        }
        return levels;
    }
}
