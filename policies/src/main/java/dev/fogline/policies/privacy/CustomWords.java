package dev.fogline.policies.privacy;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** All dictionaries of a policy, in one pass over the text however many words they have. */
final class CustomWords implements TextDetector {
    /** More in one text is no text: its request counts as one that was not read. */
    private static final int MOST_MATCHES = 10_000;

    private final AhoCorasickDoubleArrayTrie<List<String>> words = new AhoCorasickDoubleArrayTrie<>();

    CustomWords(List<Custom.Entry> entries) {
        var ids = new TreeMap<String, List<String>>();
        for (Custom.Entry entry : entries) {
            for (String word : entry.words()) {
                // As texts are read: a full-width letter is its ASCII form.
                var folded = new Reading(word);
                var owners = ids.computeIfAbsent(
                        new String(lowered(folded), 0, folded.length()), added -> new ArrayList<>());
                if (!owners.contains(entry.id())) {
                    owners.add(entry.id());
                }
            }
        }
        words.build(ids);
    }

    private static char[] lowered(Reading text) {
        var lowered = new char[text.length()];
        for (int i = 0; i < lowered.length; i++) {
            char c = text.chars()[i];
            lowered[i] = c < 0x80 ? Ascii.lower(c) : Character.toLowerCase(c);
        }
        return lowered;
    }

    @Override
    public void read(Reading text, Candidates found, TimeLimit limit) {
        int[] matches = {0};
        words.parseText(lowered(text), (begin, end, ids) -> {
            if (!whole(text, begin, end)) {
                return;
            }
            if (++matches[0] > MOST_MATCHES) {
                throw new IllegalStateException("words match too often");
            }
            limit.check();
            for (String id : ids) {
                found.custom(id, begin, end);
            }
        });
    }

    private static boolean whole(Reading text, int begin, int end) {
        return !(Ascii.alphanumeric(text.at(begin)) && Ascii.alphanumeric(text.at(begin - 1)))
                && !(Ascii.alphanumeric(text.at(end - 1)) && Ascii.alphanumeric(text.at(end)));
    }
}
